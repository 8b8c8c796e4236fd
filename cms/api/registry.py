"""What page types and the search add to the API. One query parameter, one filter, one owner."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from cms.core.text import sort_key
from cms.store.conditions import Condition
from cms.store.selection import BY_NUMBER


class PageFilter:
    """Filters the listing of pages by the query parameters that it owns.

    `types` are the page types (by name) that have what it asks for; () means every page. A subclass gives `condition`.
    """

    parameters: tuple[str, ...] = ()
    # What each parameter takes, for the description of the API; a line of text where nothing is said.
    schemas: dict[str, dict] = {}
    # The parameter of terms whose values are counted as a facet; None where that is not offered.
    counted: str | None = None
    # The collection of which the values of the facet are entries.
    collection: str | None = None

    def __init__(self, *types: str) -> None:
        self.types = types

    def condition(self, values_given: dict[str, str]) -> Condition:
        """Return what the given parameters ask of a page. Raise BadParameter for a value that makes no sense."""
        raise NotImplementedError

    def named(self, value: str) -> tuple[Any, str]:
        """Return code and name of a value that is no entry of a collection."""
        return value, value

    def in_order(self, counts: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return the counts of the facet sorted: the greatest first, then by name."""
        return sorted(counts, key=lambda one: (-one["count"], sort_key(one["name"])))


@dataclass(frozen=True)
class Ordering:
    """A sort key by which a listing may be ordered; `types` as in `PageFilter`."""

    key: str
    types: tuple[str, ...] = ()


@dataclass(frozen=True)
class Searched:
    """What a search found: the condition of having it, and the items that agree best, most relevant first."""

    condition: Condition
    best: tuple[int, ...]


filters: dict[str, PageFilter] = {}
orderings: dict[str, Ordering] = {
    "id": Ordering(BY_NUMBER),
    **{name: Ordering(name) for name in ("slug", "title", "first_published_at", "last_published_at")},
}
_search: Callable[[Sequence[Condition], str], Searched]


def register_filter(page_filter: PageFilter) -> None:
    """Register a filter under its parameters; two owners of one parameter are an error."""
    for parameter in page_filter.parameters:
        if parameter in filters and vars(filters[parameter]) != vars(page_filter):
            raise ValueError(f"{parameter} has an owner: {filters[parameter]}")
        filters[parameter] = page_filter


def register_ordering(name: str, ordering: Ordering) -> None:
    """Register a field to order by."""
    orderings[name] = ordering


def register_search(function: Callable[[Sequence[Condition], str], Searched]) -> None:
    """Register `function(conditions, text)`, which finds the pages that have `text`."""
    global _search
    _search = function


def search(conditions: Sequence[Condition], text: str) -> Searched:
    """Return which of the pages that fulfil `conditions` have `text`."""
    return _search(conditions, text)


def facet_names() -> list[str]:
    """Return the filters that tell how many pages each of their values would keep."""
    return sorted(one.parameters[0] for one in dict.fromkeys(filters.values()) if one.counted)
