"""What page types and the search add to the API. One query parameter, one filter, one owner."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from wagtail.query import PageQuerySet


class PageFilter:
    """Filters the listing of pages by the query parameters that it owns.

    `models` are the page types that have what it asks for; () means every page. A subclass gives `apply`.
    """

    parameters: tuple[str, ...] = ()
    # What each parameter takes, for the description of the API; a line of text where nothing is said.
    schemas: dict[str, dict] = {}

    def __init__(self, *models: Any) -> None:
        self.models = models

    def counts(self, queryset: PageQuerySet) -> list[dict] | None:
        """Return how many of the pages in `queryset` each value of the first parameter would keep: dicts of `code`,
        `name`, `count`, most first.

        None where that is not offered. A subclass that offers it says so by `has_counts`.
        """
        return None

    has_counts = False

    def apply(self, queryset: PageQuerySet, values_given: dict[str, str]) -> PageQuerySet:
        """`queryset` (of pages, or of one of `models`) filtered by the given parameters.

        Raise BadParameter for a value that makes no sense.
        """
        raise NotImplementedError


@dataclass(frozen=True)
class Ordering:
    """A field by which a listing may be ordered; `models` as in `PageFilter`."""

    expression: str
    models: tuple[type, ...] = ()

    def order_by(self, descending: bool) -> Any:
        """Return the ordering; what is unknown comes last either way."""
        expression = F(self.expression)
        return expression.desc(nulls_last=True) if descending else expression.asc(nulls_last=True)


filters: dict[str, PageFilter] = {}
orderings: dict[str, Ordering] = {
    "id": Ordering("pk"),
    "slug": Ordering("slug"),
    "first_published_at": Ordering("first_published_at"),
    "last_published_at": Ordering("last_published_at"),
}
_search: Callable


def register_filter(page_filter: PageFilter) -> None:
    """Register a filter under its parameters; two owners of one parameter are an error."""
    for parameter in page_filter.parameters:
        if parameter in filters and vars(filters[parameter]) != vars(page_filter):
            raise ValueError(f"{parameter} has an owner: {filters[parameter]}")
        filters[parameter] = page_filter


def register_ordering(name: str, ordering: Ordering) -> None:
    """Register a field to order by."""
    orderings[name] = ordering


def register_search(function: Callable) -> None:
    """Register `function(queryset, text) -> queryset`, which keeps the pages that match and orders them by
    relevance.
    """
    global _search
    _search = function


def search(queryset: PageQuerySet, text: str) -> Any:
    """`queryset` searched for `text`, most relevant first."""
    return _search(queryset, text)


def facet_names() -> list[str]:
    """Return the filters that tell how many pages each of their values would keep."""
    return sorted(one.parameters[0] for one in dict.fromkeys(filters.values()) if one.has_counts)
