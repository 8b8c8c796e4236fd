from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ChangesConfig(AppConfig):
    """The change log, and where changes of public content are noticed."""

    name = "cms.changes"
    label = "changes"
    verbose_name = _("Change log")

    def ready(self):
        from cms.common.due import register_due

        from . import comparison, receivers

        receivers.connect()
        register_due("derived values and reconciliation", comparison.do_what_is_due)
