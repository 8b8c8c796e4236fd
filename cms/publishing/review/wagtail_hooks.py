"""Review in the admin: the screen, the buttons that lead to it, and who can act next."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.action_menu import (
    ActionMenuItem,
    CancelWorkflowMenuItem,
    PageLockedMenuItem,
    RestartWorkflowMenuItem,
    SubmitForModerationMenuItem,
)
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.widgets import Button
from wagtail.models import Page, WorkflowState

from cms.publishing.record.digest import digest_of
from cms.publishing.record.models import RecordKind
from cms.publishing.record.write import record

from . import corrections, dashboard
from .corrections_view import CorrectionView
from .emergency import may_publish_in_emergency
from .emergency_view import EmergencyView
from .models import ReviewTask
from .urgent import hasten
from .views import ReviewView, next_item


@hooks.register("register_admin_urls")
def register_urls() -> Any:
    """Return the screens of this app."""
    return [
        path("pages/<int:page_id>/review/", ReviewView.as_view(), name="review_page"),
        path("review/next/", next_item, name="review_next"),
        path("pages/<int:page_id>/correction/", CorrectionView.as_view(), name="review_correction"),
        path("pages/<int:page_id>/emergency/", EmergencyView.as_view(), name="review_emergency"),
    ]


@hooks.register("register_page_header_buttons")
def offer_correction(page: Page, user: Any, **kwargs: Any) -> Iterator[Any]:
    """Yield where a draft is pending beside what is public."""
    if corrections.may_start(user, page):
        address = reverse("review_correction", args=[page.pk])
        yield Button(_("Correct the public version"), address, icon_name="edit", priority=67)


@hooks.register("before_edit_page")
def offer_what_was_set_aside(request: HttpRequest, page: Page) -> None:
    """Offer a draft that was set aside, until somebody takes it up or drops it."""
    if request.method != "GET" or not page.permissions_for_user(request.user).can_change_content():
        return
    if corrections.set_aside(page) is not None:
        button = messages.button(reverse("review_correction", args=[page.pk]), _("Look at it"))
        messages.info(request, _("A draft of this page was set aside for a correction."), buttons=[button])


@hooks.register("register_page_header_buttons")
def offer_review(page: Page, user: Any, **kwargs: Any) -> Iterator[Any]:
    """At the top too, for those who can take the step: on a phone the editor's foot is far away."""
    task = page.current_workflow_task
    if isinstance(task, ReviewTask) and task.get_actions(page, user):
        yield Button(_("Review"), reverse("review_page", args=[page.pk]), icon_name="glasses", priority=1)


@hooks.register("register_page_header_buttons")
def offer_emergency(page: Page, user: Any, **kwargs: Any) -> Iterator[Any]:
    """Only where the route is open, which it is not by default."""
    if may_publish_in_emergency(user, page):
        address = reverse("review_emergency", args=[page.pk])
        yield Button(_("Publish in an emergency"), address, icon_name="warning", priority=90)


@hooks.register("construct_homepage_panels")
def show_the_desk(request: HttpRequest, panels: Any) -> None:
    """Our lists in the place of Wagtail's, which know neither kinds of changes nor urgency nor bundles."""
    panels[:] = [panel for panel in panels if not isinstance(panel, dashboard.REPLACED)]
    panels += dashboard.panels_for(request.user)


class ReviewMenuItem(ActionMenuItem):
    """Leads from the (locked) editor to the review screen."""

    name = "review"
    label = gettext_lazy("Review")
    icon_name = "glasses"
    order = 0

    def is_shown(self, context: dict[str, Any]) -> bool:
        return True

    def get_url(self, context: dict[str, Any]) -> Any:
        return reverse("review_page", args=[context["page"].pk])


class SubmitMenuItem(SubmitForModerationMenuItem):
    """Wagtail names the workflow or the task here; an office says "submit", whatever comes next."""

    def get_context_data(self, parent_context: dict[str, Any]) -> dict[str, Any]:
        context = super().get_context_data(parent_context)
        page = parent_context.get("page")
        returned = page is not None and page.pk is not None and page.current_workflow_state is not None
        context["label"] = _("Submit again") if returned else _("Submit for review")
        return context


