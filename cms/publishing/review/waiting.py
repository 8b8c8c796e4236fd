"""What waits for somebody's decision, and where it is decided."""

from typing import Any

from django.urls import reverse
from wagtail.models import Page, TaskState

from .four_eyes import may_pass
from .models import ReviewTask


def waiting_for(user: Any) -> Any:
    """Return the open states that `user` may take now, the longest waiting first."""
    states = _open_states(user)
    return (
        TaskState.objects.filter(pk__in=may_pass(user, states.select_related("workflow_state")))
        .select_related("workflow_state", "revision")
        .defer("revision__content")
        .order_by("started_at", "pk")
    )


def _open_states(user: Any) -> Any:
    tasks = ReviewTask.objects.filter(active=True, groups__in=user.groups.all())
    return TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS, task__in=tasks)


def something_may_wait(user: Any, page: Page) -> bool:
    """Return whether anything but `page` is at a step of `user`, who may have written all of it."""
    return _open_states(user).exclude(workflow_state__object_id=str(page.pk)).exists()


def next_for(user: Any, page: Page | None = None) -> Any:
    """Return the title and address of the next page that waits for `user`, `page` aside; None where nothing does."""
    for state in waiting_for(user):
        number = int(state.workflow_state.object_id)
        if page is None or number != page.pk:
            return {"title": state.revision.object_str, "url": reverse("review_page", args=[number])}
    return None
