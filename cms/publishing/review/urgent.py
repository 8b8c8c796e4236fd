"""What can't wait for every step: it goes straight to the last one, and the others look at it afterwards.

What is owed stays open in the record until it is done. The last step is never skipped, and no step is taken by an
author.
"""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.models import Page, TaskState

from cms.publishing.record.ledger import Ledger
from cms.publishing.record.models import RecordEntry, RecordKind
from cms.publishing.record.write import record

from .models import ReviewTask


@transaction.atomic
def hasten(page: Page, user: Any, reason: str) -> None:
    """Take the submission of `page` that has just been made to the last step; nothing happens where there is only one.

    Raise PermissionDenied where nothing was submitted, or a step has been taken already.
    """
    workflow_state = page.current_workflow_state
    submission = RecordEntry.objects.filter(page_id=page.pk, kind=RecordKind.SUBMITTED).order_by("-pk").first()
    if workflow_state is None or submission is None or submission.data["workflow_state"] != workflow_state.pk:
        raise PermissionDenied
    if RecordEntry.objects.filter(base=submission).exists():
        raise PermissionDenied
    skipped = submission.data["steps"][:-1]
    if not skipped:
        return
    record(
        RecordKind.URGENT,
        page=page,
        subject=submission.subject,
        user=user,
        digest=submission.digest,
        base=submission,
        reason=reason,
        skipped=skipped,
    )
    for _step in skipped:
        state = workflow_state.current_task_state
        state.status = TaskState.STATUS_SKIPPED
        state.save()
        workflow_state.update(user=user)


def owed() -> Any:
    """Return the urgent submissions that were published and that a step has not looked at yet, oldest first."""
    done = RecordEntry.objects.filter(kind=RecordKind.REVIEWED_AFTERWARDS).values("base")
    urgent = RecordEntry.objects.filter(kind=RecordKind.URGENT, redacted_by=None).exclude(pk__in=done).order_by("pk")
    entries = list(urgent)
    latest: dict[tuple[int | None, str], int] = {}
    published = RecordEntry.objects.filter(kind=RecordKind.PUBLISHED, page_id__in={entry.page_id for entry in entries})
    for page_id, digest, pk in published.order_by("pk").values_list("page_id", "digest", "pk"):
        latest[page_id, digest] = pk
    return [entry for entry in entries if latest.get((entry.page_id, entry.digest), 0) > entry.pk]


def to_be_reviewed_by(user: Any, entries: Iterable[RecordEntry]) -> set[int]:
    """Return those of `entries` (urgent submissions, by id) of which `user` is of a step that was skipped, and neither
    wrote the content nor took another step. A number of queries that does not grow with them.
    """
    own = set(ReviewTask.objects.filter(groups__in=user.groups.all()).values_list("pk", flat=True))
    entries = [entry for entry in entries if user.is_active and own & set(entry.data["skipped"])]
    if not entries:
        return set()
    ledger = Ledger({entry.page_id or 0 for entry in entries})
    decided = RecordEntry.objects.filter(kind=RecordKind.PASSED, user_id=user.pk)
    passed = set(decided.filter(base__in={entry.base_id for entry in entries}).values_list("base", flat=True))
    found = set()
    for entry in entries:
        changes = ledger.changes_behind(entry.page_id or 0, entry.digest, before=entry) or []
        if entry.base_id not in passed and user.pk not in {change.user_id for change in changes}:
            found.add(entry.pk)
    return found


def may_review_afterwards(user: Any, entry: RecordEntry) -> bool:
    """As `to_be_reviewed_by`, for one."""
    return entry.pk in to_be_reviewed_by(user, [entry])


@transaction.atomic
def review_afterwards(entry: RecordEntry, user: Any, remark: Any) -> None:
    """Record that somebody has looked at what was published in a hurry.

    What is wrong with it is taken down or corrected as ever.
    """
    if RecordEntry.objects.filter(
        kind=RecordKind.REVIEWED_AFTERWARDS, base=entry
    ).exists() or not may_review_afterwards(user, entry):
        raise PermissionDenied
    record(
        RecordKind.REVIEWED_AFTERWARDS,
        subject=entry.subject,
        page=entry_page(entry),
        user=user,
        digest=entry.digest,
        base=entry,
        reason=remark,
    )


def entry_page(entry: RecordEntry) -> Any:
    """Return the page of an entry, as far as it is still there."""
    return Page.objects.filter(pk=entry.page_id).first()
