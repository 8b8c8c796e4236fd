from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BundlesConfig(AppConfig):
    """Pages that are published together; holds back what is approved until the others are."""

    name = "cms.publishing.bundles"
    label = "bundles"
    verbose_name = _("Bundles")

    def ready(self) -> None:
        from django.db.models import Q
        from wagtail.permissions import register_permission_policy

        from cms.core.due import register_due
        from cms.pages.locks import register_lock
        from cms.pages.relied_on import register_relied_on
        from cms.pages.states import register_prospect

        from . import actions, locks, models, permissions, states

        register_permission_policy(models.Bundle, permissions.BundlePermissionPolicy(models.Bundle))
        register_lock(locks.locks_of)
        register_prospect(states.prospects)
        register_relied_on(Q(bundle_items__is_open=True))
        register_due("bundles", actions.publish_due)
