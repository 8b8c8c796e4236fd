"""What of the review stands on the admin's first page: what waits for this person, what became of what they drafted or
decided.
"""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, Exists, OuterRef, Q
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin.views.home import (
    LockedPagesPanel,
    UserObjectsInWorkflowModerationPanel,
    WorkflowObjectsToModeratePanel,
)
from wagtail.models import Page, Revision, TaskState, WorkflowState

from cms.pages.change_notes import ChangeKind
from cms.pages.dashboard import DashboardTable, Row, since
from cms.pages.states import states_of
from cms.publishing.bundles.actions import names as names_of_bundles
from cms.publishing.record.models import RecordEntry, RecordKind

from .models import ReviewTask
from .waiting import waiting_for

# More are not read at a glance; the report has them all.
SHOWN = 20
# What we show in another way. Pages are locked by the review here, never by a person.
REPLACED = (WorkflowObjectsToModeratePanel, UserObjectsInWorkflowModerationPanel, LockedPagesPanel)


def decides(user: Any) -> bool:
    """Return whether `user` is of a step of review."""
    return ReviewTask.objects.filter(active=True, groups__in=user.groups.all()).exists()


def panels_for(user: Any) -> list[DashboardTable]:
    """Return the panels of `user`; empty ones show nothing."""
    panels = [_own(user)]
    if decides(user):
        panels = [_to_decide(user), _passed_by(user), _scheduled()]
    return panels


def _to_decide(user: Any):
    states = list(waiting_for(user).defer(None).select_related("task", "workflow_state__requested_by")[: SHOWN + 1])
    # The bell of an urgent submission, and the bundle that waits for it.
    page_ids = [int(state.workflow_state.object_id) for state in states]
    urgent = set(
        RecordEntry.objects.filter(kind=RecordKind.URGENT, page_id__in=page_ids).values_list("page_id", "digest")
    )
    digests = dict(
        RecordEntry.objects.filter(kind=RecordKind.SUBMITTED, page_id__in=page_ids)
        .order_by("pk")
        .values_list("page_id", "digest")
    )
    bundles = names_of_bundles(page_ids)
    returned = set(
        TaskState.objects.filter(
            workflow_state__in=[state.workflow_state_id for state in states], status=TaskState.STATUS_REJECTED
        ).values_list("workflow_state", flat=True)
    )
    rows = []
    for state in states[:SHOWN]:
        page_id, content = int(state.workflow_state.object_id), state.revision.content
        by = state.workflow_state.requested_by
        rows.append(
            Row(
                state.revision.object_str,
                reverse("review_page", args=[page_id]),
                (
                    _("Urgent") if (page_id, digests.get(page_id)) in urgent else "",
                    _("Bundle: %(name)s") % {"name": bundles[page_id]} if page_id in bundles else "",
                ),
                (
                    _type_of(state.revision),
                    _("submitted again") if state.workflow_state_id in returned else _kind_of_change(content),
                    by.get_full_name() if by else "",
                    _("waiting since %(time)s") % {"time": _at(state.started_at)},
                ),
            )
        )
    note, total = "", len(rows)
    if len(states) > SHOWN:
        total = waiting_for(user).count()
        note = _("Only those that wait longest are shown.")
    heading = ngettext(
        "Waiting for your decision: %(count)s page", "Waiting for your decision: %(count)s pages", total
    ) % {"count": total}
    return DashboardTable("to-decide", heading, rows, note, reverse("wagtailadmin_reports:workflow_tasks"), order=5)


def _own(user: Any):
    """Return what `user` drafted or submitted and is not public yet."""
    # The number of the object is text in a workflow's state: https://code.djangoproject.com/ticket/16055
    own_page = Page.objects.filter(owner=user, id=Cast(OuterRef("object_id"), BigIntegerField()))
    states = (
        WorkflowState.objects.active()
        .filter(base_content_type=ContentType.objects.get_for_model(Page, for_concrete_model=False))
        .filter(Q(requested_by=user) | Exists(own_page))
        .select_related("current_task_state__task")
        .order_by("-current_task_state__started_at")[:SHOWN]
    )
    pages = Page.objects.in_bulk([int(state.object_id) for state in states])
    in_words = states_of(pages.values())
    rows = [
        Row(
            pages[pk].get_admin_display_title(),
            reverse("wagtailadmin_pages:edit", args=[pk]),
            (str(in_words[pk]),),
            (
                str(pages[pk].page_type_display_name),
                since(state.current_task_state.started_at) if state.current_task_state else "",
                state.current_task_state.comment if state.status == WorkflowState.STATUS_NEEDS_CHANGES else "",
            ),
        )
        for state in states
        if (pk := int(state.object_id)) in pages
    ]
    return DashboardTable("in-review", _("What you submitted"), rows, order=30)


def _passed_by(user: Any):
    """Return the latest decisions of `user`, with what became of them."""
    states = list(
        TaskState.objects.filter(finished_by=user, status__in=[TaskState.STATUS_APPROVED, TaskState.STATUS_REJECTED])
        .select_related("workflow_state", "revision")
        .defer("revision__content")
        .order_by("-finished_at")[:5]
    )
    pages = Page.objects.in_bulk({int(state.workflow_state.object_id) for state in states})
    in_words = states_of(pages.values())
    rows = [
        Row(
            state.revision.object_str,
            reverse("wagtailadmin_pages:edit", args=[pk]),
            (str(in_words[pk]),),
            (
                _("you returned it") if state.status == TaskState.STATUS_REJECTED else _("you passed it"),
                since(state.finished_at),
            ),
        )
        for state in states
        if (pk := int(state.workflow_state.object_id)) in pages
    ]
    return DashboardTable("decided", _("What you decided lately"), rows, order=40)


def _scheduled():
    """Return what is approved and goes public by itself, the next one first."""
    revisions = (
        Revision.page_revisions.filter(approved_go_live_at__gt=timezone.now())
        .defer("content")
        .order_by("approved_go_live_at")[:SHOWN]
    )
    rows = [
        Row(
            revision.object_str,
            reverse("wagtailadmin_pages:edit", args=[int(revision.object_id)]),
            (_at(revision.approved_go_live_at),),
            (_type_of(revision),),
        )
        for revision in revisions
    ]
    return DashboardTable("scheduled", _("Scheduled"), rows, order=50)


def _type_of(revision):
    model = ContentType.objects.get_for_id(revision.content_type_id).model_class()
    return str(model._meta.verbose_name) if model is not None else ""


def _kind_of_change(content):
    kind = content.get("change_kind")
    if not content.get("first_published_at"):
        return _("first version")
    return str(ChangeKind(kind).label) if kind in ChangeKind.values else _("change")


def _at(moment):
    return date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")
