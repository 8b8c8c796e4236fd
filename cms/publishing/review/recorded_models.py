"""Rights on pages and the workflows themselves: whoever changes them can change who approves, so the record follows
them.
"""

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Task, Workflow, WorkflowPage, WorkflowTask

from cms.publishing.record.models import RecordKind
from cms.publishing.record.watch import watch, watch_relation

from .models import ReviewTask


def connect() -> None:
    """Make the record follow them."""
    for model in (GroupPagePermission, GroupCollectionPermission):
        watch(model, RecordKind.RIGHTS_CHANGED)
    for model in (Workflow, WorkflowTask, WorkflowPage, Task, ReviewTask, Redirect):
        watch(model)
    watch_relation(ReviewTask, "groups")
