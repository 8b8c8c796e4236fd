"""Where proposals are found in the admin."""

from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .rights.bulk import AssignRole, DeleteUnused, SetActiveState
from .views import ProposalsView, ProposalView


@hooks.register("register_admin_urls")
def register_urls() -> Any:
    """Return the screens of this app."""
    return [
        path("proposals/", ProposalsView.as_view(), name="proposals"),
        path("proposals/<int:pk>/", ProposalView.as_view(), name="proposal"),
    ]


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
