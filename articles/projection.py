"""What the `projection.py` of a page type says beside its fields, a line for each thing; and telling the store, the
API and the search of it.

Models name their `FIELDS`, so this is imported while models load, when Wagtail's API can't be: filters are made later.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.module_loading import import_string
from wagtail.models import Page

from cms.core.schemas import DATE
from cms.store.projection.references import type_name
from cms.store.projection.registry import PageProjection, SpanRow, TermPair, nothing_else, register_page_projection
from search.registry import SearchText, register_page_type

if TYPE_CHECKING:
    from cms.api.registry import PageFilter


@dataclass(frozen=True)
class FoundBy:
    """A parameter by which pages are found. `values(page)` gives ids of the register or codes; what is empty is left
    out.

    `filter_of(parameter, type)` makes the filter that asks for them, which counts them as a facet too; None where
    another filter asks.
    """

    parameter: str
    values: Callable[[Any], Iterable[Any]]
    filter_of: "Callable[[str, str], PageFilter] | None" = None


def entry_of(collection: str) -> "Callable[[str, str], PageFilter]":
    """Return what makes a filter by the slugs of a collection."""

    def make(parameter: str, page_type: str) -> "PageFilter":
        from cms.api.filters import EntryFilter

        return EntryFilter(parameter, page_type, collection)

    return make


def code_of(labels: Iterable[tuple[str, Any]]) -> "Callable[[str, str], PageFilter]":
    """Return what makes a filter by codes."""

    def make(parameter: str, page_type: str) -> "PageFilter":
        from cms.api.filters import CodeFilter

        return CodeFilter(parameter, page_type, labels)

    return make


def ranges(word: str, key: str) -> "tuple[Callable[[str], PageFilter], ...]":
    """Return what makes the filters `<word>_after` and `<word>_before`, of days in a sort key."""

    def maker(end: str, is_lower: bool) -> "Callable[[str], PageFilter]":
        def make(page_type: str) -> "PageFilter":
            from cms.api import values
            from cms.api.filters import RangeFilter

            return RangeFilter(f"{word}_{end}", key, is_lower, values.date, DATE, page_type)

        return make

    return maker("after", True), maker("before", False)


def other(path: str) -> "Callable[[str], PageFilter]":
    """Return what makes a filter of the class at a dotted path."""
    return lambda page_type: import_string(path)(page_type)


@dataclass(frozen=True)
class OrderedBy:
    """A sort key: `value(form)` as a text that sorts (dates in ISO 8601), None where it is unknown; the field of that
    name where nothing is said. Listings are ordered by it if it is `offered`.
    """

    name: str
    value: Callable[[dict[str, Any]], str | None] | None = None
    offered: bool = True


@dataclass(frozen=True)
class TypeProjection:
    """All that leaves a page type beside its `FIELDS`.

    `spans`, `on_day`, `next_change` and `gives` are as in `PageProjection`. `filters` are made of the name of the type:
    those that ask for more than one parameter or for a range.
    """

    found_by: tuple[FoundBy, ...]
    ordered_by: tuple[OrderedBy, ...]
    search_text: Callable[[dict[str, Any]], SearchText]
    filters: "tuple[Callable[[str], PageFilter], ...]" = ()
    spans: Callable[[dict[str, Any]], Iterable[SpanRow]] = lambda form: ()
    on_day: Callable[[dict[str, Any], date], dict[str, Any]] | None = None
    next_change: Callable[[dict[str, Any], date], date | None] | None = None
    gives: Callable[[dict[str, Any]], Any] = nothing_else

    def terms(self, page: Any) -> Iterator[TermPair]:
        """Yield the values by which filters and facets find a page."""
        for line in self.found_by:
            for value in line.values(page):
                if value:
                    yield line.parameter, value

    def sort_keys(self, form: dict[str, Any]) -> dict[str, str | None]:
        """Return what pages are ordered by."""
        return {line.name: line.value(form) if line.value else form[line.name] for line in self.ordered_by}

    def register(self, model: type[Page]) -> None:
        """Tell the store, the API and the search."""
        from cms.api.registry import Ordering, register_filter, register_ordering

        name = type_name(model)
        register_page_projection(
            PageProjection(model, self.terms, self.spans, self.sort_keys, self.on_day, self.next_change, self.gives)
        )
        for line in self.found_by:
            if line.filter_of is not None:
                register_filter(line.filter_of(line.parameter, name))
        for make in self.filters:
            register_filter(make(name))
        for order in self.ordered_by:
            if order.offered:
                register_ordering(order.name, Ordering(order.name, (name,)))
        register_page_type(model, self.search_text)
