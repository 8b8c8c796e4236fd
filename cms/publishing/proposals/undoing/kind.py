"""Undoing a mistaken publication: hidden at once, and the version before comes back when a second person agrees."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, Revision

from cms.core.actor import current_actor
from cms.pages.publication import exempt
from cms.publishing.record.models import RecordEntry, RecordKind
from cms.publishing.takedown.actions import end, finish, open_takedown
from cms.publishing.takedown.permissions import may_decide as may_hide

from ..kinds import Kind, Line
from ..models import Proposal
from ..rights.trust import holders

NAME = "undo"


class UndoKind(Kind):
    """`changes` has `live` and `previous`, ids of revisions."""

    name = NAME
    label = gettext_lazy("Undo a publication")

    def may_decide(self, proposal: Proposal, user: Any) -> bool:
        return may_hide(user)

    def deciders(self, proposal: Proposal) -> Any:
        others = holders().exclude(pk=proposal.proposed_by_id).order_by("full_name", "username")
        return [user for user in others if may_hide(user)]

    def check(self, proposal: Proposal) -> None:
        page = page_of(proposal)
        if page is None or not is_as_published(page) or page.live_revision_id != proposal.changes["live"]:
            raise ValidationError(_("Meanwhile somebody has gone on with this page: take it down or correct it."))

    def carry_out(self, proposal: Proposal) -> None:
        user, page = current_actor(), page_of(proposal)
        revision = Revision.objects.get(pk=proposal.changes["previous"])
        with exempt("restored", proposal.reason, user):
            revision.publish(user=user, skip_permission_checks=True)
        takedown = open_takedown(page)
        if takedown is not None:
            finish(takedown, user, proposal.reason)

    def refused(self, proposal: Proposal, user: Any) -> None:
        takedown = open_takedown(page_of(proposal))
        # Taken back by the first person, it waits hidden for a second one.
        if takedown is not None and user.pk != takedown.proposed_by_id:
            end(takedown, user, proposal.answer)

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


def page_of(proposal: Proposal) -> Any:
    """Return the page as its type, or None where it is gone."""
    page = Page.objects.filter(pk=proposal.object_id).first()
    return page.specific if page is not None else None


def is_as_published(page: Page) -> bool:
    """Return whether nobody has built on what is public of `page`: no newer draft, review or schedule."""
    return page.live and page.live_revision_id is not None and page.live_revision_id == page.latest_revision_id


def version_before(page: Page) -> Revision | None:
    """Return the revision that was public before the one that is, where it is still there."""
    published = RecordEntry.objects.filter(page_id=page.pk, kind=RecordKind.PUBLISHED).order_by("-pk")
    numbers = [pk for pk in published.values_list("revision_id", flat=True) if pk != page.live_revision_id]
    return Revision.objects.filter(pk=numbers[0]).first() if numbers else None
