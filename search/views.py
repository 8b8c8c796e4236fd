"""The endpoint `search/`."""

from typing import Any

from wagtail.models import Page

from cms.api import values
from cms.api.openapi.describing import LINE, described_listing
from cms.api.problems import BadParameter
from cms.api.views.base import FormViewSet
from cms.core.schemas import BOOLEAN, DATE, HTML, STRING, array, coded, nullable, obj, ref
from cms.pages.public import public_pages
from cms.store.notices import withdrawals
from cms.store.references import load_public_pages, page_reference
from cms.store.wagtail_api import page_models_from_string

from .models import SearchEntry
from .passages import passage
from .ranking import Found
from .registry import states


class SearchViewSet(FormViewSet):
    """Public pages that match `q`, most relevant first."""

    name = "search"
    model = Page
    known_query_parameters = frozenset({"q", "type", "limit", "offset"})

    @classmethod
    def describe(cls) -> dict[str, Any]:
        from cms.api.openapi.build import page_parameters

        shown = {
            "reference": STRING,
            "kind": coded(),
            "summary": STRING,
            "issuers": array(STRING),
            "date": nullable(DATE),
            "state": nullable(coded()),
            "withdrawn": BOOLEAN,
            "passage": HTML,
            "missing": array(STRING),
        }
        found = {"allOf": [ref("PageReference"), obj(shown)]}
        known = {name: schema for name, schema in page_parameters().items() if name in cls.known_query_parameters}
        described = described_listing(
            found, {"q": LINE, **known}, "Public pages that match", query=STRING, partial=BOOLEAN
        )
        return {"listing": {**described, "required": ("q",)}}

    @classmethod
    def get_urlpatterns(cls) -> list[Any]:
        return super().get_urlpatterns()[:1]

    def get_queryset(self) -> Any:
        if "q" not in self.request.GET:
            raise BadParameter("q", "is missing")
        queryset = public_pages()
        if "type" in self.request.GET:
            try:
                models = page_models_from_string(values.text("type", self.request.GET["type"], 500))
            except (LookupError, ValueError) as error:
                raise BadParameter("type", "names something that is not a page type") from error
            queryset = queryset.type(*models)
        self.found = Found(queryset, values.text("q", self.request.GET["q"]))
        return Window(self.found)

    def forms(self, instances: Any) -> Any:
        ids = list(instances)
        pages, shown = load_public_pages(ids), states(ids)
        entries = SearchEntry.objects.in_bulk(ids)
        notices = withdrawals(ids)
        return [
            {
                "reference": "",
                **page_reference(pages[pk]),
                "kind": entries[pk].shown_kind,
                "summary": entries[pk].shown_summary,
                "issuers": entries[pk].shown_issuers,
                "date": entries[pk].shown_date and entries[pk].shown_date.isoformat(),
                "state": shown.get(pk),
                "withdrawn": pk in notices,
                "passage": passage(entries[pk].shown_text, self.found.query),
                "missing": self.found.missing.get(pk, []),
            }
            for pk in ids
            if pk in pages and pk in entries
        ]

    def get_paginated_response(self, data: Any) -> Any:
        partial = any(item["missing"] for item in data)
        return self.paginator.get_paginated_response(data, query=self.request.GET["q"], partial=partial)


class Window:
    """What was found, as a paginator takes it: counted, and cut by places."""

    def __init__(self, found: Any) -> None:
        self._found = found

    def count(self) -> int:
        """Return how many there are."""
        return self._found.total

    def __getitem__(self, places: Any) -> Any:
        return self._found.ids(places.start, places.stop - places.start)
