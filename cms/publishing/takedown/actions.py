"""Hiding at once, proposing to take down, and restoring.

Each is one transaction, judged here whatever view it comes through, and recorded. What the second person does is in
`kinds.py`.
"""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from cms.pages.public import public_pages
from cms.pages.publication import road
from cms.publishing.proposals.actions import open_proposals, overtake, propose, refuse
from cms.publishing.proposals.models import Proposal
from cms.publishing.record.models import RecordEntry, RecordKind
from cms.publishing.record.write import record

from .models import Takedown, TakedownKind
from .permissions import may_be_taken_down, may_decide, may_propose

# The kinds of proposals: a page that was hidden at once, and one that is still there.
HIDE, TAKE_DOWN = "hide", "take_down"
# Undoing a publication (`undoing.py`).
UNDO = "undo"


def in_effect(page: Page) -> Takedown | None:
    """Return what `page` is taken down by, or None."""
    return Takedown.objects.filter(page_id=page.pk, ended_at=None).select_related("proposal__proposed_by").first()


def waiting(page: Page) -> Proposal | None:
    """Return what of hiding or taking `page` down waits for a second person, or None."""
    return open_proposals([HIDE, TAKE_DOWN], Page(pk=page.pk)).first()


@transaction.atomic
def take_down(page: Page, user: Any, kind: str, reason: str, target: Any = None, ask: bool = True) -> Proposal:
    """Hide `page` at once, or propose to take it down; return what waits for the second person.

    Hiding a page that waits for its publication stops that. Without `ask` nobody is told by mail yet, only reminded
    later. Raise PermissionDenied, or ValidationError by field.
    """
    allowed = may_decide(user) if kind == TakedownKind.HIDDEN else may_propose(user)
    if not allowed or not may_be_taken_down(page):
        raise PermissionDenied
    # Two people may begin at the same moment.
    Page.objects.select_for_update().get(pk=page.pk)
    _make_way(page, user, kind, reason, target)
    scheduled = page.scheduled_revision if kind == TakedownKind.HIDDEN else None
    if not page.live and scheduled is None:
        raise ValidationError({"kind": _("This page is not public.")})
    check(page, kind, reason, target)
    title, subject = page.get_admin_display_title(), Page(pk=page.pk)
    if kind != TakedownKind.HIDDEN:
        changes = {"kind": kind, "target": target and target.pk}
        return propose(TAKE_DOWN, subject, title, changes, user, reason, ask)
    if scheduled is not None:
        Revision.objects.filter(pk=scheduled.pk).update(approved_go_live_at=None)
    proposal = propose(HIDE, subject, title, {}, user, reason, ask)
    takedown = Takedown.objects.create(
        page_id=page.pk,
        proposal=proposal,
        kind=kind,
        reason=reason,
        stopped_revision_id=scheduled and scheduled.pk,
    )
    road().is_taken_down(takedown, RecordKind.HIDDEN, user, reason)
    return proposal


def _make_way(page: Page, user: Any, kind: str, reason: str, target: Any) -> None:
    """End what is in effect or proposed for `page`, where hiding goes before it.

    Raise PermissionDenied where it does not.
    """
    effective, proposal = in_effect(page), waiting(page)
    if effective is None and proposal is None:
        return
    if kind != TakedownKind.HIDDEN or (effective is not None and effective.is_off):
        raise PermissionDenied
    # Hiding can't wait for what somebody has proposed, and goes further than a notice.
    check(page, kind, reason, target)
    if effective is not None:
        finish(effective, user, reason)
    if proposal is not None:
        overtake(proposal, user, reason)


@transaction.atomic
def restore(page: Page, user: Any, reason: str) -> None:
    """Restore a page that is taken down, as another person than who began; a schedule that was stopped runs again.

    Raise PermissionDenied, or ValidationError without a reason.
    """
    Page.objects.select_for_update().get(pk=page.pk)
    takedown = in_effect(page)
    if takedown is None or not may_restore(takedown, user):
        raise PermissionDenied
    if takedown.proposal.is_open:
        # Raises PermissionDenied while it is hidden for another proposal.
        refuse(takedown.proposal, user, reason)
        return
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    bring_back(takedown, user, reason)


def release(proposals: list[int], user: Any, reason: str) -> None:
    """Restore what was hidden for another proposal, which `user` refuses, unless they hid it themselves: then it waits
    for somebody else.
    """
    effective = Takedown.objects.filter(proposal__in=proposals, proposal__decided_at=None, ended_at=None)
    for takedown in effective.select_related("proposal").order_by("page"):
        if may_restore(takedown, user):
            bring_back(takedown, user, reason)
            overtake(takedown.proposal, user, reason)


def may_restore(takedown: Takedown, user: Any) -> bool:
    """Return whether `user` may decide, and began none of it."""
    return may_decide(user) and user.pk != takedown.proposal.proposed_by_id


def bring_back(takedown: Takedown, user: Any, reason: str) -> None:
    """End a takedown, and let the schedule run again that it stopped."""
    finish(takedown, user, reason)
    revision = Revision.objects.filter(pk=takedown.stopped_revision_id).first()
    if revision is None or submitted_since(takedown):
        return
    try:
        with transaction.atomic():
            revision.publish(user=user, skip_permission_checks=True)
    except (PermissionDenied, ValidationError) as error:
        # What was public is so again all the same; what had been approved for later needs another review.
        record(RecordKind.SCHEDULE_FAILED, page=takedown.page, revision=revision, user=user, reason=str(error))


def submitted_since(takedown: Takedown) -> bool:
    """Return whether something was submitted after the takedown began: then that is what is wanted, and not the
    schedule that was stopped.
    """
    entries = RecordEntry.objects.filter(page_id=takedown.page_id)
    began = entries.filter(data__takedown=takedown.pk).order_by("pk").values_list("pk", flat=True).first()
    return began is not None and entries.filter(kind=RecordKind.SUBMITTED, pk__gt=began).exists()


def finish(takedown: Takedown, user: Any, reason: str) -> None:
    """End a takedown and record it."""
    takedown.ended_by, takedown.ended_at = user, timezone.now()
    takedown.save()
    road().is_taken_down(takedown, RecordKind.RESTORED, user, reason)


def check(page: Page, kind: str, reason: str, target: Any) -> None:
    """Raise ValidationError, by field, for a takedown that would leave readers without an answer."""
    errors = {}
    if kind not in TakedownKind.values:
        errors["kind"] = _("There is no such kind.")
    if not (reason or "").strip():
        errors["reason"] = _("Say why.")
    if kind == TakedownKind.CONSOLIDATED and target is None:
        errors["target"] = _("Choose the page that takes its place.")
    elif target is not None:
        target_is_public = public_pages().filter(pk=target.pk).exists()
        if not target_is_public or target.path.startswith(page.path):
            errors["target"] = _("Choose another page, one that is public.")
    if errors:
        raise ValidationError(errors)
