"""Where preview links are found in the admin."""

from collections.abc import Iterator
from typing import Any

from django.urls import path, reverse
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.models import Page

from cms.pages.permissions import may_read

from .views import PreviewLinksView


@hooks.register("register_admin_urls")
def register_urls() -> Any:
    """Return the screens of this app."""
    return [path("pages/<int:page_id>/preview-links/", PreviewLinksView.as_view(), name="preview_links")]


@hooks.register("register_page_header_buttons")
def offer_links(page: Page, user: Any, **kwargs: Any) -> Iterator[Any]:
    """Yield a button for those who may read the page."""
    if may_read(page, user):
        yield Button(_("Preview links"), reverse("preview_links", args=[page.pk]), icon_name="view", priority=65)
