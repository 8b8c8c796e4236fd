"""What ends a takedown by itself."""

from typing import Any

from wagtail.models import Page

from cms.pages.signals import publication_recorded
from cms.publishing.record.models import RecordEntry, RecordKind

from .models import OFF, Takedown


def connect() -> None:
    """Connect the receivers."""
    publication_recorded.connect(published, dispatch_uid="takedown.published")


def published(sender: type, page: Page, entry: RecordEntry, **kwargs: Any) -> None:
    """End a takedown for new content that was submitted, and so reviewed, after it.

    What was under way before (a review, a schedule) ends nothing, nor does the same content again. What is withdrawn
    stays so.
    """
    from .actions import finish

    submitted = entry.data.get("submission", 0)
    for takedown in Takedown.objects.filter(page_id=page.pk, ended_at=None, kind__in=OFF, effective=True):
        began = RecordEntry.objects.filter(
            page_id=page.pk, kind__in=[RecordKind.HIDDEN, RecordKind.TAKEN_DOWN], data__takedown=takedown.pk
        ).last()
        if began is not None and submitted > began.pk:
            finish(takedown, None, "")
