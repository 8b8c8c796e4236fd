"""Who may pass what is under review: the rule of four eyes, judged on content by the record."""

from collections import defaultdict
from typing import Any

from wagtail.models import Page, TaskState, WorkflowState

from cms.publishing.record.ledger import Ledger, authors_of_files
from cms.publishing.record.models import RecordEntry, RecordKind


def author_ids(page: Page, digest: str) -> set[int] | None:
    """As `Ledger.authors`, for one page."""
    return Ledger([page.pk]).authors(page.pk, digest)


def may_pass(user: Any, task_states: Any) -> set[int]:
    """Return those of `task_states` (open ones, by id) that `user` may take by the rule of four eyes.

    Nobody passes what they wrote, and two steps are taken by two people. Superusers are no exception.
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
    mine = set()
    for pk, state in states.items():
        key = state.workflow_state_id, state.revision_id
        if key in submitted:
            authors = ledger.authors(submitted[key].page_id or 0, submitted[key].digest)
            if authors is not None:
                others = authors | passed[key] | authors_of_files(submitted[key].data["files"])
                if user.pk not in others:
                    mine.add(pk)
    return mine


def may_pass_now(user: Any, workflow_state: WorkflowState | None) -> bool:
    """Return whether `user` may take the current step of `workflow_state`."""
    state = workflow_state and workflow_state.current_task_state
    return bool(state) and state.pk in may_pass(user, [state])
