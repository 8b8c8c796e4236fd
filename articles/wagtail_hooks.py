"""The register in the admin, and what the editor is warned of."""

from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html, json_script
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.widgets import Button
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from cms.pages.dashboard import NewContentPanel

from .document_types import agrees
from .duplicates import clashes, elsewhere, exact_duplicates
from .models import (
    ArticleIndexPage,
    ArticlePage,
    Category,
    DirectiveIndexPage,
    DirectivePage,
    Issuer,
    Sector,
    TaskPlanIndexPage,
    TaskPlanPage,
    Unit,
)
from .pasting import paste
from .tasks_view import AddTasksView, may_add_tasks


class TermChooserViewSet(SnippetChooserViewSet):
    """Chooses an entry of the register; who may add one can do so without leaving the form."""

    form_fields = ["name", "code"]
    creation_tab_label = gettext_lazy("Add a new one")


class IssuerChooserViewSet(TermChooserViewSet):
    """As above; the level of an issuer is a filter of the site, so nobody should leave it to a default unseen."""

    form_fields = ["name", "code", "level"]


class TermViewSet(SnippetViewSet):
    """A listing of the register."""

    list_display = ["name", "code", "slug"]
    search_backend_name = "default"
    ordering = ["sort_name"]
    chooser_viewset_class = TermChooserViewSet
    copy_view_enabled = False


class CategoryViewSet(TermViewSet):
    """Categories of news."""

    model = Category
    icon = "folder-inverse"


class IssuerViewSet(TermViewSet):
    """Issuers of documents."""

    model = Issuer
    icon = "group"
    chooser_viewset_class = IssuerChooserViewSet
    list_display = ["name", "code", "level", "slug"]
    list_filter = ["level"]


class UnitViewSet(TermViewSet):
    """Units that lead or support tasks."""

    model = Unit
    icon = "user"


class SectorViewSet(TermViewSet):
    """Sectors of documents."""

    model = Sector
    icon = "tag"


class RegisterGroup(SnippetViewSetGroup):
    """The register's place in the menu."""

    items = (CategoryViewSet, IssuerViewSet, UnitViewSet, SectorViewSet)
    menu_label = gettext_lazy("Register")
    menu_icon = "list-ul"
    menu_order = 300


register_snippet(RegisterGroup)


# What editors draft: the section in which it stands, and its icon.
DRAFTED = [
    (ArticleIndexPage, ArticlePage, "doc-full"),
    (DirectiveIndexPage, DirectivePage, "clipboard-list"),
    (TaskPlanIndexPage, TaskPlanPage, "tasks"),
]


@hooks.register("construct_homepage_panels")
def offer_new_content(request, panels):
    """A big button for each type that this person may draft."""
    buttons = []
    for section_type, page_type, icon in DRAFTED:
        section = section_type.objects.first()
        if section is not None and section.permissions_for_user(request.user).can_add_subpage():
            options = page_type._meta
            address = reverse("wagtailadmin_pages:add", args=[options.app_label, options.model_name, section.pk])
            buttons.append((capfirst(options.verbose_name), icon, address))
    if buttons:
        panels.append(NewContentPanel(buttons))


def look_at(page):
    """The button that opens the other document; its title may be the same."""
    return messages.button(reverse("wagtailadmin_pages:edit", args=[page.pk]), _("Open it"), new_window=True)


# What a document may lack, and seldom does.
LACKING = [("directive_files", gettext_lazy("no file")), ("signers", gettext_lazy("no signer"))]


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def warn_of_doubts(request, page):
    """What may be a mistake in a document, and may be right: the editor decides.

    Not at each autosave, which shows no message and would pile them up for the next page.
    """
    if not isinstance(page, DirectivePage) or not request.accepts("text/html"):
        return
    for other in exact_duplicates(page):
        messages.warning(
            request,
            _("The register has this document already: %(title)s. It can't be submitted twice.") % {"title": other},
            buttons=[look_at(other)],
        )
    for other in clashes(page):
        messages.warning(
            request,
            _("There is another document with this number and issuer, of another date: %(title)s. Is the date right?")
            % {"title": other},
            buttons=[look_at(other)],
        )
    for other in elsewhere(page):
        messages.warning(
            request,
            _("There is another document with this number and date, of another issuer: %(title)s. Is the issuer right?")
            % {"title": other},
            buttons=[look_at(other)],
        )
    lacking = [words for relation, words in LACKING if not getattr(page, relation).exists()]
    if lacking:
        messages.warning(request, _("The document has %(what)s yet.") % {"what": ", ".join(map(str, lacking))})
    if not agrees(page.document_type, page.family, page.symbol):
        messages.warning(
            request,
            _("The symbol %(symbol)s is unusual for this type of document. Is the type right?")
            % {"symbol": page.symbol},
        )


@hooks.register("register_admin_urls")
def register_urls():
    """The screen of tasks, and what the body's script asks."""
    return [
        path("paste/", paste, name="articles_paste"),
        path("pages/<int:page_id>/tasks/", AddTasksView.as_view(), name="articles_add_tasks"),
    ]


@hooks.register("register_page_header_buttons")
def offer_to_add_tasks(page, user, **kwargs):
    """On plans that this person may change now."""
    if isinstance(page, TaskPlanPage) and may_add_tasks(page, user):
        yield Button(
            _("Add tasks at once"), reverse("articles_add_tasks", args=[page.pk]), icon_name="tasks", priority=2
        )


@hooks.register("insert_editor_js")
def say_where_to_paste():
    """The address, the words and the script of pasting."""
    words = {
        "url": reverse("articles_paste"),
        "close": _("Close"),
        "failed": _("What was copied could not be taken over. Its text, to be copied from here:"),
    }
    return format_html(
        "{}<script>window.portalPaste = JSON.parse(document.getElementById('portal-paste').textContent);</script>"
        '<script src="{}"></script>',
        json_script(words, "portal-paste"),
        static("articles/paste.js"),
    )
