"""What page types and collections (files, the register, redirects, the site) say of what leaves of them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Model
from wagtail.models import Page

from ..models import Event
from .references import type_name

# (parameter, value): a value of a filter that keeps the item.
TermPair = tuple[str, str]
# (parameter, code, first day or None, day after the last or None).
SpanRow = tuple[str, str, date | None, date | None]


def _nothing(*_args: Any) -> Any:
    return ()


def _no_keys(_form: dict[str, Any]) -> dict[str, str | None]:
    return {}


def _itself(form: dict[str, Any]) -> Any:
    return form


def reference_of_entry(form: dict[str, Any]) -> dict[str, Any]:
    """Return how pages show an entry of the register."""
    return {name: form[name] for name in ("slug", "code", "name") if name in form}


def nothing_else(_form: dict[str, Any]) -> Any:
    """Return what a page gives of which others show the reference alone."""
    return None


@dataclass(frozen=True)
class PageProjection:
    """All that leaves a page type beside its fields (`api_fields`) and its reference (`api_reference_fields`).

    `terms(page)` gives the values by which filters and facets find it, as ids of the register or codes. All else is
    taken from the API form: `spans`, `sort_keys` (by name; dates in ISO 8601, None where unknown), `on_day(form, day)`
    (the form as of a day: a pure function) and `next_change(form, day)` (the day after `day` on which that differs, or
    None). `gives(form)` is what the pages to which it refers take from it beside its reference: where that stays as it
    was, they do.
    """

    model: type[Page]
    terms: Callable[[Any], Iterable[tuple[str, Any]]] = _nothing
    spans: Callable[[dict[str, Any]], Iterable[SpanRow]] = _nothing
    sort_keys: Callable[[dict[str, Any]], dict[str, str | None]] = _no_keys
    on_day: Callable[[dict[str, Any], date], dict[str, Any]] | None = None
    next_change: Callable[[dict[str, Any], date], date | None] | None = None
    gives: Callable[[dict[str, Any]], Any] = _itself


@dataclass
class Entry:
    """One public object of a collection: its form, and by what it is found."""

    key: str
    form: dict[str, Any]
    address: str = ""
    terms: list[TermPair] = field(default_factory=list)
    sort_keys: dict[str, str | None] = field(default_factory=dict)
    links: set[tuple[str, int]] = field(default_factory=set)


@dataclass(frozen=True)
class Collection:
    """A collection that is public beside the pages: the name of its endpoint, and `entries`.

    `entries(ids)` gives the public ones among `ids` (None: all), by id; ids are texts. It is asked after the pages are
    written, in the same transaction, and so asks the store what they show.
    """

    name: str
    entries: Callable[[set[str] | None], dict[str, Entry]]
    # The models whose instances are its entries, or alter all of it (`whole`).
    model: type[Model] | None = None
    whole: tuple[type[Model], ...] = ()
    # Whether its entries are public whatever pages show.
    always_public: bool = False
    # Whether its entries are public only while links lead to them: looked at after all others, which have links.
    after_links: bool = False
    # Entries that pages name by this parameter of a filter are looked at when that changes.
    parameter: str | None = None
    # `touched(pages, events, ids)`: the ids of entries besides `ids` that are altered by these pages (which came, went
    # or are shown otherwise), by these events of objects, or by the entries `ids` themselves.
    touched: Callable[[set[int], list[Event], set[str]], Iterable[str]] = _nothing
    # `shown(form)`: what pages show of an entry, word for word, perhaps among other things.
    shown: Callable[[dict[str, Any]], dict[str, Any]] = reference_of_entry
    # `listed_by(shown)`: by what pages list several of them; None where each page has an order of its own.
    listed_by: Callable[[dict[str, Any]], Any] | None = None
    # `terms_altered(ids)`: those of the entries after whose change pages are found by other terms.
    terms_altered: Callable[[set[int]], set[int]] | None = None


_pages: dict[type, PageProjection] = {}
_collections: dict[str, Collection] = {}


def register_page_projection(projection: PageProjection) -> None:
    """Register what leaves a page type."""
    _pages[projection.model] = projection


def page_projection(model: type) -> PageProjection:
    """Return what leaves pages of `model`; of a type that says nothing only its fields leave."""
    return _pages.get(model) or PageProjection(model)


def on_day_of(name: str) -> Callable[[dict[str, Any], date], dict[str, Any]] | None:
    """Return what gives the form of an item of the type `name` as of a day; None where no day alters it."""
    return next((one.on_day for model, one in _pages.items() if type_name(model) == name), None)


def page_types() -> dict[str, PageProjection]:
    """Return the projections of pages by the names of their types."""
    return {type_name(model): one for model, one in _pages.items()}


def register_collection(collection: Collection) -> None:
    """Register a collection."""
    _collections[collection.name] = collection


def collections() -> dict[str, Collection]:
    """Return the collections by name."""
    return _collections


def collection_with(model: type[Model]) -> Collection | None:
    """Return the collection whose entries are instances of `model`."""
    return next((one for one in _collections.values() if one.model is model), None)
