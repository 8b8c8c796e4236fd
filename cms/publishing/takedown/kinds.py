"""What the second person decides of a page that was hidden, or that somebody proposes to take down."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from cms.core.actor import current_actor
from cms.pages.publication import road
from cms.publishing.proposals.held import held_by_others
from cms.publishing.proposals.kinds import Kind, Line
from cms.publishing.proposals.models import Proposal
from cms.publishing.record.models import RecordKind
from cms.publishing.record.write import record

from .actions import HIDE, TAKE_DOWN, bring_back, check, in_effect
from .forms import TakedownForm
from .models import Takedown, TakedownKind
from .permissions import deciders, may_decide, may_propose

# What readers will find.
_READERS = {
    TakedownKind.ERROR: gettext_lazy("At its address readers find that it was published in error, and the reason."),
    TakedownKind.CONSOLIDATED: gettext_lazy("Its address leads readers to the page that takes its place."),
    TakedownKind.WITHDRAWN: gettext_lazy("Readers still read the page, under a notice with the reason."),
}


class PublicPageKind(Kind):
    """What is proposed about whether readers get a page, and decided by whoever may hide one."""

    def may_decide(self, proposal: Proposal, user: Any) -> bool:
        return may_decide(user)

    def may_look(self, proposal: Proposal, user: Any) -> bool:
        return may_propose(user) or may_decide(user)

    def deciders(self, proposal: Proposal) -> Any:
        return deciders(proposal)

    def lock(self, proposal: Proposal) -> None:
        Page.objects.select_for_update().filter(pk=proposal.object_id).first()

    def address(self, proposal: Proposal) -> str:
        is_there = Page.objects.filter(pk=proposal.object_id).exists()
        return reverse("wagtailadmin_pages:edit", args=[proposal.object_id]) if is_there else ""


class TakeDownKind(PublicPageKind):
    """`changes` has `kind` and `target` (the id of a page, or None). The second person may choose another way."""

    name = TAKE_DOWN
    label = gettext_lazy("Take down")
    agree_label = gettext_lazy("Agree")
    prospect = gettext_lazy("removal proposed")

    def check(self, proposal: Proposal, **chosen: Any) -> None:
        page = page_of(proposal)
        if page is None:
            raise ValidationError(_("It is not there any more."))
        kind, reason, target = wanted(proposal, chosen)
        if kind == TakedownKind.HIDDEN:
            raise ValidationError({"kind": _("Say how it is taken down for good.")})
        check(page, kind, reason, target)

    def carry_out(self, proposal: Proposal, **chosen: Any) -> None:
        page = page_of(proposal)
        takedown = in_effect(page) or Takedown(page=page, proposal=proposal)
        takedown.kind, takedown.reason, takedown.target = wanted(proposal, chosen)
        takedown.save()
        road().is_taken_down(takedown, RecordKind.TAKEN_DOWN, current_actor(), takedown.reason)

    def record(self, what: RecordKind, proposal: Proposal, user: Any, reason: str) -> None:
        if what == RecordKind.PROPOSED:
            record(
                RecordKind.TAKEDOWN_PROPOSED,
                page=page_of(proposal),
                user=user,
                reason=reason,
                how=proposal.changes["kind"],
                target=proposal.changes["target"],
                proposal=proposal.pk,
            )
        elif what == RecordKind.PROPOSAL_REFUSED:
            super().record(what, proposal, user, reason)

    def lines(self, proposal: Proposal) -> list[Line]:
        lines = [Line(_("for readers"), _("public"), str(TakedownKind(proposal.changes["kind"]).label))]
        target = Page.objects.filter(pk=proposal.changes["target"]).first()
        if target is not None:
            lines.append(Line(_("in its place"), "", target.get_admin_display_title()))
        return lines

    def consequence(self, proposal: Proposal) -> str:
        return str(_READERS[TakedownKind(proposal.changes["kind"])])

    def done_message(self, proposal: Proposal) -> str:
        return _("“%(title)s” is taken down.") % {"title": proposal.subject}

    def form(self, proposal: Proposal, data: Any = None) -> TakedownForm:
        kinds = [kind for kind in TakedownKind.values if kind != TakedownKind.HIDDEN]
        initial = {**proposal.changes, "reason": proposal.reason}
        return TakedownForm(data, kinds=kinds, initial=initial, prefix="takedown")


class HideKind(TakeDownKind):
    """A page that is hidden already: it is taken down for good, or restored. `changes` is empty."""

    name = HIDE
    label = gettext_lazy("Hidden for now")
    refuse_label = gettext_lazy("Restore")
    prospect = gettext_lazy("waiting for a second person")
    # What is hidden has to be looked at by somebody else.
    may_be_taken_back = False

    def may_decide(self, proposal: Proposal, user: Any) -> bool:
        """Not while it is hidden for another proposal (a purge, an undoing): that one is decided, and this with it."""
        return bool(self.decidable([proposal], user))

    def decidable(self, proposals: Iterable[Proposal], user: Any) -> list[Proposal]:
        if not may_decide(user):
            return []
        others = held_by_others()
        return [proposal for proposal in proposals if proposal.pk not in others]

    def check(self, proposal: Proposal, **chosen: Any) -> None:
        # While it is proposed nothing is chosen yet.
        if chosen or in_effect(Page(pk=proposal.object_id)) is not None:
            super().check(proposal, **chosen)

    def refused(self, proposal: Proposal, user: Any) -> None:
        takedown = Takedown.objects.filter(proposal=proposal, ended_at=None).first()
        if takedown is not None:
            bring_back(takedown, user, proposal.answer)

    def record(self, what: RecordKind, proposal: Proposal, user: Any, reason: str) -> None:
        """Nothing: hiding, taking down and restoring have their own entries."""

    def lines(self, proposal: Proposal) -> list[Line]:
        return [Line(_("for readers"), _("public"), _("hidden for now"))]

    def consequence(self, proposal: Proposal) -> str:
        return _(
            "Readers find nothing now but that the page is being checked. Restored, it is as it was before; otherwise "
            "say how it is taken down for good."
        )

    def undone_message(self, proposal: Proposal) -> str:
        return _("“%(title)s” is as it was before.") % {"title": proposal.subject}


def wanted(proposal: Proposal, chosen: dict[str, Any]) -> tuple[str, str, Page | None]:
    """Return how it is to be taken down, why, and the page that takes its place: as chosen, or else as proposed."""
    if "kind" in chosen:
        return chosen["kind"], chosen.get("reason", proposal.reason), chosen.get("target")
    target = Page.objects.filter(pk=proposal.changes.get("target")).first()
    return proposal.changes.get("kind", TakedownKind.HIDDEN), proposal.reason, target


def page_of(proposal: Proposal) -> Any:
    """Return the page as its type, or None where it is gone."""
    page = Page.objects.filter(pk=proposal.object_id).first()
    return page.specific if page is not None else None
