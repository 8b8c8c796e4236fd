from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebhooksConfig(AppConfig):
    """Tells other apps of each change, by the change log."""

    name = "cms.delivery.webhooks"
    label = "webhooks"
    verbose_name = _("Webhooks")

    def ready(self) -> None:
        from cms.core.due import register_due
        from cms.publishing.record.watch import watch

        from .delivering import tidy
        from .models import SECRETS, Endpoint

        register_due("webhooks", tidy)
        watch(
            Endpoint,
            ignore={*SECRETS, "position", "lease", "leased_until", "failing_since", "failures", "paused_until"},
        )
