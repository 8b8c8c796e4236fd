"""What can't wait for every step: it goes straight to the last one, and the others look at it afterwards.

What is owed stays open in the record until it is done. The last step is never skipped, and no step is taken by an
author.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.models import Page, Task, TaskState

from cms.publishing.record.ledger import Ledger
from cms.publishing.record.models import RecordEntry, RecordKind
from cms.publishing.record.write import record


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
    published = RecordEntry.objects.filter(kind=RecordKind.PUBLISHED)
    return [
        entry
        for entry in urgent
        if published.filter(page_id=entry.page_id, digest=entry.digest, pk__gt=entry.pk).exists()
    ]


def may_review_afterwards(user: Any, entry: RecordEntry) -> bool:
    """Return whether `user` is of a step that was skipped, and neither wrote the content nor took another step."""
    tasks = [task.specific for task in Task.objects.filter(pk__in=entry.data["skipped"])]
    in_group = any(task.groups.filter(pk__in=user.groups.all()).exists() for task in tasks if hasattr(task, "groups"))
    if not user.is_active or not in_group:
        return False
    changes = Ledger([entry.page_id or 0]).changes_behind(entry.page_id or 0, entry.digest, before=entry) or []
    passed = RecordEntry.objects.filter(base=entry.base, kind=RecordKind.PASSED, user_id=user.pk).exists()
    return not passed and user.pk not in {change.user_id for change in changes}


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
