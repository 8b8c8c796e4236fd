"""What the states of pages are called that are in review, or were returned."""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils.translation import gettext as _
from wagtail.models import Page, WorkflowState, WorkflowTask


def prospects(page_ids: Iterable[int]) -> Any:
    """By the step at which they are: only the last one approves."""
    states = (
        WorkflowState.objects.active()
        .filter(
            base_content_type=ContentType.objects.get_for_model(Page, for_concrete_model=False),
            object_id__in=map(str, page_ids),
        )
        .values_list("object_id", "status", "workflow_id", "current_task_state__task_id")
    )
    last = dict(WorkflowTask.objects.order_by("sort_order").values_list("workflow_id", "task_id"))
    return {int(object_id): _words(status, task == last.get(workflow)) for object_id, status, workflow, task in states}


def _words(status, is_last):
    if status == WorkflowState.STATUS_NEEDS_CHANGES:
        return _("returned")
    return _("awaiting approval") if is_last else _("awaiting content review")
