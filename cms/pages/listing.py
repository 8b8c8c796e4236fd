"""Wagtail's lists of pages, which ask once what they say of all their rows."""

from typing import Any

from django.contrib.auth import get_user_model
from django.forms import CheckboxSelectMultiple
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import MultipleUserFilter
from wagtail.admin.ui.tables.pages import PageTable, ParentPageColumn
from wagtail.admin.views.pages.listing import EditedByFilter, ExplorableIndexView, GenericPageFilterSet
from wagtail.admin.views.pages.search import SearchView
from wagtail.admin.views.pages.usage import ContentTypeUseView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page

from .obstacles import known_at_once
from .states_at_once import ask_at_once


class TableAtOnce(PageTable):
    """A table of pages."""

    def render_html(self, parent_context: Any = None) -> Any:
        with known_at_once(self.data):
            return super().render_html(parent_context)


def everybody(request: HttpRequest) -> Any:
    """Return the accounts."""
    return get_user_model().objects.order_by("full_name", "username")


class PortalPageFilterSet(GenericPageFilterSet):
    """Wagtail's filters, but anybody may be the owner or have edited: to offer only those who are, Wagtail reads all
    pages and all log entries. There is one site.
    """

    owner = MultipleUserFilter(label=_("Owner"), queryset=everybody, widget=CheckboxSelectMultiple)
    edited_by = EditedByFilter(label=_("Edited by"), queryset=everybody, widget=CheckboxSelectMultiple)
    site = None

    class Meta(GenericPageFilterSet.Meta):
        pass


class ExplorerView(ExplorableIndexView):
    """The explorer."""

    table_class = TableAtOnce

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        response = super().get(request, *args, **kwargs)
        if isinstance(response, TemplateResponse):
            # Made here, so that the page above the list is known with it.
            listed = (response.context_data or {})["object_list"]
            with known_at_once([self.parent_page, *listed]):
                response.render()
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if not (self.is_searching or self.is_filtering):
            # All are below one page, which is known: Wagtail need not look for the parent of each.
            self.columns = [column for column in self.columns if not isinstance(column, ParentPageColumn)]
        context = super().get_context_data(**kwargs)
        ask_at_once(self.request, [self.parent_page, *context["object_list"]])
        return context


class PageSearchView(SearchView):
    """The search for pages, the latest first: to rank what a common word finds takes longer than anybody waits."""

    table_class = TableAtOnce
    default_ordering = "-latest_revision_created_at"
    # Wagtail's leaves them out, and counts "None".
    verbose_name = Page._meta.verbose_name
    verbose_name_plural = Page._meta.verbose_name_plural


class PagesOfTypeView(ContentTypeUseView):
    """The pages of one type."""

    table_class = TableAtOnce


class PortalPageViewSet(PageViewSet):
    """The views of pages of all types."""

    filterset_class = PortalPageFilterSet
    index_view_class = ExplorerView
    search_view_class = PageSearchView
    content_type_use_view_class = PagesOfTypeView
