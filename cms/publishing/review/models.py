"""The task of our workflows: a review by somebody who did not write what is reviewed."""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtail.locks import WorkflowLock
from wagtail.models import AbstractGroupApprovalTask, Page, Revision, TaskState, WorkflowState

from .forms import ApproveForm, ReturnForm
from .four_eyes import barred, may_pass


class DecisionRefused(PermissionDenied):
    """A decision can't be taken; the message says why. Wagtail's own views answer it as they answer a missing right."""


class ReviewLock(WorkflowLock):
    """The lock of content in review: it holds for everybody, its reviewers too."""

    def get_message(self, user: Any) -> str | None:
        return _(
            "This page is in review (%(step)s), so nobody can change it. Its author may withdraw it, change it and "
            "submit it again."
        ) % {"step": self.task.name}

    def get_description(self, user: Any, can_lock: bool = False) -> Any:
        return _("Nobody can change content that is in review")


class ReviewTask(AbstractGroupApprovalTask):
    """A step of review, taken by one member of its groups who has not written the content nor taken another step."""

    lock_class = ReviewLock

    class Meta:
        verbose_name = _("review by a second person")
        verbose_name_plural = _("reviews by a second person")

    @classmethod
    def get_description(cls) -> Any:
        return _("Members of the chosen groups pass or return what others wrote")

    def start(self, workflow_state: Any, user: Any = None) -> Any:
        """Start at the first step that has not passed this revision: content that was returned goes through all
        again.
        """
        first = workflow_state.get_next_task()
        if first is not None and first.pk != self.pk:
            return first.specific.start(workflow_state, user=user)
        return super().start(workflow_state, user=user)

    def locked_for_user(self, obj: Any, user: Any) -> Any:
        return True

    def user_can_access_editor(self, obj: Any, user: Any) -> Any:
        return self._user_in_groups(user)

    def user_can_lock(self, obj: Any, user: Any) -> Any:
        return False

    def get_actions(self, obj: Any, user: Any) -> Any:
        state = obj.current_workflow_state
        if not self.may_take(state and state.current_task_state, user):
            return []
        return [("reject", _("Return"), True), ("approve", self.approval_label(state), True)]

    def may_take(self, state: TaskState | None, user: Any) -> bool:
        """Return whether `user` may pass or return what is at this step (`state`, an open one)."""
        if state is None or not user.is_active or not self._user_in_groups(user):
            return False
        return state.pk in may_pass(user, [state])

    def is_last(self, workflow_state: Any) -> bool:
        """Return whether this is the last step of the workflow."""
        last = list(workflow_state.workflow.tasks)[-1:]
        return [task.pk for task in last] == [self.pk]

    def approval_label(self, workflow_state: Any) -> Any:
        """Return what passing the step is called: only the last one approves."""
        return _("Approve") if self.is_last(workflow_state) else _("Pass on")

    def get_form_for_action(self, action: Any) -> Any:
        return ReturnForm if action == "reject" else ApproveForm

    @transaction.atomic
    def on_action(self, task_state: Any, user: Any, action_name: str, **kwargs: Any) -> Any:
        """Pass or return. Judged here once more, whatever view it came through, on the rows as they stand now.

        Raise PermissionDenied where the user may not, or the state is no longer open; DecisionRefused, one that says
        why, without a reason for returning and for content that can't be stored.
        """
        locked = TaskState.objects.select_for_update(of=("self",))
        task_state = locked.select_related("workflow_state", "revision", "task").get(pk=task_state.pk).specific
        workflow_state = task_state.workflow_state
        page_id = int(workflow_state.object_id)
        is_current = workflow_state.current_task_state_id == task_state.pk and task_state.task_id == self.pk
        if not is_current or workflow_state.status != WorkflowState.STATUS_IN_PROGRESS:
            raise PermissionDenied
        latest = Page.objects.filter(pk=page_id).values_list("latest_revision_id", flat=True).first()
        if latest != task_state.revision_id:
            raise PermissionDenied(_("The content has changed since it was submitted."))
        if action_name not in ("approve", "reject") or not self.may_take(task_state, user):
            raise PermissionDenied
        form = self.get_form_for_action(action_name)({"comment": kwargs.get("comment", "")})
        if not form.is_valid():
            raise DecisionRefused(" ".join(form.errors["comment"]))
        try:
            return super().on_action(task_state, user, action_name, comment=form.cleaned_data["comment"])
        except ValidationError as error:  # of the page, as when its address was taken meanwhile
            raise DecisionRefused(" ".join(error.messages)) from error

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        if not self._user_in_groups(user):
            return TaskState.objects.none()
        open_states = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS).select_related("workflow_state")
        return TaskState.objects.filter(pk__in=may_pass(user, open_states))

    def possible_reviewers(self, page: Page) -> Any:
        """Return the active members of the task's groups who may take this step on `page` now."""
        members = get_user_model().objects.filter(is_active=True, groups__in=self.groups.all()).distinct()
        state = page.current_workflow_task_state
        others = barred([state])[state.pk] if state is not None else None
        if others is None:
            return []
        return list(members.exclude(pk__in=others).order_by("full_name", "username"))


class SetAsideDraft(models.Model):
    """A draft that was set aside so that what is public could be corrected, until it is taken up again or dropped.

    `revision` is the draft, `live_revision` what was public then; PROTECT keeps `purge_revisions` from both.
    """

    page = models.OneToOneField(Page, on_delete=models.CASCADE, related_name="set_aside_draft")
    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    live_revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="+")
    set_aside_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    set_aside_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("draft that was set aside")
        verbose_name_plural = _("drafts that were set aside")

    def __str__(self) -> str:
        return str(self.revision)


class FailedAttempt(models.Model):
    """Something that the schedule could not do: when it is tried again, and why it failed last."""

    class Job(models.TextChoices):
        """What was tried. The object is a revision that is to be published, or a page that has expired."""

        PUBLISH = "publish", _("Publish")
        EXPIRE = "expire", _("Take off line")

    job = models.CharField(max_length=7, choices=Job.choices)
    object_id = models.BigIntegerField()
    failures = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["job", "object_id"], name="one_failed_attempt")]
        verbose_name = _("failed attempt")
        verbose_name_plural = _("failed attempts")

    def __str__(self) -> str:
        return f"{self.job} {self.object_id}: {self.reason}"

    @staticmethod
    def reason_of(error: Any) -> str:
        """Return what people are told of an exception: its own sentence where it has one for them."""
        if isinstance(error, ValidationError):
            return " ".join(error.messages)[:500]
        if isinstance(error, PermissionDenied) and str(error):
            return str(error)[:500]
        return str(_("An error, see the log."))
