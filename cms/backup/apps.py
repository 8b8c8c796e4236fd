from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BackupConfig(AppConfig):
    """Backups, made by command and every night."""

    name = "cms.backup"
    label = "backup"
    verbose_name = _("Backup")

    def ready(self) -> None:
        from cms.core.due import register_due

        from . import nightly

        register_due("the nightly backup", nightly.back_up, slow=True)
