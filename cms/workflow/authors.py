"""Who wrote what is under review. Asked for many pages at once, since the desk of a reviewer lists them."""

from collections import defaultdict

from wagtail.models import Page, Revision, TaskState, WorkflowState


def authors_by_page(page_ids) -> dict[int, set[int]]:
    """For each page the users who saved a revision since the version that is live; before the first publication, all."""
    live = dict(Page.objects.filter(pk__in=page_ids).values_list("pk", "live_revision_id"))
    revisions = Revision.page_revisions.filter(object_id__in=[str(pk) for pk in live]).exclude(user=None)
    authors = {pk: set() for pk in page_ids}
    for object_id, revision_id, user_id in revisions.order_by().values_list("object_id", "pk", "user_id"):
        if revision_id > (live[int(object_id)] or 0):
            authors[int(object_id)].add(user_id)
    return authors


def author_ids(page) -> set[int]:
    """The users who wrote what is not published yet of `page`."""
    return authors_by_page([page.pk])[page.pk]


def may_pass(user, task_states) -> set[int]:
    """Those of `task_states` (open ones, by id) that `user` may take by the rule of four eyes.

    Nobody passes what they wrote, and two steps on one revision are taken by two people. Superusers are no exception.
    """
    states = list(task_states)
    page_ids = {state.pk: int(state.workflow_state.object_id) for state in states}
    authors = authors_by_page(set(page_ids.values()))
    passed = defaultdict(set)
    rows = TaskState.objects.filter(
        workflow_state__in={state.workflow_state_id for state in states}, status=TaskState.STATUS_APPROVED
    ).exclude(finished_by=None)
    for workflow_state_id, revision_id, user_id in rows.values_list("workflow_state", "revision", "finished_by"):
        passed[workflow_state_id, revision_id].add(user_id)
    return {
        state.pk
        for state in states
        if user.pk not in authors[page_ids[state.pk]]
        and user.pk not in passed[state.workflow_state_id, state.revision_id]
    }


def may_pass_now(user, workflow_state: WorkflowState | None) -> bool:
    """Whether `user` may take the current step of `workflow_state`."""
    state = workflow_state and workflow_state.current_task_state
    return bool(state) and state.pk in may_pass(user, [state])
