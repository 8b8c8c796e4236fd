"""The rich text features of this project, and what every creation of a page goes through."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import path
from django.utils.html import format_html_join
from wagtail import hooks
from wagtail.admin.site_summary import PagesSummaryItem
from wagtail.models import Page

from .creation import lead_to_what_was_made
from .editor import script, session
from .link_handlers import PreloadedDocumentLinkHandler, PublicPageLinkHandler
from .listing import PortalPageViewSet

hooks.register("before_create_page", lead_to_what_was_made)


# After Wagtail's own, which it replaces.
@hooks.register("register_rich_text_features", order=100)
def register_link_handlers(features: Any) -> None:
    """Put our handlers in the place of Wagtail's."""
    features.register_link_type(PublicPageLinkHandler)
    features.register_link_type(PreloadedDocumentLinkHandler)


hooks.register("insert_editor_js", script)


@hooks.register("insert_global_admin_js")
def accessible_names_and_focus() -> Any:
    """Names for inputs that have none, a place for the focus that gets lost, and what starts widgets."""
    scripts = [static("pages/accessible_names.js"), static("pages/focus.js"), static("pages/starting.js")]
    return format_html_join("", '<script src="{}" defer></script>', ((script,) for script in scripts))


@hooks.register("before_convert_alias_page")
def convert_only_what_may_be_changed(request: HttpRequest, page: Page) -> None:
    """Raise PermissionDenied for who may only read: Wagtail lets everybody do it who may open the editor."""
    if not page.permissions_for_user(request.user).can_change_content():
        raise PermissionDenied


@hooks.register("construct_homepage_summary_items")
def count_no_pages(request: HttpRequest, items: Any) -> None:
    """Without the number of pages, for which all of them are read."""
    items[:] = [item for item in items if not isinstance(item, PagesSummaryItem)]


# After Wagtail's own, which it replaces.
@hooks.register("register_admin_viewset", order=100)
def register_viewset() -> Any:
    """Return the views of pages."""
    return PortalPageViewSet()


@hooks.register("register_admin_urls")
def register_urls() -> Any:
    """Return what the editor's script asks."""
    return [path("session/", session, name="editor_session")]
