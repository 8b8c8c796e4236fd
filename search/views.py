"""The endpoint `search/`."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from cms.api import values
from cms.api.listings import Paging, listing_answer, to_json
from cms.api.openapi.describing import LINE, described_listing
from cms.api.problems import BadParameter
from cms.api.views.base import PortalViewSet
from cms.core.dependencies import DAY
from cms.core.schemas import BOOLEAN, DATE, HTML, STRING, array, coded, nullable, obj, ref
from cms.store.conditions import of_type
from cms.store.dependencies import of_companion, of_item, of_kind
from cms.store.models import Span, Term
from cms.store.reading import references

from . import registry
from .models import SearchEntry
from .passages import passage
from .promoted import promoted
from .ranking import Found


class SearchViewSet(PortalViewSet):
    """Public pages that match `q`, most relevant first."""

    name = "search"
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
            found,
            {"q": LINE, **known},
            "Public pages that match",
            query=STRING,
            partial=BOOLEAN,
            promoted=array(ref("PageReference")),
        )
        return {"listing": {**described, "required": ("q",)}}

    @classmethod
    def get_urlpatterns(cls) -> list[Any]:
        return super().get_urlpatterns()[:1]

    def listing_view(self, request: HttpRequest) -> Any:
        self.check_parameters(self.known_query_parameters)
        self.depends_on |= {of_kind("pages"), of_companion("search"), of_item("site", "site"), DAY}
        paging = Paging(request)
        if "q" not in request.GET:
            raise BadParameter("q", "is missing")
        types = values.page_types("type", request.GET["type"]) if "type" in request.GET else []
        found = Found([of_type(types)] if types else [], values.text("q", request.GET["q"]))
        items = self.results(found, found.ids(paging.offset, paging.limit))
        extra = {
            "query": request.GET["q"],
            "partial": any(item["missing"] for item in items),
            "promoted": promoted(request.GET["q"], self.head.site_url) if not paging.offset and not types else [],
        }
        return listing_answer(found.total, None, [to_json(item) for item in items], extra)

    def results(self, found: Found, ids: list[int]) -> list[dict[str, Any]]:
        """Return what is shown of the items `ids`."""
        shown = references(ids, self.head.site_url)
        entries = SearchEntry.objects.in_bulk(ids)
        states = states_today(ids)
        withdrawn = set(Term.objects.filter(item__in=ids, parameter="withdrawn").values_list("item", flat=True))
        return [
            {
                "reference": "",
                **shown[pk],
                "kind": entries[pk].shown_kind,
                "summary": entries[pk].shown_summary,
                "issuers": entries[pk].shown_issuers,
                "date": (date := entries[pk].shown_date) and date.isoformat(),
                "state": states.get(pk),
                "withdrawn": pk in withdrawn,
                "passage": passage(entries[pk].shown_text, found.query),
                "missing": found.missing.get(pk, []),
            }
            for pk in ids
            if pk in shown and pk in entries
        ]


def states_today(items: list[int]) -> dict[int, dict[str, str]]:
    """Return the validity today of those of the items that have one, as code and name."""
    today = timezone.localdate()
    rows = Span.objects.filter(item__in=items, parameter="validity", begins__lte=today, ends__gt=today)
    return {item: registry.state(code) for item, code in rows.values_list("item", "code")}
