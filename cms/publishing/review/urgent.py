"""What can't wait for every step: it goes straight to the last one, and the others look at it afterwards.

What is owed is a proposal from the publication on (`owed.py`). The last step is never skipped, and no step is taken by
an author.
"""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.models import Page, TaskState

from cms.publishing.proposals.actions import propose
from cms.publishing.record.ledger import Ledger
from cms.publishing.record.models import RecordEntry, RecordKind
from cms.publishing.record.write import record

from .models import ReviewTask

# The kind of proposals for what is owed.
OWED = "owed"


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


def owe_reviews(entry: RecordEntry) -> None:
    """Let the steps that an urgent submission has skipped look at what was published of it."""
    user = get_user_model().objects.filter(pk=entry.user_id).first()
    propose(OWED, entry, entry.subject, {}, user, entry.reason)


def to_be_reviewed_by(user: Any, entries: Iterable[RecordEntry]) -> set[int]:
    """Return those of `entries` (urgent submissions, by id) of which `user` is of a step that was skipped, and neither
    wrote the content nor took another step. A number of queries that does not grow with them.
    """
    own = set(ReviewTask.objects.filter(groups__in=user.groups.all()).values_list("pk", flat=True))
    entries = [entry for entry in entries if user.is_active and own & set(entry.data["skipped"])]
    if not entries:
        return set()
    barred = _barred(entries)
    return {entry.pk for entry in entries if user.pk not in barred[entry.pk]}


def reviewers_of(entry: RecordEntry) -> Any:
    """Return the people who may look at it afterwards."""
    groups = ReviewTask.objects.filter(pk__in=entry.data.get("skipped", [])).values("groups")
    of_a_step = get_user_model().objects.filter(is_active=True, groups__in=groups)
    return of_a_step.exclude(pk__in=_barred([entry])[entry.pk]).distinct()


def _barred(entries: list[RecordEntry]) -> dict[int, set[int]]:
    """Return who wrote the content of urgent submissions, or took another step of them, by the entries' ids."""
    ledger = Ledger({entry.page_id or 0 for entry in entries})
    barred = {}
    for entry in entries:
        changes = ledger.changes_behind(entry.page_id or 0, entry.digest, before=entry) or []
        barred[entry.pk] = {change.user_id for change in changes if change.user_id is not None}
    submissions = {entry.base_id: entry.pk for entry in entries}
    passed = RecordEntry.objects.filter(kind=RecordKind.PASSED, base__in=submissions)
    for base, user_id in passed.values_list("base", "user_id"):
        if user_id is not None:
            barred[submissions[base]].add(user_id)
    return barred
