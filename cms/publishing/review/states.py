"""What the states of pages are called that are in review, or were returned."""

from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import OuterRef, Subquery
from django.utils.translation import gettext as _
from wagtail.models import Page, WorkflowState, WorkflowTask


def prospects(page_ids: Iterable[int]) -> Any:
    """By the step at which they are: only the last one approves."""
    tasks = WorkflowTask.objects.filter(workflow=OuterRef("workflow_id")).order_by("-sort_order", "-pk")
    states = (
        WorkflowState.objects.active()
        .filter(
            base_content_type=ContentType.objects.get_for_model(Page, for_concrete_model=False),
            object_id__in=map(str, page_ids),
        )
        .annotate(last=Subquery(tasks.values("task_id")[:1]))
        .values_list("object_id", "status", "current_task_state__task_id", "last")
    )
    return {int(object_id): _words(status, task == last) for object_id, status, task, last in states}


def _words(status, is_last):
    if status == WorkflowState.STATUS_NEEDS_CHANGES:
        return _("returned")
    return _("awaiting approval") if is_last else _("awaiting content review")
