"""What ends a takedown by itself."""

from wagtail.signals import page_published

from cms.common.actor import current_actor

from .models import OFF, Takedown


def connect():
    """Connects the receivers."""
    page_published.connect(published, dispatch_uid="takedown.published")


def published(sender, instance, **kwargs):
    """A new version that was reviewed takes the place of the one that was taken down. What is withdrawn stays so."""
    from .actions import finish

    if not instance.live:
        return
    for takedown in Takedown.objects.filter(page_id=instance.pk, ended_at=None, kind__in=OFF, effective=True):
        finish(takedown, current_actor(), "")
