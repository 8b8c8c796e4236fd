"""The register in the admin."""

from django.utils.translation import gettext_lazy as _
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from cms.publishing.proposals.configuration.views import ProposingCreateView, ProposingEditView

from .models import Category, Issuer, Sector, Unit


class TermChooserViewSet(SnippetChooserViewSet):
    """Chooses an entry of the register; who may add one can do so without leaving the form."""

    form_fields = ["name", "code"]
    creation_tab_label = _("Add a new one")


class IssuerChooserViewSet(TermChooserViewSet):
    """As above; the level of an issuer is a filter of the site, so nobody should leave it to a default unseen."""

    form_fields = ["name", "code", "level"]


class TermSnippetViewSet(SnippetViewSet):
    """A listing of the register."""

    list_display = ["name", "code", "slug"]
    search_backend_name = "default"
    ordering = ["sort_name"]
    chooser_viewset_class = TermChooserViewSet
    add_view_class = ProposingCreateView
    edit_view_class = ProposingEditView
    copy_view_enabled = False


class CategoryViewSet(TermSnippetViewSet):
    """Categories of news."""

    model = Category
    icon = "folder-inverse"


class IssuerViewSet(TermSnippetViewSet):
    """Issuers of documents."""

    model = Issuer
    icon = "group"
    chooser_viewset_class = IssuerChooserViewSet
    list_display = ["name", "code", "level", "slug"]
    list_filter = ["level"]


class UnitViewSet(TermSnippetViewSet):
    """Units that lead or support tasks."""

    model = Unit
    icon = "user"


class SectorViewSet(TermSnippetViewSet):
    """Sectors of documents."""

    model = Sector
    icon = "tag"


class RegisterGroup(SnippetViewSetGroup):
    """The register's place in the menu."""

    items = (CategoryViewSet, IssuerViewSet, UnitViewSet, SectorViewSet)
    menu_label = _("Register")
    menu_icon = "list-ul"
    menu_order = 300
