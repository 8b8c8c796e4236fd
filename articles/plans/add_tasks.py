"""The screen on which tasks are added to a plan at once: from a table, or from what another plan left undone."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.models import Page

from cms.pages.permissions import may_read
from cms.pages.views import PageScreenMixin

from .models import PlanTask, TaskPlanPage
from .task_table import read_table
from .timeliness import PlanTaskState

COPIED = ["title", "description", "lead_unit", "deadline_precision", "deadline_on", "deliverable", "state", "progress"]


def may_add_tasks(page: Page, user: Any) -> bool:
    """Return whether `user` may change the draft of the plan `page` now."""
    lock = page.get_lock()
    return (
        not page.alias_of_id
        and page.permissions_for_user(user).can_change_content()
        and not (lock and lock.for_user(user))
    )


class AddTasksView(PageScreenMixin, TemplateView):
    """Takes a pasted table or the number of another plan, and adds to the draft; with a problem in one row nothing is
    added.
    """

    template_name = "articles/add_tasks.html"
    page_title = gettext_lazy("Add tasks at once")
    header_icon = "tasks"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not isinstance(self.page, TaskPlanPage):
            raise Http404
        if not may_add_tasks(self.page, request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        others = TaskPlanPage.objects.exclude(pk=self.page.pk).order_by("-period_start", "-pk")[:50]
        readable = [plan for plan in others if may_read(plan, self.request.user)]
        return super().get_context_data(others=readable, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if "copy" in request.POST:
            return self.copy(request.POST["copy"])
        text = request.POST.get("table", "")
        reading = read_table(text)
        if reading.problems or not reading.tasks:
            problems = reading.problems or [_("No row of the table has a task.")]
            return self.render_to_response(self.get_context_data(problems=problems, text=text))
        self.add(reading.tasks)
        if reading.unread:
            names = ", ".join(dict.fromkeys(reading.unread))
            messages.warning(request, _("Not understood, and kept in the description: %(names)s.") % {"names": names})
        return redirect("wagtailadmin_pages:edit", self.page.pk)

    def copy(self, number: str) -> Any:
        """Return the tasks of another plan that are not done, as it was last stored."""
        plan = None
        if number.isascii() and number.isdigit() and len(number) < 19:
            plan = TaskPlanPage.objects.exclude(pk=self.page.pk).filter(pk=number).first()
        if plan is not None and not may_read(plan, self.request.user):
            plan = None
        tasks = plan.tasks.exclude(state=PlanTaskState.DONE) if plan is not None else []
        if not tasks:
            problems = [_("That plan has no unfinished task.") if plan else _("Choose a plan.")]
            return self.render_to_response(self.get_context_data(problems=problems))
        copies = [
            (PlanTask(**{name: getattr(task, name) for name in COPIED}), list(task.supporting_units.all()))
            for task in tasks
        ]
        self.add(copies)
        return redirect("wagtailadmin_pages:edit", self.page.pk)

    @transaction.atomic
    def add(self, tasks: Any) -> None:
        """Add `tasks` behind those that the draft has, as a draft by this person."""
        # Two people may add at the same moment.
        page = Page.objects.select_for_update().get(pk=self.page.pk).specific
        if not may_add_tasks(page, self.request.user):
            raise PermissionDenied
        draft = page.get_latest_revision_as_object()
        first = 1 + max([task.sort_order or 0 for task in draft.tasks.all()], default=-1)
        for number, (task, units) in enumerate(tasks):
            task.sort_order = first + number
            task.supporting_units = units
            draft.tasks.add(task)
        # A draft may lack what a submission needs.
        draft.minimal_clean()
        draft.save_revision(user=self.request.user, log_action=True, clean=False)
        text = ngettext("%(count)s task was added.", "%(count)s tasks were added.", len(tasks)) % {"count": len(tasks)}
        messages.success(self.request, text)
