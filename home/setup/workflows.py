"""The two-step workflow on the home page and the sections."""

from typing import Any

from wagtail.models import Page, Task, Workflow, WorkflowPage, WorkflowTask

from cms.accounts.roles import APPROVER, REVIEWER
from cms.publishing.review.models import ReviewTask

NAME = "Thẩm định và duyệt"
STEPS = [("Thẩm định", REVIEWER), ("Duyệt", APPROVER)]


def remove_wagtail_workflow() -> None:
    """Remove Wagtail's example workflow, whose one task asks for the right to publish."""
    Workflow.objects.filter(name="Moderators approval").delete()
    Task.objects.filter(name="Moderators approval").delete()


def make_workflow(groups: Any, pages: dict[type[Page], Page]) -> None:
    """Make the workflow where there is none, and give it to those of `pages` that have none."""
    workflow = Workflow.objects.filter(name=NAME).first()
    if workflow is None:
        workflow = Workflow.objects.create(name=NAME)
        for order, (name, role) in enumerate(STEPS):
            task = ReviewTask.objects.create(name=name)
            task.groups.add(groups[role])
            WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    for page in pages.values():
        WorkflowPage.objects.get_or_create(page_id=page.pk, defaults={"workflow": workflow})
