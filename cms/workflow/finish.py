"""The end of a workflow: what was approved goes live (WAGTAIL_FINISH_WORKFLOW_ACTION).

Wagtail imports this module while its models load, so models are imported inside.
"""

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _


def publish_approved(workflow_state, user=None):
    """Publishes exactly the revision that every step of the workflow has passed, or schedules it.

    Raises PermissionDenied where a step is missing, an author took one, or one person took two: whatever brought
    the workflow to its end, nothing goes live that somebody else did not approve.
    """
    from wagtail.models import Task, TaskState

    from .authors import author_ids

    page = workflow_state.content_object.specific
    last = workflow_state.current_task_state
    if last is None:
        raise PermissionDenied(_("A workflow without a step publishes nothing."))
    revision = last.revision
    steps = set(Task.objects.filter(workflow_tasks__workflow=workflow_state.workflow).values_list("pk", flat=True))
    passed = dict(
        workflow_state.task_states.filter(status=TaskState.STATUS_APPROVED, revision=revision).values_list(
            "task_id", "finished_by_id"
        )
    )
    people = list(passed.values())
    if not steps or steps - passed.keys() or None in people or len(set(people)) != len(people):
        raise PermissionDenied(_("Not every step has been passed by a person of its own."))
    if author_ids(page) & set(people):
        raise PermissionDenied(_("Nobody approves what they wrote."))
    revision.publish(user=user, skip_permission_checks=True)
