from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OperationConfig(AppConfig):
    """What whoever runs the portal looks at: health, metrics, logs, `doctor`."""

    name = "cms.operation"
    label = "operation"
    verbose_name = _("Operation")

    def ready(self) -> None:
        from cms.core.due import register_due

        from .state import beat

        register_due("the heartbeat", beat)
