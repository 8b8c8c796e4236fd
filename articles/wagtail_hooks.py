"""What this app adds to the admin."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html, json_script
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin.widgets import Button
from wagtail.models import Page
from wagtail.snippets.models import register_snippet

from cms.pages.dashboard import NewContentPanel

from .directives.warnings import warn_of_doubts
from .models import ArticlePage, DirectivePage, TaskPlanPage
from .pasting.view import paste
from .plans.add_tasks import AddTasksView, may_add_tasks
from .register.snippets import RegisterGroup
from .sections.models import ArticleIndexPage, DirectiveIndexPage, TaskPlanIndexPage

register_snippet(RegisterGroup)
hooks.register("after_create_page", warn_of_doubts)
hooks.register("after_edit_page", warn_of_doubts)

# What editors draft: the section in which it stands, and its icon.
DRAFTED = [
    (ArticleIndexPage, ArticlePage, "doc-full"),
    (DirectiveIndexPage, DirectivePage, "clipboard-list"),
    (TaskPlanIndexPage, TaskPlanPage, "tasks"),
]


@hooks.register("construct_homepage_panels")
def offer_new_content(request: HttpRequest, panels: Any) -> None:
    """Offer a big button for each type that this person may draft."""
    buttons = []
    for section_type, page_type, icon in DRAFTED:
        section = section_type.objects.first()
        if section is not None and section.permissions_for_user(request.user).can_add_subpage():
            options = page_type._meta
            address = reverse("wagtailadmin_pages:add", args=[options.app_label, options.model_name, section.pk])
            buttons.append((capfirst(options.verbose_name), icon, address))
    if buttons:
        panels.append(NewContentPanel(buttons))


@hooks.register("register_admin_urls")
def register_urls() -> Any:
    """Return the screen of tasks, and what the body's script asks."""
    return [
        path("paste/", paste, name="articles_paste"),
        path("pages/<int:page_id>/tasks/", AddTasksView.as_view(), name="articles_add_tasks"),
    ]


@hooks.register("register_page_header_buttons")
def offer_to_add_tasks(page: Page, user: Any, **kwargs: Any) -> Iterator[Any]:
    """On plans that this person may change now."""
    if isinstance(page, TaskPlanPage) and may_add_tasks(page, user):
        yield Button(
            _("Add tasks at once"), reverse("articles_add_tasks", args=[page.pk]), icon_name="tasks", priority=2
        )


@hooks.register("insert_editor_js")
def say_where_to_paste() -> Any:
    """Return the address, the words and the script of pasting."""
    words = {
        "url": reverse("articles_paste"),
        "close": _("Close"),
        "failed": _("What was copied could not be taken over. Its text, to be copied from here:"),
    }
    return format_html(
        '{}<script src="{}"></script>',
        json_script(words, "portal-paste"),
        static("articles/paste.js"),
    )
