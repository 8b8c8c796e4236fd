"""The chooser of pages tells documents apart: subject, issuers and date beside their titles."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import chooser

from cms.core.dates import format_date

from .models import DirectiveIssuer, DirectivePage


class DocumentColumn(Column):
    """Subject, issuers and date of the documents among the rows, found for all of them at once; empty for other
    pages.
    """

    cell_template_name = "articles/chooser_cell.html"

    def get_value(self, instance: Any) -> Any:
        return instance if isinstance(instance, DirectivePage) else ""

    def get_cell_context_data(self, instance: Any, parent_context: dict[str, Any]) -> Any:
        context = super().get_cell_context_data(instance, parent_context)
        table = context["table"]
        if not hasattr(table, "issuers_of_documents"):
            table.issuers_of_documents = issuers_of(page.pk for page in table.data if isinstance(page, DirectivePage))
        if isinstance(instance, DirectivePage):
            issuers = table.issuers_of_documents.get(instance.pk, [])
            date = [format_date(instance.issued_on)] if instance.issued_on else []
            context |= {"subject": instance.subject, "details": " · ".join([*issuers, *date])}
        return context


def issuers_of(ids: Iterable[int]) -> dict[int, list[str]]:
    """Return the names of the issuers of the stored documents `ids`, in their order."""
    found = {}
    rows = DirectiveIssuer.objects.filter(page__in=list(ids)).order_by("sort_order")
    for page_id, name in rows.values_list("page_id", "issuer__name"):
        found.setdefault(page_id, []).append(name)
    return found


def put_in_place() -> None:
    """Add the column to the views of Wagtail's chooser, which have no setting for it (seen in Wagtail 8.0.1)."""
    for view in (chooser.BrowseView, chooser.SearchView):
        stock = view.columns.fget

        def columns(self, stock=stock):
            found = stock(self)
            title = next(place for place, column in enumerate(found) if column.name == "title")
            found.insert(title + 1, DocumentColumn("document", label=gettext_lazy("Official document")))
            return found

        view.columns = property(columns)
