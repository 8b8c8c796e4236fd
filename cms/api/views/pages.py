"""`pages/`: the listing, the detail and the look-up by address."""

import json
from collections.abc import Callable, Sequence
from datetime import date
from functools import partial
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.timezone import localdate as today
from rest_framework.response import Response

from cms.core.dependencies import DAY
from cms.core.schemas import INTEGER, MOMENT, STRING, URI, array, nullable, obj, ref
from cms.store.conditions import Condition, below, is_page, numbered, of_type
from cms.store.dependencies import REMOVED, of_address, of_companion, of_item, of_kind
from cms.store.projection.field_names import field_names
from cms.store.projection.registry import on_day_of
from cms.store.projection.serializers import DETAIL_ONLY_FIELDS
from cms.store.reading import addresses, find, page_at, texts_of, tree_path_of
from cms.store.selection import Row, Selection, UnknownEntry
from cms.store.wagtail_api import parse_fields_parameter

from .. import registry, values
from ..cursors import BY_ID, Order
from ..listings import Paging, json_answer, listing_answer, refused_cursor, reshaped, to_json
from ..lookup import at_address
from ..openapi import pages as page_schemas
from ..openapi.build import page_parameters
from ..openapi.describing import LINE, described_listing, described_object
from ..page_fields import asked_fields, part_of
from ..problems import BadParameter
from ..searching import by_relevance, with_search
from .base import PortalViewSet

LISTING_FIELDS = (
    "id",
    "type",
    "detail_url",
    "title",
    "html_url",
    "slug",
    "first_published_at",
    "last_published_at",
)
# Addresses in one part of the list for sitemaps.
ADDRESSES = 10_000
FACETS = {
    "type": "object",
    "additionalProperties": array(obj({"code": {"type": ["string", "integer"]}, "name": STRING, "count": INTEGER})),
}


