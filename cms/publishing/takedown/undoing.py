"""Undoing a mistaken publication: hidden at once, and the version before comes back when a second person agrees."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, Revision

from cms.core.actor import current_actor
from cms.pages.publication import exempt
from cms.publishing.proposals.actions import overtake, propose
from cms.publishing.proposals.kinds import Line
from cms.publishing.proposals.models import Proposal
from cms.publishing.record.models import RecordEntry, RecordKind

from .actions import UNDO, finish, in_effect, release, take_down, waiting
from .kinds import PublicPageKind, page_of
from .models import TakedownKind
from .permissions import may_be_taken_down, may_decide


class UndoKind(PublicPageKind):
    """`changes` has `live` and `previous`, ids of revisions, and `hid`: the proposal by which the page was hidden."""

    name = UNDO
    label = gettext_lazy("Undo a publication")

    def check(self, proposal: Proposal, **chosen: Any) -> None:
        page = page_of(proposal)
        if page is None or not is_as_published(page) or page.live_revision_id != proposal.changes["live"]:
            raise ValidationError(_("Meanwhile somebody has gone on with this page: take it down or correct it."))
        takedown = in_effect(page)
        if takedown is not None and takedown.proposal_id not in proposal.changes["hid"]:
            raise ValidationError(_("Meanwhile it was taken down for another reason: have that decided first."))

    def carry_out(self, proposal: Proposal, **chosen: Any) -> None:
        user, page = current_actor(), page_of(proposal)
        revision = Revision.objects.get(pk=proposal.changes["previous"])
        with exempt("restored", proposal.reason, user):
            revision.publish(user=user, skip_permission_checks=True)
        takedown = in_effect(page)
        if takedown is not None:
            finish(takedown, user, proposal.reason)
            if takedown.proposal.is_open:
                overtake(takedown.proposal, user, proposal.reason)

    def refused(self, proposal: Proposal, user: Any) -> None:
        # Taken back by the first person, it waits hidden for a second one.
        release(proposal.changes["hid"], user, proposal.answer)

    def lines(self, proposal: Proposal) -> list[Line]:
        dates = dict(
            RecordEntry.objects.filter(
                kind=RecordKind.PUBLISHED, revision_id__in=[proposal.changes["live"], proposal.changes["previous"]]
            )
            .order_by("pk")
            .values_list("revision_id", "at")
        )
        old, new = (dates.get(proposal.changes[name]) for name in ("live", "previous"))
        return [Line(_("version of"), _moment(old), _moment(new))]

    def consequence(self, proposal: Proposal) -> str:
        return _(
            "Readers get the version before again; what was published by mistake stays as a draft. If you refuse, the "
            "page is shown as it was published."
        )


def _moment(value: Any) -> str:
    return date_format(value, "SHORT_DATETIME_FORMAT") if value is not None else "–"


def is_as_published(page: Page) -> bool:
    """Return whether nobody has built on what is public of `page`: no newer draft, review or schedule."""
    return page.live and page.live_revision_id is not None and page.live_revision_id == page.latest_revision_id


def version_before(page: Page) -> Revision | None:
    """Return the revision that was public before the one that is, where it is still there."""
    published = RecordEntry.objects.filter(page_id=page.pk, kind=RecordKind.PUBLISHED).order_by("-pk")
    numbers = [pk for pk in published.values_list("revision_id", flat=True) if pk != page.live_revision_id]
    return Revision.objects.filter(pk=numbers[0]).first() if numbers else None


def may_undo(user: Any, page: Page) -> bool:
    """Return whether `user` may hide, and there is a version before of which nobody has gone on since."""
    return (
        may_decide(user)
        and is_as_published(page)
        and may_be_taken_down(page)
        and in_effect(page) is None
        and waiting(page) is None
        and version_before(page) is not None
    )


@transaction.atomic
def undo(page: Page, user: Any, reason: str) -> Proposal:
    """Hide `page` at once, and propose that the version before is public again.

    Raise PermissionDenied, or ValidationError by field.
    """
    before = version_before(page)
    if before is None or not may_undo(user, page):
        raise PermissionDenied
    hid = take_down(page, user, TakedownKind.HIDDEN, reason, ask=False)
    changes = {"live": page.live_revision_id, "previous": before.pk, "hid": [hid.pk]}
    return propose(UNDO, Page.objects.get(pk=page.pk), page.get_admin_display_title(), changes, user, reason)
