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
from cms.publishing.record.write import record

from . import mails
from .kinds import kind_of
from .models import Proposal


def open_proposal(kind: str, instance: Any) -> Proposal | None:
    """Return what is proposed of this kind for `instance`, or None."""
    return Proposal.objects.filter(
        kind=kind, model=instance._meta.label, object_id=instance.pk, decided_at=None
    ).first()


@transaction.atomic
def propose(kind: str, instance: Any, subject: str, changes: dict[str, Any], user: Any, reason: str = "") -> Proposal:
    """Propose `changes` to `instance`, and ask those who may confirm them.

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
    _record(RecordKind.PROPOSED, proposal, user, reason)
    mails.ask(proposal)
    return proposal


@transaction.atomic
def agree(proposal: Proposal, user: Any) -> None:
    """Carry out what the second person confirms.

    Raise PermissionDenied for the first one and for who may not decide, ValidationError where it can't be done any
    more.
    """
    proposal = _locked(proposal)
    kind = kind_of(proposal)
    if not may_decide(proposal, user):
        raise PermissionDenied
    kind.lock(proposal)
    kind.check(proposal)
    # Before it is done: what is done may change who is concerned.
    told = kind.concerned(proposal)
    _record(RecordKind.PROPOSAL_AGREED, proposal, user, proposal.reason)
    with acting(user):
        kind.carry_out(proposal)
    _decided(proposal, user, agreed=True)
    mails.tell_outcome(proposal, told)


@transaction.atomic
def refuse(proposal: Proposal, user: Any, reason: str) -> None:
    """End a proposal: the second person refuses it, or the first takes it back."""
    proposal = _locked(proposal)
    if user.pk != proposal.proposed_by_id and not may_decide(proposal, user):
        raise PermissionDenied
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    proposal.answer = reason
    _record(RecordKind.PROPOSAL_REFUSED, proposal, user, reason)
    told = kind_of(proposal).concerned(proposal)
    with acting(user):
        kind_of(proposal).refused(proposal, user)
    _decided(proposal, user, agreed=False)
    mails.tell_outcome(proposal, told)


def forget_proposals(page: Page) -> None:
    """Forget what was proposed of a page that two people delete or purge."""
    Proposal.objects.filter(model=Page._meta.label, object_id=page.pk).delete()


def may_decide(proposal: Proposal, user: Any) -> bool:
    """Return whether `user` is a second person who may confirm or refuse it."""
    return user.is_active and user.pk != proposal.proposed_by_id and kind_of(proposal).may_decide(proposal, user)


def _locked(proposal: Proposal) -> Proposal:
    proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if not proposal.is_open:
        raise PermissionDenied(_("Meanwhile it was decided."))
    return proposal


def _decided(proposal: Proposal, user: Any, agreed: bool) -> None:
    proposal.decided_by, proposal.decided_at, proposal.agreed = user, timezone.now(), agreed
    kind_of(proposal).forget(proposal)
    proposal.save()


def _record(kind: RecordKind, proposal: Proposal, user: Any, reason: str) -> None:
    lines = kind_of(proposal).lines(proposal)
    record(
        kind,
        # So that a purge of the page takes these words away as well.
        page_id=proposal.object_id if proposal.model == Page._meta.label else None,
        subject=f"{kind_of(proposal).label}: {proposal.subject}",
        user=user,
        reason=reason,
        proposal=proposal.pk,
        model=proposal.model,
        object=str(proposal.object_id or ""),
        changes={str(line.label): [str(line.old), str(line.new)] for line in lines},
    )