class PagesViewSet(PortalViewSet):
    """Public pages."""

    name = "pages"
    listing_parameters = frozenset(
        {
            "limit",
            "offset",
            "cursor",
            "facets",
            "fields",
            "order",
            "search",
            "type",
            "child_of",
            "descendant_of",
            "ids",
            "as_of",
        }
    )
    detail_query_parameters = frozenset({"fields", "as_of"})

    @classmethod
    def get_urlpatterns(cls) -> list[Any]:
        return [
            path("lookup/", cls.as_view({"get": "lookup_view"}), name="lookup"),
            path("addresses/", cls.as_view({"get": "addresses_view"}), name="addresses"),
            *super().get_urlpatterns(),
        ]

    @classmethod
    def describe(cls) -> dict[str, Any]:
        one = {name: schema for name, schema in page_parameters().items() if name in cls.detail_query_parameters}
        found = page_schemas.any_page_or_part()
        found = {"anyOf": [*found["anyOf"], ref("Redirected"), ref("Removed")]}
        path = {"type": "string", "pattern": "^/", "maxLength": 2000}
        return {
            "listing": described_listing(
                page_schemas.any_item(), page_parameters(), "Public pages", optional=("facets",), facets=FACETS
            ),
            "detail": described_object(page_schemas.any_page_or_part(), "A public page", parameters=one),
            "addresses": described_object(
                obj(
                    {
                        "meta": obj({"total_count": INTEGER, "parts": INTEGER}),
                        "items": array(obj({"html_url": URI, "last_published_at": nullable(MOMENT)})),
                    }
                ),
                "Addresses of all public pages, for sitemaps",
                parameters={"part": {"type": "integer", "minimum": 1, "maximum": 10_000}},
            ),
            "lookup": described_object(
                found, "What stands at an address", parameters={**one, "path": path, "fields": LINE}, required=("path",)
            ),
        }

    # What is asked for

    def requested_types(self) -> list[str]:
        """Return the page types that `type` names; none where it names all."""
        if "type" not in self.request.GET:
            return []
        return values.page_types("type", self.request.GET["type"])

    def conditions(self, without: registry.PageFilter | None = None) -> list[Condition]:
        """Return what the listing asks of a page, one filter aside."""
        given, types = self.request.GET, self.requested_types()
        found: list[Condition] = []
        implied = False
        for name in ("child_of", "descendant_of"):
            if name in given:
                found.append(self.below(name, given[name]))
        if "ids" in given:
            found.append(numbered([values.integer("ids", item) for item in values.items("ids", given["ids"])]))
        for page_filter in dict.fromkeys(registry.filters.values()):
            present = {name: given[name] for name in page_filter.parameters if name in given}
            # `as_of` belongs to the derived values too, and filters nothing by itself.
            if page_filter is not without and present.keys() - {"as_of"}:
                self.check_applies(next(iter(present)), page_filter.types)
                found.append(page_filter.condition(present))
                # What only pages of these types have need not be asked for their type too.
                implied = implied or (bool(page_filter.types) and set(page_filter.types) <= set(types))
        if types and not implied:
            found.append(of_type(types))
        return found or [is_page()]

    def check_applies(self, parameter: str, types: Sequence[str]) -> None:
        """Refuse a parameter that asks for something that no requested type has."""
        requested = self.requested_types()
        if types and requested and not set(types) & set(requested):
            raise BadParameter(parameter, f"does not apply to {requested[0]}")

    def listed(self) -> set[str]:
        """Return what the listing depends on: the kinds of its items, the entries that it is filtered by or counts, and
        the day where it asks for what holds on it.
        """
        given = self.request.GET
        found = {of_kind(name) for name in self.requested_types() or ["pages"]}
        facets = given.get("facets", "").split(",")
        for name, page_filter in registry.filters.items():
            if page_filter.collection is not None and (name in given or name in facets):
                found.add(of_kind(page_filter.collection))
        found |= {of_companion("search")} if "search" in given else set()
        return found | ({DAY} if "validity" in given else set())

    def note_day(self, rows: Sequence[Row]) -> None:
        """Note that what is shown of these items changes with the day."""
        dated = [row for row in rows if on_day_of(row.type) is not None]
        if dated:
            self.depends_on.add(DAY)
        if "as_of" in self.request.GET or any(row.next_change_on and row.next_change_on <= today() for row in dated):
            # Worked out now, perhaps of what other items say.
            self.depends_on.add(of_kind("pages"))

    def below(self, parameter: str, value: str) -> Condition:
        """Return the condition of standing below the page that `child_of` or `descendant_of` names."""
        row = page_at("/") if value == "root" else find(page_id=values.integer(parameter, value))
        if row is None:
            raise BadParameter(parameter, "names a page that does not exist")
        self.depends_on.add(of_item("pages", row.key))
        return below(tree_path_of(row), directly=parameter == "child_of")

    def select(self, conditions: Sequence[Condition]) -> Selection:
        """Return the selection. Raise BadParameter where a filter names an entry that there is not."""
        selection = Selection(conditions)
        if not any(one.named for one in conditions):
            return selection
        try:
            selection.check()
        except UnknownEntry as error:
            raise self.unknown_entry() from error
        return selection

    def unknown_entry(self) -> BadParameter:
        """Return the refusal of the first slug that nothing public has."""
        for page_filter in registry.filters.values():
            name = page_filter.parameters[0]
            if page_filter.collection is None or name not in self.request.GET:
                continue
            for slug in values.items(name, self.request.GET[name]):
                if find(type=page_filter.collection, key=slug) is None:
                    return BadParameter(name, f"there is no {slug!r}")
        return BadParameter("type", "names nothing")

    def order(self) -> Order | None:
        """Return the order that is asked for; None for that of a search."""
        given = self.request.GET
        if "order" not in given:
            return None if "search" in given else BY_ID
        name = given["order"].removeprefix("-")
        ordering, requested = registry.orderings.get(name), self.requested_types()
        if ordering is None:
            raise BadParameter("order", f"{name!r} is none of {', '.join(sorted(registry.orderings))}")
        if ordering.types and not (len(requested) == 1 and requested[0] in ordering.types):
            raise BadParameter("order", f"{name!r} needs type={ordering.types[0]}")
        return Order(given["order"], ordering.key)

    def facets(self, selection: Selection) -> dict[str, list[dict[str, Any]]]:
        """Return the counts that `facets` asks for: of what the search and all filters but the facet's own would
        keep; `selection` is what all filters keep.
        """
        found: dict[str, list[dict[str, Any]]] = {}
        selections: dict[Any, Selection] = {None: selection}
        for name in values.choices("facets", self.request.GET["facets"], registry.facet_names()):
            page_filter = registry.filters[name]
            self.check_applies("facets", page_filter.types)
            own = page_filter if set(page_filter.parameters) & self.request.GET.keys() else None
            if own not in selections:
                conditions = self.conditions(without=own)
                if "search" in self.request.GET:
                    searched = registry.search(conditions, values.text("search", self.request.GET["search"]))
                    conditions = with_search(conditions, searched)
                selections[own] = self.select(conditions)
            counts = []
            for value, many, reference in selections[own].values(page_filter.counted or name, page_filter.collection):
                if reference is not None:
                    entry = json.loads(reference)
                    code, shown = entry["slug"], entry["name"]
                else:
                    code, shown = page_filter.named(value)
                counts.append({"code": code, "name": shown, "count": many})
            found[name] = page_filter.in_order(counts)
        return found

    # Answers

    def fields_config(self) -> Any:
        """Return what `fields` asks for."""
        if "fields" not in self.request.GET:
            return []
        text = values.text("fields", self.request.GET["fields"], 4000)
        # Wagtail's parser calls itself for each.
        if "(" in text:
            raise BadParameter("fields", f"{text.partition('(')[0].split(',')[-1]!r} has no fields to choose from")
        try:
            return parse_fields_parameter(text)
        except ValueError as error:
            raise BadParameter("fields", str(error)) from error

    def as_of(self) -> date | None:
        """Return the day for which derived values are asked."""
        value = self.request.GET.get("as_of")
        return values.date("as_of", value) if value is not None else None

    def change_of_form(self, page_type: str | None, *, details: bool) -> Callable[[dict[str, Any]], Any] | None:
        """Return what makes of a whole form what `fields` asks for; None where that is the whole form."""
        known = field_names(page_type)
        config = self.fields_config()
        unknown = [name for name, *_ in config if name not in {"*", "_", *known}]
        if unknown:
            raise BadParameter("fields", f"unknown: {', '.join(unknown)}")
        in_detail = [name for name, *_ in config if name in DETAIL_ONLY_FIELDS]
        if in_detail and not details:
            raise BadParameter("fields", f"{', '.join(in_detail)} is not in a listing")
        if not details:
            known = [name for name in known if name not in DETAIL_ONLY_FIELDS]
        asked = asked_fields(config, known, default=known if details else LISTING_FIELDS)
        # Without a type there is only what all pages have.
        if asked == known and page_type is not None:
            return None
        return partial(part_of, names=asked)

    def listing_view(self, request: HttpRequest) -> Any:
        self.check_parameters(self.listing_parameters | registry.filters.keys())
        self.depends_on |= self.listed()
        conditions, order, paging = self.conditions(), self.order(), Paging(request)
        types = self.requested_types()
        change = self.change_of_form(types[0] if len(types) == 1 else None, details=False)
        day = self.as_of()
        if "search" in request.GET:
            self.select(conditions)
            searched = registry.search(conditions, values.text("search", request.GET["search"]))
            conditions = with_search(conditions, searched)
        selection = self.select(conditions)
        extra = {"facets": self.facets(selection)} if "facets" in request.GET else {}
        next_cursor = None
        if order is None:
            if paging.cursor is not None:
                raise refused_cursor()
            rows = by_relevance(selection, searched, paging)
        else:
            rows, next_cursor = paging.rows(selection, order)
        self.note_day(rows)
        texts = reshaped(texts_of(rows, self.head.site_url, day), change)
        return listing_answer(paging.total(selection, rows), next_cursor, texts, extra)

    def detail_view(self, request: HttpRequest, pk: int) -> Any:
        self.check_parameters(self.detail_query_parameters)
        self.depends_on.add(of_item("pages", pk))
        return self.detail_of(find(page_id=pk))

    def detail_of(self, row: Row | None) -> Any:
        """Return the answer with the form of a page; 404 for None."""
        if row is None:
            raise Http404
        self.depends_on.add(of_item("pages", row.key))
        self.note_day([row])
        change = self.change_of_form(row.type, details=True)
        (text,) = reshaped(texts_of([row], self.head.site_url, self.as_of(), listing=False), change)
        return json_answer(text)

    def lookup_view(self, request: HttpRequest) -> Any:
        """Return what stands at an address of the site: the page itself, or what took its place."""
        self.check_parameters(self.detail_query_parameters | {"path"})
        if "path" not in request.GET:
            raise BadParameter("path", "is missing")
        address = values.text("path", request.GET["path"], 2000)
        if not address.startswith("/"):
            raise BadParameter("path", "must start with /")
        path = address.partition("?")[0]
        self.depends_on.add(of_address(path))
        row = page_at(path)
        if row is not None:
            return self.detail_of(row)
        self.depends_on |= {REMOVED, of_kind("redirects"), of_kind("pages")}
        found = at_address(address, self.head.site_url)
        if found is None:
            raise Http404
        return Response(found)

    def addresses_view(self, request: HttpRequest) -> Any:
        """Return the addresses of all public pages, for sitemaps: in parts of as many as a sitemap holds; without
        `part` only how many there are.
        """
        self.check_parameters(frozenset({"part"}))
        self.depends_on.add(of_kind("pages"))
        total, found = self.select([is_page()]).count(), []
        if "part" in request.GET:
            part = values.integer("part", request.GET["part"], 1, 10_000)
            found = addresses((part - 1) * ADDRESSES, ADDRESSES)
            if part > 1 and not found:
                raise Http404
        items = [
            {"html_url": f"{self.head.site_url}{path}", "last_published_at": f"{moment[:19]}Z" if moment else None}
            for path, moment in found
        ]
        return json_answer(to_json({"meta": {"total_count": total, "parts": -(-total // ADDRESSES)}, "items": items}))

    def find_view(self, request: HttpRequest) -> Any:
        """Send to the detail of a page, by `id` or by its address `html_path`, as Wagtail does."""
        self.check_parameters({"id", "html_path", "fields"})
        row = None
        if "id" in request.GET:
            row = find(page_id=values.integer("id", request.GET["id"]))
        elif "html_path" in request.GET:
            row = page_at(request.GET["html_path"])
        if row is None:
            raise Http404
        query = request.GET.copy()
        for name in ("id", "html_path"):
            query.pop(name, None)
        address = reverse("api:pages:detail", args=[row.number])
        return HttpResponseRedirect(f"{self.head.site_url}{address}?{query.urlencode()}")
