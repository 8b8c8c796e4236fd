"""Where deleting and purging are found in the admin."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page

from cms.publishing.takedown.permissions import may_be_taken_down

from .actions import may_propose
from .views import ErasuresView, ErasureView


@hooks.register("register_admin_urls")
def register_urls() -> Any:
    """Return the screens of this app."""
    return [
        path("erasure/", ErasuresView.as_view(), name="erasures"),
        path("erasure/<str:what>/<int:pk>/", ErasureView.as_view(), name="erasure"),
    ]


class ErasuresMenuItem(MenuItem):
    """For those who may propose."""

    def is_shown(self, request: HttpRequest) -> bool:
        return may_propose(request.user)


@hooks.register("register_reports_menu_item")
def register_menu_item() -> Any:
    """Return what is proposed, among the reports."""
    return ErasuresMenuItem(
        gettext_lazy("Deletions and purges"), reverse("erasures"), name="erasures", icon_name="bin", order=670
    )


@hooks.register("register_page_header_buttons")
def offer_erasure(page: Page, user: Any, **kwargs: Any) -> Iterator[Any]:
    """Yield a button on every page that can go; the files of a page are found on its screen."""
    if may_be_taken_down(page) and may_propose(user):
        yield Button(_("Delete or purge"), reverse("erasure", args=["page", page.pk]), icon_name="bin", priority=69)
