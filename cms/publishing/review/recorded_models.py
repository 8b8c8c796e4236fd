"""Rights on pages and the workflows themselves: whoever changes them can change who approves, so the record follows
them.
"""

from django.contrib.auth.models import Group
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    GroupCollectionPermission,
    GroupPagePermission,
    GroupSitePermission,
    Site,
    Task,
    Workflow,
    WorkflowContentType,
    WorkflowPage,
    WorkflowTask,
)

from cms.publishing.record.models import RecordKind
from cms.publishing.record.replay import differences
from cms.publishing.record.watch import watch, watch_relation

from .models import ReviewTask


def connect() -> None:
    """Make the record follow them."""
    for model in (GroupPagePermission, GroupCollectionPermission, GroupSitePermission):
        watch(model, RecordKind.RIGHTS_CHANGED)
    # A step that moves to another workflow leaves this one.
    watch(WorkflowTask, parent=True)
    for model in (Workflow, WorkflowPage, WorkflowContentType, Task, ReviewTask, Redirect, Site):
        watch(model)
    watch_relation(ReviewTask, "groups")


def problems() -> list[str]:
    """Return where roles, their rights, and who takes which step of a workflow are not what the record tells."""
    found = differences(Group, relations=["permissions"])
    for model in (GroupPagePermission, GroupCollectionPermission, GroupSitePermission):
        found += differences(model)
    found += differences(ReviewTask, relations=["groups"], also=[Task])
    for model in (Workflow, WorkflowPage, WorkflowContentType):
        found += differences(model)
    return found + differences(WorkflowTask, parent=True)
