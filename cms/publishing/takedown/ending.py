"""What ends a takedown by itself."""

from wagtail.models import Page

from cms.publishing.proposals.actions import open_proposals, overtake
from cms.publishing.record.models import RecordEntry, RecordKind

from .actions import HIDE, TAKE_DOWN, UNDO, finish
from .models import OFF, Takedown


def end_for_new_content(page: Page, publication: RecordEntry) -> None:
    """End a takedown of `page` for new content that was submitted, and so reviewed, after it.

    What was under way before (a review, a schedule) ends nothing, nor does the same content again. What is withdrawn
    stays so.
    """
    submitted = publication.data.get("submission", 0)
    effective = Takedown.objects.filter(page_id=page.pk, ended_at=None, kind__in=OFF).select_related("proposal")
    for takedown in effective:
        began = RecordEntry.objects.filter(
            page_id=page.pk, kind__in=[RecordKind.HIDDEN, RecordKind.TAKEN_DOWN], data__takedown=takedown.pk
        ).last()
        if began is not None and submitted > began.pk:
            finish(takedown, None, "")
            end_proposals(page)


def end_proposals(page: Page) -> None:
    """Close what is proposed about taking `page` down, or undoing its publication: there is nothing to decide any
    more.
    """
    for proposal in open_proposals([HIDE, TAKE_DOWN, UNDO], Page(pk=page.pk)):
        overtake(proposal, None, "")
