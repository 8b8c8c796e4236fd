from django.apps import AppConfig


class PagesConfig(AppConfig):
    """What every page type has; puts our permission policy and inputs in Wagtail's place."""

    name = "cms.pages"
    label = "pages"

    def ready(self) -> None:
        from wagtail.models import Page
        from wagtail.permissions import register_permission_policy

        from cms.core import mail_queue
        from cms.core.due import register_due

        from . import chooser_start, comparison, exports, internal_api, redirect_batches, redirect_form, widgets
        from .permissions import PortalPagePermissionPolicy

        register_permission_policy(Page, PortalPagePermissionPolicy())
        register_due("mail", mail_queue.tidy)
        widgets.register()
        chooser_start.take_over()
        internal_api.close_actions()
        exports.protect()
        comparison.register()
        redirect_batches.make_in_small_portions()
        redirect_form.put_in_place()
