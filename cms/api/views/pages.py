"""`pages/`: the listing, the detail and the look-up by address."""

from typing import Any

from django.db.models import Model
from django.http import Http404, HttpRequest
from django.urls import path
from rest_framework.response import Response
from wagtail.models import Page
from wagtail.query import PageQuerySet

from cms.core.schemas import INTEGER, STRING, array, obj, ref
from cms.pages.public import default_site, public_pages
from cms.store.references import type_name
from cms.store.representation import represent_all
from cms.store.serializers import DETAIL_ONLY_FIELDS, fields_of, page_serializer
from cms.store.wagtail_api import PagesAPIViewSet, page_models_from_string, parse_fields_parameter

from .. import registry, values
from ..cursors import Order
from ..lookup import at_address, page_at
from ..openapi import pages as page_schemas
from ..openapi.build import page_parameters
from ..openapi.describing import LINE, described_listing, described_object
from ..problems import BadParameter
from .base import BY_ID, PortalViewSet

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
FACETS = {
    "type": "object",
    "additionalProperties": array(obj({"code": {"type": ["string", "integer"]}, "name": STRING, "count": INTEGER})),
}


class PagesViewSet(PortalViewSet, PagesAPIViewSet):
    """Public pages."""

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
            "lookup": described_object(
                found, "What stands at an address", parameters={**one, "path": path, "fields": LINE}, required=("path",)
            ),
        }

    # Queries

    def get_base_queryset(self) -> Any:
        return public_pages()

    def get_queryset(self) -> Any:
        models = self.requested_models()
        if len(models) == 1 and models[0] is not Page:
            return models[0].objects.filter(pk__in=self.get_base_queryset().values("pk"))
        queryset = self.get_base_queryset()
        return queryset.type(*models) if models and Page not in models else queryset

    def requested_models(self) -> tuple[type, ...]:
        """Return the page types that `type` names."""
        if "type" not in self.request.GET or self.action != "listing_view":
            return ()
        names = values.items("type", self.request.GET["type"])
        try:
            return page_models_from_string(",".join(names))
        except (LookupError, ValueError) as error:
            raise BadParameter("type", "names something that is not a page type") from error

    def filter_queryset(self, queryset: PageQuerySet) -> Any:
        return self.order_queryset(self.apply_filters(self.narrowed(queryset)))

    def narrowed(self, queryset: PageQuerySet) -> Any:
        """`queryset` below the pages, and to the ids, that are asked for."""
        given = self.request.GET
        if "child_of" in given:
            queryset = queryset.child_of(self.tree_root("child_of", given["child_of"]))
        if "descendant_of" in given:
            queryset = queryset.descendant_of(self.tree_root("descendant_of", given["descendant_of"]))
        if "ids" in given:
            ids = [values.integer("ids", item) for item in values.items("ids", given["ids"])]
            queryset = queryset.filter(pk__in=ids)
        return queryset

    def apply_filters(self, queryset: PageQuerySet, without: Any = None) -> Any:
        """`queryset` filtered by the registered filters that are asked for, one aside."""
        given = self.request.GET
        for page_filter in dict.fromkeys(registry.filters.values()):
            present = {name: given[name] for name in page_filter.parameters if name in given}
            # `as_of` belongs to the derived values too, and filters nothing by itself.
            if page_filter is not without and present.keys() - {"as_of"}:
                self.check_applies(next(iter(present)), page_filter.models)
                queryset = page_filter.apply(queryset, present)
        return queryset

    def facets(self) -> dict[str, list[dict]]:
        """Return the counts that `facets` asks for: of what the search and all filters but the facet's own would
        keep.
        """
        found: dict[str, list[dict]] = {}
        for name in values.choices("facets", self.request.GET["facets"], registry.facet_names()):
            page_filter = registry.filters[name]
            self.check_applies("facets", page_filter.models)
            queryset = self.apply_filters(self.narrowed(self.get_queryset()), without=page_filter)
            if "search" in self.request.GET:
                queryset = registry.search(queryset, values.text("search", self.request.GET["search"]))
            found[name] = page_filter.counts(Page.objects.filter(pk__in=queryset.order_by().values("pk"))) or []
        return found

    def check_applies(self, parameter: str, models: Any) -> None:
        """Refuse a parameter that asks for something that no requested type has."""
        requested = [model for model in self.requested_models() if model is not Page]
        if models and requested and not any(issubclass(one, models) for one in requested):
            raise BadParameter(parameter, f"does not apply to {type_name(requested[0])}")

    def tree_root(self, parameter: str, value: Any) -> Any:
        """Return the public page that `child_of` or `descendant_of` names."""
        if value == "root":
            page = self.get_base_queryset().filter(pk=default_site().root_page_id).first()
        else:
            page = self.get_base_queryset().filter(pk=values.integer(parameter, value)).first()
        if page is None:
            raise BadParameter(parameter, "names a page that does not exist")
        return page

    def order_queryset(self, queryset: PageQuerySet) -> Any:
        given = self.request.GET
        searched = "search" in given
        if searched:
            queryset = registry.search(queryset, values.text("search", given["search"]))
        if "order" not in given:
            self.cursor_order = None if searched else BY_ID
            return queryset if searched else queryset.order_by("pk")
        name = given["order"].removeprefix("-")
        ordering = registry.orderings.get(name)
        requested = self.requested_models()
        if ordering is None:
            raise BadParameter("order", f"{name!r} is none of {', '.join(sorted(registry.orderings))}")
        if ordering.models and not (len(requested) == 1 and issubclass(requested[0], ordering.models)):
            raise BadParameter("order", f"{name!r} needs type={type_name(ordering.models[0])}")
        self.cursor_order = Order(given["order"], ordering.expression)
        return queryset.order_by(ordering.order_by(self.cursor_order.is_descending), "pk")

    # Answers

    def fields_config(self) -> Any:
        """Return what `fields` asks for."""
        if "fields" not in self.request.GET:
            return []
        try:
            config = parse_fields_parameter(values.text("fields", self.request.GET["fields"], 4000))
        except ValueError as error:
            raise BadParameter("fields", str(error)) from error
        for name, _negated, nested in config:
            if nested:
                raise BadParameter("fields", f"{name!r} has no fields to choose from")
        return config

    def as_of(self) -> Any:
        """Return the day for which derived values are asked."""
        value = self.request.GET.get("as_of")
        return values.date("as_of", value) if value is not None else None

    def build_serializer(self, model: type[Model], *, details: Any) -> Any:
        """Return an unbound serializer of `model` with the fields that are asked for."""
        known = list(fields_of(model))
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
        return page_serializer(model, asked, as_of=self.as_of())

    def listing_view(self, request: HttpRequest) -> Any:
        self.check_parameters(self.listing_parameters | registry.filters.keys())
        queryset = self.filter_queryset(self.get_queryset())
        serializer = self.build_serializer(queryset.model, details=False)
        facets = {"facets": self.facets()} if "facets" in request.GET else {}
        pages = self.paginate_queryset(queryset)
        return self.paginator.get_paginated_response(represent_all(pages, serializer), **facets)

    def detail_view(self, request: HttpRequest, pk: int) -> Any:
        self.check_parameters(self.detail_query_parameters)
        return self.detail_of(public_pages(Page.objects.filter(pk=values.integer("id", str(pk)))).first())

    def detail_of(self, page: Page) -> Any:
        """Return the response with the form of `page`; 404 for None."""
        if page is None:
            raise Http404
        page = page.specific
        return Response(represent_all([page], self.build_serializer(type(page), details=True))[0])

    def lookup_view(self, request: HttpRequest) -> Any:
        """Return what stands at an address of the site: the page itself, or what took its place."""
        self.check_parameters(self.detail_query_parameters | {"path"})
        if "path" not in request.GET:
            raise BadParameter("path", "is missing")
        address = values.text("path", request.GET["path"], 2000)
        if not address.startswith("/"):
            raise BadParameter("path", "must start with /")
        page = page_at(address.partition("?")[0])
        if page is not None:
            return self.detail_of(page)
        found = at_address(address)
        if found is None:
            raise Http404
        return Response(found)

    def find_view(self, request: HttpRequest) -> Any:
        self.check_parameters({"id", "html_path", "fields"})
        if "id" in request.GET:
            values.integer("id", request.GET["id"])
        return super().find_view(request)


def asked_fields(config: Any, known: Any, default: Any) -> list[str]:
    """Return the fields of `known`, in their order, that `config` (Wagtail's reading of `fields`) asks for: `*` all,
    `_` none, `-name` without it.
    """
    asked = set(default)
    for name, negated, _nested in config:
        if name in {"*", "_"}:
            asked = set(known) if name == "*" else set()
        elif negated:
            asked.discard(name)
        else:
            asked.add(name)
    return [name for name in known if name in asked]