class WithdrawMenuItem(CancelWorkflowMenuItem):
    """For those who draft: reviewers return with a reason."""

    label = gettext_lazy("Withdraw from review")
    icon_name = "undo"

    def is_shown(self, context: dict[str, Any]) -> bool:
        tester = self.get_user_page_permissions_tester(context) if context["view"] == "edit" else None
        return super().is_shown(context) and tester.can_change_content()


@hooks.register("construct_page_action_menu")
def speak_of_review(menu_items: Any, request: HttpRequest, context: dict[str, Any]) -> None:
    """Say submit and withdraw, once each, and put the review first for those who can take the step.

    Restarting a workflow is left out: content that was returned goes through all steps again when it is submitted
    (`ReviewTask.start`).
    """
    for number, item in enumerate(menu_items):
        if isinstance(item, SubmitForModerationMenuItem):
            menu_items[number] = SubmitMenuItem(order=item.order)
        elif isinstance(item, CancelWorkflowMenuItem):
            menu_items[number] = WithdrawMenuItem(order=item.order)
    menu_items[:] = [item for item in menu_items if not isinstance(item, RestartWorkflowMenuItem)]
    page = context.get("page")
    if page is None or page.pk is None:
        return
    task = page.current_workflow_task
    if isinstance(task, ReviewTask) and task.get_actions(page, request.user):
        menu_items[:] = [item for item in menu_items if not isinstance(item, PageLockedMenuItem)]
        menu_items.insert(0, ReviewMenuItem())


@hooks.register("before_edit_page", order=-1)
def decide_where_one_reads(request: HttpRequest, page: Page) -> Any:
    """Whoever can take the step is led from every title, mail and link to the review screen; `read` asks for the locked
    editor all the same.
    """
    task = page.current_workflow_task
    if request.method != "GET" or "read" in request.GET or not isinstance(task, ReviewTask):
        return None
    if task.get_actions(page, request.user):
        return redirect("review_page", page.pk)
    return None


@hooks.register("before_edit_page")
def refuse_decisions_by_the_editor(request: HttpRequest, page: Page) -> None:
    """Decisions are taken on the review screen, not by the form of the (locked) editor.

    Wagtail lets whoever may approve cancel as well; that would return content without a reason, so that only those who
    draft may withdraw.
    """
    withdraws = "action-cancel-workflow" in request.POST
    if withdraws and not page.permissions_for_user(request.user).can_change_content():
        raise PermissionDenied
    if "action-workflow-action" in request.POST:
        raise PermissionDenied


@hooks.register("before_edit_page")
def say_why_returned(request: HttpRequest, page: Page) -> None:
    """Whoever opens returned content reads first who returned it and why; Wagtail hides that in a side panel."""
    state = page.current_workflow_state
    if request.method != "GET" or state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return
    returned = state.current_task_state
    messages.warning(
        request,
        _("Returned at the step %(step)s by %(name)s: “%(reason)s”")
        % {
            "step": returned.task.name,
            "name": get_user_display_name(returned.finished_by) if returned.finished_by else "–",
            "reason": returned.comment,
        },
    )


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def follow_up_submission(request: HttpRequest, page: Page) -> None:
    """Record the declaration of a submission, hasten what is urgent, and name those who can take the next step."""
    submitted = request.POST.get("action-submit") or request.POST.get("action-restart-workflow")
    if not submitted:
        return
    # Read again: the page in hand is a draft over a live one, and knows nothing of what was just stored.
    page = Page.objects.get(pk=page.pk)
    task = page.current_workflow_task
    if not isinstance(task, ReviewTask):
        return
    # The form has refused a submission without it.
    record(
        RecordKind.DECLARED,
        page=page,
        user=request.user,
        revision=page.latest_revision,
        digest=digest_of(page.latest_revision),
    )
    if reason := request.POST.get("urgent_reason", "").strip():
        hasten(page, request.user, reason)
        task = Page.objects.get(pk=page.pk).current_workflow_task
    reviewers = task.possible_reviewers(page)
    if reviewers:
        names = ", ".join(get_user_display_name(user) for user in reviewers)
        messages.info(
            request,
            _("Next step: %(step)s. It can be taken by: %(names)s.") % {"step": task.name, "names": names},
        )
    else:
        messages.warning(
            request,
            _(
                "Next step: %(step)s. Nobody can take it now: those of its group wrote this content or took another "
                "step. Tell an administrator."
            )
            % {"step": task.name},
        )
