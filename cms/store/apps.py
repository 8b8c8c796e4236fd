from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StoreConfig(AppConfig):
    """The change log, and where changes of public content are noticed."""

    name = "cms.store"
    label = "store"
    verbose_name = _("Change log")

    def ready(self) -> None:
        from cms.core.due import register_due, schedule_starting

        from . import receivers, reconciliation, restore

        receivers.connect()
        schedule_starting.connect(
            lambda **kwargs: restore.renew_after_restore(), weak=False, dispatch_uid="store.restore"
        )
        register_due("derived values and reconciliation", reconciliation.do_what_is_due)
