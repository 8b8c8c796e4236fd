"""Where proposals are found in the admin."""

from contextvars import ContextVar
from copy import copy
from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .configuration.asking import answer_to_deletion
from .rights.bulk import AssignRole, DeleteUnused, SetActiveState
from .views import ProposalsView, ProposalView
from .waiting import SecondPersonPanel, waiting_for


@hooks.register("register_admin_urls")
def register_urls() -> Any:
    """Return the screens of this app."""
    return [
        path("proposals/", ProposalsView.as_view(), name="proposals"),
        path("proposals/<int:pk>/", ProposalView.as_view(), name="proposal"),
    ]


@hooks.register("construct_homepage_panels")
def show_what_waits(request: HttpRequest, panels: Any) -> None:
    """First of all: what is hidden waits for somebody while readers miss it."""
    panels.append(SecondPersonPanel(request.user))


@hooks.register("before_delete_snippet")
def propose_deletions(request: HttpRequest, instances: Any) -> Any:
    """Return where to go where a second person has to agree; for single entries and for many at once."""
    return answer_to_deletion(request, instances) if request.method == "POST" else None


_count: ContextVar[int] = ContextVar("waiting", default=0)


class SecondPersonMenuItem(MenuItem):
    """Leads to the list while something waits; its label has the number of it."""

    def is_shown(self, request: HttpRequest) -> bool:
        _count.set(len(waiting_for(request.user)))
        return _count.get() > 0

    def render_component(self, request: HttpRequest) -> Any:
        # Items of the menu are shared by all requests, so the count goes into a copy.
        counted = copy(self)
        counted.label = _("Second person (%(count)s)") % {"count": _count.get()}
        return super(SecondPersonMenuItem, counted).render_component(request)


@hooks.register("register_admin_menu_item")
def register_second_person() -> Any:
    """Above everything else, while something waits."""
    return SecondPersonMenuItem("", reverse("proposals"), name="second-person", icon_name="warning", order=1)


@hooks.register("register_reports_menu_item")
def register_menu_item() -> Any:
    """Return the list, among the reports."""
    return MenuItem(
        gettext_lazy("Waiting for a second person"), reverse("proposals"), name="proposals", icon_name="warning",
        order=655,
    )  # fmt: skip


# After Wagtail's own, which they replace.
for action in (AssignRole, SetActiveState, DeleteUnused):
    hooks.register("register_bulk_action", action, order=100)
