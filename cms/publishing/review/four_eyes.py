"""Who may pass what is under review: the rule of four eyes, judged on content by the record."""

from collections import defaultdict
from typing import Any

from wagtail.models import Page, TaskState

from cms.publishing.record.ledger import Ledger, authors_of_files
from cms.publishing.record.models import RecordEntry, RecordKind


def author_ids(page: Page, digest: str) -> set[int] | None:
    """As `Ledger.authors`, for one page."""
    return Ledger([page.pk]).authors(page.pk, digest)


def barred(task_states: Any) -> dict[int, set[int] | None]:
    """Return by the id of each of `task_states` (open ones) the users who may not take it by the rule of four eyes: who
    wrote the content or its files, or took another step. None, everybody, where the record does not know the content.
    """
    states = {state.pk: state for state in task_states}
    submitted = {
        (entry.data["workflow_state"], entry.revision_id): entry
        for entry in RecordEntry.objects.filter(
            kind=RecordKind.SUBMITTED, revision_id__in={state.revision_id for state in states.values()}
        ).order_by("pk")
    }
    ledger = Ledger({entry.page_id for entry in submitted.values() if entry.page_id is not None})
    passed = defaultdict(set)
    rows = TaskState.objects.filter(
        workflow_state__in={state.workflow_state_id for state in states.values()}, status=TaskState.STATUS_APPROVED
    ).exclude(finished_by=None)
    for workflow_state_id, revision_id, user_id in rows.values_list("workflow_state", "revision", "finished_by"):
        passed[workflow_state_id, revision_id].add(user_id)
    found: dict[int, set[int] | None] = {}
    for pk, state in states.items():
        key = state.workflow_state_id, state.revision_id
        authors = None
        if key in submitted:
            authors = ledger.authors(submitted[key].page_id or 0, submitted[key].digest)
        if authors is None:
            found[pk] = None
        else:
            found[pk] = authors | passed[key] | authors_of_files(submitted[key].data["files"])
    return found


def may_pass(user: Any, task_states: Any) -> set[int]:
    """Return those of `task_states` (open ones, by id) that `user` may take by the rule of four eyes.

    Nobody passes what they wrote, and two steps are taken by two people. Superusers are no exception.
    """
    return {pk for pk, others in barred(task_states).items() if others is not None and user.pk not in others}
