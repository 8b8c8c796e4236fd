from django.apps import AppConfig


class CommonConfig(AppConfig):
    """What all apps share; puts our permission policy and inputs in Wagtail's place."""

    name = "cms.common"
    label = "common"

    def ready(self):
        from wagtail.models import Page
        from wagtail.permissions import register_permission_policy

        from . import comparison, mail_queue, redirect_form, redirects, widgets
        from .due import register_due
        from .permissions import PortalPagePermissionPolicy

        register_permission_policy(Page, PortalPagePermissionPolicy())
        register_due("mail", mail_queue.tidy)
        widgets.register()
        comparison.register()
        redirects.make_in_small_portions()
        redirect_form.put_in_place()
