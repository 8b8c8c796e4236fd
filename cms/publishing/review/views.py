"""The review screen: what is submitted, and the decision on it. Plain forms, so that it works on a phone."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.models import Page, TaskState

from cms.media.uses import unread_documents
from cms.pages.permissions import may_read
from cms.pages.views import PageScreenMixin
from cms.publishing.bundles.actions import item_of
from cms.publishing.record.digest import digest_of
from cms.publishing.record.models import RecordEntry, RecordKind

from .forms import PublicationTimeForm
from .four_eyes import author_ids
from .publication_time import may_set_time, set_time, time_to_come
from .review_notes import review_notes
from .waiting import next_for, something_may_wait


def _is_reordered(difference) -> bool:
    """Return whether children of a page stand in another order than before."""
    children = difference.get_child_comparisons() if getattr(difference, "is_child_relation", False) else []
    return any(child.get_position_change() for child in children)


class ReviewView(PageScreenMixin, TemplateView):
    """Shows one page in review to those who may read it, and takes the decision of those who may take the step."""

    template_name = "review/review.html"
    header_icon = "glasses"
    page_title = gettext_lazy("Review")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not may_read(self.page, request.user):
            raise PermissionDenied
        if self.state is None:
            messages.info(request, _("This page is not in review (any more)."))
            return redirect("wagtailadmin_pages:history", self.page.pk)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def state(self) -> Any:
        """The open state of its workflow's current step."""
        return self.page.current_workflow_task_state

    @cached_property
    def task(self) -> Any:
        """The current step."""
        return self.state.task.specific

    @cached_property
    def actions(self) -> Any:
        """The decisions that this user may take, with what they are called."""
        return {name: label for name, label, _modal in self.task.get_actions(self.page, self.request.user)}

    @cached_property
    def content(self) -> Any:
        """The page as it is submitted."""
        return self.state.revision.as_object()

    @cached_property
    def bundle_item(self) -> Any:
        """Its place in the bundle with which it is published, or None."""
        return item_of(self.page)

    @cached_property
    def returns(self) -> Any:
        """The states in which this page was returned in this review, newest first, each with the comparison since."""
        states = self.state.workflow_state.task_states.filter(status=TaskState.STATUS_REJECTED)
        states = list(states.select_related("task", "finished_by").order_by("-finished_at", "-pk"))
        for state in states:
            state.compare_url = self.compare_url(state.revision_id)
        return states

    def comparison(self, content: Any) -> Any:
        """Return what differs between the published version and `content`, by field; [] where nothing is published."""
        if not self.page.live:
            return []
        panel = type(self.page).get_edit_handler().get_bound_panel(instance=self.page, request=self.request, form=None)
        differences = (compare(self.page, content) for compare in panel.get_comparison())
        # Wagtail does not count it as a change where children only stand in another order (seen in Wagtail 8.0.1).
        return [one for one in differences if one.has_changed() or _is_reordered(one)]

    def approve_label(self, content: Any) -> Any:
        """Return what happens when the step is passed."""
        tasks = list(self.state.workflow_state.workflow.tasks)
        place = next((number for number, task in enumerate(tasks) if task.pk == self.task.pk), len(tasks) - 1)
        if place < len(tasks) - 1:
            if place == len(tasks) - 2:
                return _("Pass, on to the approver")
            return _("Pass, on to: %(step)s") % {"step": tasks[place + 1].name}
        if self.bundle_item is not None:
            return _("Approve, to be published with its bundle")
        if moment := time_to_come(content):
            time = date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")
            return _("Approve, to be published at %(time)s") % {"time": time}
        return _("Approve and publish now")

    def compare_url(self, with_what: Any) -> Any:
        """Return the comparison of what is submitted with another revision."""
        return reverse("wagtailadmin_pages:revisions_compare", args=[self.page.pk, with_what, self.state.revision_id])

    def bundle_note(self) -> str:
        """Return what reviewers should know of a page that is in a bundle."""
        if self.bundle_item is None:
            return ""
        return _("This page is published with the bundle “%(name)s”.") % {"name": self.bundle_item.bundle}

    def has_other_version(self) -> bool:
        """Return whether there is anything to compare what is submitted with."""
        first = self.page.revisions.order_by("created_at", "pk").values_list("pk", flat=True).first()
        return self.page.live or first != self.state.revision_id

    def get_page_subtitle(self) -> str:
        return self.state.revision.object_str

    def get_form(self, action: Any, data: Any = None) -> Any:
        """Return the form of a decision."""
        return self.task.get_form_for_action(action)(data, prefix=action)

    @cached_property
    def may_set_time(self) -> bool:
        """Whether this user may set the time of publication."""
        return "approve" in self.actions and may_set_time(self.task, self.state, self.bundle_item)

    def get_time_form(self, data: Any = None) -> Any:
        """Return the form of the time of publication; None for who can't set it."""
        if not self.may_set_time:
            return None
        content = self.content
        moment = time_to_come(content)
        return PublicationTimeForm(
            data,
            initial={"go_live_at": moment, "shown": moment.isoformat() if moment else ""},
            prefix="time",
            expires_at=content.expire_at,
            is_held=self.bundle_item is not None,
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        revision, content = self.state.revision, self.content
        kwargs.setdefault("time_form", self.get_time_form())
        workflow_state = self.page.current_workflow_state
        kwargs.setdefault("approve_form", self.get_form("approve"))
        kwargs.setdefault("return_form", self.get_form("reject"))
        return super().get_context_data(
            task_state=self.state,
            task=self.task,
            workflow_state=workflow_state,
            steps=workflow_state.all_tasks_with_status(),
            revision=revision,
            is_author=self.request.user.pk in (author_ids(self.page, digest_of(revision)) or ()),
            actions=self.actions,
            returns=self.returns,
            content=content,
            comparison=self.comparison(content),
            changes_heading=_("What changes for readers"),
            preview_heading=_("As readers will see it"),
            preview_url=reverse("wagtailadmin_pages:revisions_view", args=[self.page.pk, revision.pk]),
            change_kind=content.get_change_kind_display() if self.page.first_published_at else "",
            declared=RecordEntry.objects.filter(kind=RecordKind.DECLARED, revision_id=revision.pk)
            .order_by("-pk")
            .first(),
            review_notes=review_notes(content),
            approve_label=self.approve_label(content),
            next_item=next_for(self.request.user, self.page),
            urgent=RecordEntry.objects.filter(
                kind=RecordKind.URGENT, base__revision_id=revision.pk, base__data__workflow_state=workflow_state.pk
            ).first(),
            bundle_note=self.bundle_note(),
            unread_documents=unread_documents(content),
            go_live_at=None if self.bundle_item is not None else time_to_come(content),
            reviewers=self.task.possible_reviewers(self.page),
            compare_url=self.compare_url("live" if self.page.live else "earliest") if self.has_other_version() else "",
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        action = "reject" if "reject" in request.POST else "approve"
        if request.POST.get("task_state") != str(self.state.pk):
            messages.error(request, _("Meanwhile something else happened to this page: look at it again."))
            return redirect(request.path)
        time_form = self.get_time_form(request.POST) if self.names_a_time(request.POST) else None
        if time_form is not None and self.time_was_set_elsewhere(time_form):
            messages.error(request, _("Meanwhile somebody set another time of publication: look at it again."))
            return redirect(request.path)
        if "set_time" in request.POST or (action == "approve" and self.has_other_time(time_form)):
            return self.post_time(request)
        form = self.get_form(action, request.POST)
        if not form.is_valid():
            name = "return_form" if action == "reject" else "approve_form"
            return self.with_errors(request, form, name)
        more = something_may_wait(request.user, self.page)
        try:
            self.task.on_action(self.state, request.user, action, **form.cleaned_data)
        except PermissionDenied as error:
            messages.error(request, str(error) or _("This can't be decided here and now."))
            return redirect(request.path)
        buttons = [messages.button(reverse("review_next"), _("Next item"))] if more else []
        messages.success(request, self.outcome(action), buttons=buttons)
        return redirect("wagtailadmin_home")

    @staticmethod
    def names_a_time(data: Any) -> bool:
        """Return whether the screen from which this comes had a time to set."""
        return any(name.startswith("time-") for name in data)

    @staticmethod
    def has_other_time(form: Any) -> bool:
        """Return whether a time was typed that is not the one that the decision named."""
        return form is not None and form.add_prefix("go_live_at") in form.data and "go_live_at" in form.changed_data

    @staticmethod
    def time_was_set_elsewhere(form: Any) -> bool:
        """Return whether the time is not the one that this screen showed when the decision was taken."""
        return form.add_prefix("shown") in form.data and "shown" in form.changed_data

    def with_errors(self, request: HttpRequest, form: Any, name: str) -> Any:
        """Return the review once more, with what is wrong at the field and, since that may be far down, at the top."""
        for field, errors in form.errors.items():
            messages.error(request, f"{form.fields[field].label}: {' '.join(errors)}")
        kept = {"approve_form": self.get_form("approve", request.POST)} if name == "time_form" else {}
        return self.render_to_response(self.get_context_data(**kept, **{name: form}), status=422)

    def post_time(self, request: HttpRequest) -> Any:
        """Set or clear the time, and show the review again: the decision says what it comes to now."""
        form = self.get_time_form(request.POST)
        if form is None:
            raise PermissionDenied
        if not form.is_valid():
            return self.with_errors(request, form, "time_form")
        moment = form.cleaned_data["go_live_at"]
        set_time(self.page, self.state, request.user, moment)
        self.state.revision.refresh_from_db()
        del self.content
        if moment is None:
            messages.success(request, _("Kept. It is not approved yet: it is published at once when you approve it."))
        else:
            time = date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")
            text = _("Kept. It is not approved yet: once you approve it, it is published at %(time)s.")
            messages.success(request, text % {"time": time})
        # Not sent elsewhere: a remark that stands beside the time is kept.
        return self.render_to_response(self.get_context_data(approve_form=self.get_form("approve", request.POST)))

    def outcome(self, action: Any) -> Any:
        """Return what the decision came to, in a sentence."""
        title = self.page.get_admin_display_title()
        if action == "reject":
            return _("“%(title)s” was returned to its author.") % {"title": title}
        page = Page.objects.get(pk=self.page.pk)
        if page.live and not page.has_unpublished_changes:
            return _("“%(title)s” is approved and published.") % {"title": title}
        if page.current_workflow_task:
            return _("“%(title)s” passed this step and goes to: %(step)s.") % {
                "title": title,
                "step": page.current_workflow_task.name,
            }
        if page.approved_schedule:
            return _("“%(title)s” is approved and will be published at the time that was set.") % {"title": title}
        return _("“%(title)s” is approved, and is published with its bundle.") % {"title": title}


def next_item(request: HttpRequest) -> Any:
    """Lead to the review of what waits longest for whoever asks."""
    following = next_for(request.user)
    if following is None:
        messages.info(request, _("Nothing else waits for your decision."))
        return redirect("wagtailadmin_home")
    return redirect(following["url"])
