"""The approver decides when: the time of publication of what is in review may be set or cleared at its last step.

The time is no content (`cms.publishing.record.digest`): changing it makes nobody an author, and what was reviewed stays
what was reviewed.
"""

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page, Revision, TaskState

from cms.publishing.bundles.actions import item_of
from cms.publishing.record.digest import digest_of
from cms.publishing.record.models import RecordKind
from cms.publishing.record.write import record


def may_set_time(task: Any, state: Any, bundle_item: Any) -> bool:
    """Return whether who may take the step `task`, at which a page is (`state`), may set its time: at the last one.

    A bundle has the time of its pages (`bundle_item`), so there it can only be cleared.
    """
    return task.is_last(state.workflow_state) and (
        bundle_item is None or bool(state.revision.content.get("go_live_at"))
    )


def time_to_come(content: Any) -> Any:
    """Return the time of publication of `content`, a page; None where it is over: Wagtail keeps it after the
    publication.
    """
    moment = content.go_live_at
    return moment if moment is not None and moment > timezone.now() else None


@transaction.atomic
def set_time(page: Page, state: Any, user: Any, moment: datetime) -> None:
    """Set the time at which what is in review is published, once it is approved; None: at once.

    Raise PermissionDenied where the user may not, or the state is no longer open.
    """
    state = TaskState.objects.select_for_update().get(pk=state.pk).specific
    current = page.current_workflow_task_state
    task = state.task.specific
    is_current = current is not None and current.pk == state.pk
    if not is_current or not task.may_take(state, user) or not may_set_time(task, state, item_of(page)):
        raise PermissionDenied(_("Meanwhile something else happened to this page: look at it again."))
    revision = state.revision
    time = moment.isoformat() if moment else None
    before = revision.content.get("go_live_at")
    # Not by `save`: the content stays as it was submitted.
    Revision.objects.filter(pk=revision.pk).update(content={**revision.content, "go_live_at": time})
    digest = digest_of(revision)
    record(RecordKind.TIME_SET, page=page, user=user, revision=revision, digest=digest, go_live_at=time, before=before)
