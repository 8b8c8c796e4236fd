"""Proposing, confirming and refusing.

Each is one transaction, judged here whatever view it comes through, and recorded.
"""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.core.actor import acting
from cms.publishing.record.models import RecordKind

from . import mails
from .kinds import kind_of, kinds_that_go_with_their_page
from .models import Proposal


def open_proposal(kind: str, instance: Any) -> Proposal | None:
    """Return what is proposed of this kind for `instance`, or None."""
    return open_proposals([kind], instance).first()


def open_proposals(kinds: list[str], instance: Any) -> Any:
    """Return what is proposed of these kinds for `instance`."""
    about = Proposal.objects.filter(model=instance._meta.label, object_id=instance.pk, decided_at=None)
    return about.filter(kind__in=kinds).select_related("proposed_by")


@transaction.atomic
def propose(
    kind: str, instance: Any, subject: str, changes: dict[str, Any], user: Any, reason: str = "", ask: bool = True
) -> Proposal:
    """Propose `changes` to `instance`, and ask those who may confirm them; without `ask` they are only reminded later.

    Raise ValidationError where something is proposed already or can't be done.
    """
    same = Proposal.objects.filter(kind=kind, model=instance._meta.label, object_id=None, subject=subject[:255])
    waits = open_proposal(kind, instance) if instance.pk is not None else same.filter(decided_at=None).first()
    if waits is not None:
        raise ValidationError(_("A change of it waits for a second person already: have that decided first."))
    proposal = Proposal.objects.create(
        kind=kind,
        model=instance._meta.label,
        object_id=instance.pk,
        subject=subject[:255],
        changes=changes,
        reason=reason,
        proposed_by=user,
        proposed_at=timezone.now(),
    )
    kind_of(proposal).check(proposal)
    kind_of(proposal).record(RecordKind.PROPOSED, proposal, user, reason)
    if ask:
        mails.ask(proposal)
    return proposal


@transaction.atomic
def agree(proposal: Proposal, user: Any, **chosen: Any) -> None:
    """Carry out what the second person confirms, as they have chosen where the kind leaves a choice.

    Raise PermissionDenied for the first one and for who may not decide, ValidationError where it can't be done any
    more.
    """
    kind = kind_of(proposal)
    kind.lock(proposal)
    proposal = _locked(proposal)
    if not may_decide(proposal, user):
        raise PermissionDenied
    kind.check(proposal, **chosen)
    # Before it is done: what is done may change who is concerned.
    told = kind.concerned(proposal)
    kind.record(RecordKind.PROPOSAL_AGREED, proposal, user, proposal.reason)
    with acting(user):
        kind.carry_out(proposal, **chosen)
    _decide(proposal, user, agreed=True)
    mails.tell_outcome(proposal, told)


@transaction.atomic
def refuse(proposal: Proposal, user: Any, reason: str) -> None:
    """End a proposal: the second person refuses it, or the first takes it back.

    Raise PermissionDenied for anybody else, ValidationError without a reason.
    """
    kind = kind_of(proposal)
    kind.lock(proposal)
    proposal = _locked(proposal)
    if not may_refuse(proposal, user):
        raise PermissionDenied
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    proposal.answer = reason
    kind.record(RecordKind.PROPOSAL_REFUSED, proposal, user, reason)
    told = kind.concerned(proposal)
    with acting(user):
        kind.refused(proposal, user)
    _decide(proposal, user, agreed=False)
    mails.tell_outcome(proposal, told)


def overtake(proposal: Proposal, user: Any, reason: str) -> None:
    """Close a proposal that has become pointless by what `user` (None: the system) did, and recorded."""
    proposal.answer = reason
    _decide(proposal, user, agreed=False)


def forget_proposals(page: Page) -> None:
    """Forget what was proposed of a page that two people delete or purge."""
    about = Proposal.objects.filter(model=Page._meta.label, object_id=page.pk)
    about.filter(kind__in=kinds_that_go_with_their_page()).delete()


def may_decide(proposal: Proposal, user: Any) -> bool:
    """Return whether `user` is a second person who may confirm or refuse it."""
    return user.is_active and user.pk != proposal.proposed_by_id and kind_of(proposal).may_decide(proposal, user)


def may_refuse(proposal: Proposal, user: Any) -> bool:
    """Return whether `user` may refuse it, or take it back."""
    kind = kind_of(proposal)
    own = kind.may_be_taken_back and user.is_active and user.pk == proposal.proposed_by_id
    return kind.may_be_refused and (own or may_decide(proposal, user))


def _locked(proposal: Proposal) -> Proposal:
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if not proposal.is_open:
        raise PermissionDenied(_("Meanwhile it was decided."))
    return proposal


def _decide(proposal: Proposal, user: Any, agreed: bool) -> None:
    proposal.decided_by, proposal.decided_at, proposal.agreed = user, timezone.now(), agreed
    kind_of(proposal).forget(proposal)
    proposal.save()
