from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChangesConfig(AppConfig):
    """The change log, and where changes of public content are noticed."""

    name = "cms.changes"
    label = "changes"
    verbose_name = _("Change log")

    def ready(self):
        from cms.core.due import register_due, schedule_starting

        from . import comparison, receivers, restore

        receivers.connect()
        schedule_starting.connect(
            lambda **kwargs: restore.renew_after_restore(), weak=False, dispatch_uid="changes.restore"
        )
        register_due("derived values and reconciliation", comparison.do_what_is_due)
