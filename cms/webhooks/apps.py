from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WebhooksConfig(AppConfig):
    """Tells other apps of each change, by the change log."""

    name = "cms.webhooks"
    label = "webhooks"
    verbose_name = _("Webhooks")

    def ready(self):
        from cms.changes.sequencer import numbered
        from cms.common.due import register_due
        from cms.record.watch import watch

        from . import tasks
        from .models import SECRETS, Endpoint

        numbered.connect(tasks.something_was_numbered, dispatch_uid="webhooks.numbered")
        register_due("webhooks", tasks.wake)
        watch(Endpoint, ignore={*SECRETS, "position", "lease", "leased_until", "failing_since"})
