from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class StoreConfig(AppConfig):
    """The content store, its change log, and where changes of public content are noticed."""

    name = "cms.store"
    label = "store"
    verbose_name = _("Content store")

    def ready(self) -> None:
        from cms.core.due import register_due, schedule_starting

        from . import programs, receivers, reconciliation, refreshing, restore
        from .projection import files, redirects
        from .projection.registry import register_collection

        for collection in (files.IMAGES, files.DOCUMENTS, redirects.REDIRECTS):
            register_collection(collection)
        receivers.connect()
        post_migrate.connect(programs.announce_after_migrate, sender=self, dispatch_uid="store.programs")
        schedule_starting.connect(
            lambda **kwargs: restore.renew_after_restore(), weak=False, dispatch_uid="store.restore"
        )
        register_due("derived values and reconciliation", reconciliation.do_what_is_due, slow=True)
        register_due("stale forms", refreshing.StaleForms(), slow=True, often=True)
        register_due("forms of another version", refreshing.refresh_other_versions, slow=True)
