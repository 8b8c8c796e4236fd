"""Taking down and restoring. Each is one transaction, judged here whatever view it comes through, and recorded."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision

from cms.pages.public import public_pages
from cms.publishing.record.models import RecordEntry, RecordKind
from cms.publishing.record.write import record
from cms.store.events import note_page
from cms.store.models import ChangeLogKind

from . import mails
from .models import Takedown, TakedownKind
from .permissions import deciders, may_be_taken_down, may_decide, may_propose

# What other apps learn of; a proposal is none of it.
CHANGES = {
    RecordKind.HIDDEN: ChangeLogKind.TAKEN_DOWN,
    RecordKind.TAKEN_DOWN: ChangeLogKind.TAKEN_DOWN,
    RecordKind.RESTORED: ChangeLogKind.RESTORED,
}


def open_takedown(page: Page) -> Any:
    """Return what is in effect or proposed for `page`, or None."""
    return Takedown.objects.filter(page_id=page.pk, ended_at=None).first()


@transaction.atomic
def take_down(page: Page, user: Any, kind: str, reason: str, target: Any = None, ask: bool = True) -> Takedown:
    """Hide `page` at once, or propose to take it down.

    Hiding a page that waits for its publication stops that. Without `ask` nobody is told by mail yet, only reminded
    later. Raise PermissionDenied, or ValidationError by field.
    """
    allowed = may_decide(user) if kind == TakedownKind.HIDDEN else may_propose(user)
    if not allowed or not may_be_taken_down(page):
        raise PermissionDenied
    # Two people may begin at the same moment.
    Page.objects.select_for_update().get(pk=page.pk)
    other = open_takedown(page)
    if other is not None:
        if kind != TakedownKind.HIDDEN or other.is_off:
            raise PermissionDenied
        # Hiding can't wait for what somebody has proposed, and goes further than a notice.
        check(page, kind, reason, target)
        finish(other, user, reason)
    scheduled = page.scheduled_revision if kind == TakedownKind.HIDDEN else None
    if not page.live and scheduled is None:
        raise ValidationError({"kind": _("This page is not public.")})
    check(page, kind, reason, target)
    if scheduled is not None:
        Revision.objects.filter(pk=scheduled.pk).update(approved_go_live_at=None)
    takedown = Takedown.objects.create(
        page_id=page.pk,
        kind=kind,
        reason=reason,
        target_id=target and target.pk,
        stopped_revision_id=scheduled and scheduled.pk,
        effective=kind == TakedownKind.HIDDEN,
        proposed_by=user,
        proposed_at=timezone.now(),
    )
    _record(RecordKind.HIDDEN if kind == TakedownKind.HIDDEN else RecordKind.TAKEDOWN_PROPOSED, takedown, user)
    if ask:
        mails.ask_second_person(takedown, deciders(takedown))
    return takedown


@transaction.atomic
def confirm(takedown: Takedown, user: Any, kind: str, reason: str, target: Any = None) -> None:
    """Take the page down as `kind`, to which the second person agrees; readers are told it with `reason`.

    Raise PermissionDenied for the person who hid or proposed it, ValidationError by field.
    """
    takedown = _locked(takedown)
    if not may_decide(user) or takedown.is_decided or user.pk == takedown.proposed_by_id:
        raise PermissionDenied
    if kind == TakedownKind.HIDDEN:
        raise ValidationError({"kind": _("Say how it is taken down for good.")})
    check(takedown.page, kind, reason, target)
    takedown.kind, takedown.reason, takedown.target_id = kind, reason, target and target.pk
    takedown.decided_by, takedown.decided_at, takedown.effective = user, timezone.now(), True
    takedown.save()
    _record(RecordKind.TAKEN_DOWN, takedown, user)


@transaction.atomic
def end(takedown: Takedown, user: Any, reason: str) -> None:
    """Restore the page, or refuse the proposal, as the second person; a schedule that was stopped runs again."""
    takedown = _locked(takedown)
    withdraws = user.pk == takedown.proposed_by_id and not takedown.effective
    if not withdraws and (not may_decide(user) or user.pk == takedown.proposed_by_id):
        raise PermissionDenied
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    finish(takedown, user, reason)
    revision = Revision.objects.filter(pk=takedown.stopped_revision_id).first()
    if revision is not None and not submitted_since(takedown):
        revision.publish(user=user, skip_permission_checks=True)


def submitted_since(takedown: Takedown) -> bool:
    """Return whether something was submitted after the takedown began: then that is what is wanted, and not the
    schedule that was stopped.
    """
    entries = RecordEntry.objects.filter(page_id=takedown.page_id)
    began = entries.filter(data__takedown=takedown.pk).order_by("pk").values_list("pk", flat=True).first()
    return began is not None and entries.filter(kind=RecordKind.SUBMITTED, pk__gt=began).exists()


def finish(takedown: Takedown, user: Any, reason: str) -> None:
    """End a takedown and record it."""
    takedown.ended_by, takedown.ended_at, takedown.effective = user, timezone.now(), False
    takedown.save()
    _record(RecordKind.RESTORED, takedown, user, reason=reason)


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


def _locked(takedown):
    takedown = Takedown.objects.select_for_update().get(pk=takedown.pk)
    if takedown.ended_at is not None:
        raise PermissionDenied
    return takedown


def _record(kind, takedown, user: Any, reason: str | None = None) -> None:
    if kind in CHANGES:
        note_page(CHANGES[kind], takedown.page)
    record(
        kind,
        page=takedown.page,
        user=user,
        reason=takedown.reason if reason is None else reason,
        how=takedown.kind,
        target=takedown.target_id,
        takedown=takedown.pk,
    )
