"""The admin in the portal's colours."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks


@hooks.register("insert_global_admin_css")
def portal_colours() -> Any:
    """Return the style sheet with our values of Wagtail's tokens."""
    return format_html('<link rel="stylesheet" href="{}">', static("home/admin.css"))


@hooks.register("construct_help_menu")
def no_english_guides(request: HttpRequest, items: Any) -> None:
    """Take Wagtail's links to its release notes and its guide out: both are English."""
    items[:] = [item for item in items if not item.name.startswith(("whats-new-in-wagtail", "editor-guide"))]
