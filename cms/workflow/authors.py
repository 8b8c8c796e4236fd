"""Who wrote what is under review."""

from wagtail.models import TaskState, WorkflowState


def author_ids(page) -> set[int]:
    """The users who saved a revision of `page` since the version that is live; before the first publication, all."""
    revisions = page.revisions.exclude(user=None)
    if page.live_revision_id:
        revisions = revisions.filter(pk__gt=page.live_revision_id)
    return set(revisions.values_list("user_id", flat=True))


def approver_ids(workflow_state: WorkflowState, revision_id: int) -> set[int]:
    """The users who passed a step of this workflow on this revision."""
    passed = workflow_state.task_states.filter(status=TaskState.STATUS_APPROVED, revision_id=revision_id)
    return set(passed.exclude(finished_by=None).values_list("finished_by_id", flat=True))


def may_pass(user, page, workflow_state: WorkflowState | None) -> bool:
    """Four eyes: nobody passes what they wrote, and two steps are taken by two people. Superusers are no exception."""
    if workflow_state is None or workflow_state.current_task_state is None:
        return False
    revision_id = workflow_state.current_task_state.revision_id
    return user.pk not in author_ids(page) and user.pk not in approver_ids(workflow_state, revision_id)
