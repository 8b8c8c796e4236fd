"""Where the record is found in the admin."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.models import Page
from wagtail.permissions import policy_registry

from cms.pages.permissions import may_read

from .views import PrintView, RecordView, TrailView


@hooks.register("register_admin_urls")
def register_urls() -> Any:
    """Return the screens of this app."""
    return [
        path("reports/record/", RecordView.as_view(), name="record"),
        path("reports/record/results/", RecordView.as_view(results_only=True), name="record_results"),
        path("pages/<int:page_id>/record/", TrailView.as_view(), name="record_trail"),
        path("pages/<int:page_id>/record/print/", PrintView.as_view(), name="record_print"),
    ]


class RecordMenuItem(MenuItem):
    """For those who work on pages."""

    def is_shown(self, request: HttpRequest) -> bool:
        return policy_registry.get_by_type(Page).user_has_any_permission(
            request.user, RecordView.any_permission_required
        )


@hooks.register("register_reports_menu_item")
def register_menu_item() -> Any:
    """Return the record among the reports."""
    return RecordMenuItem(_("Record"), reverse("record"), name="record", icon_name="list-ol", order=650)


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def offer_trail(page: Page, user: Any, **kwargs: Any) -> Iterator[Any]:
    """Yield a button for those who may read the page."""
    if may_read(page, user):
        yield Button(
            _("Trail of publication"), reverse("record_trail", args=[page.pk]), icon_name="list-ol", priority=66
        )
