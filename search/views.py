"""The endpoint `search/`."""

from django.db.models import F
from wagtail.api.v2.utils import page_models_from_string
from wagtail.models import Page

from cms.api import values
from cms.api.openapi.words import LINE, described_listing
from cms.api.problems import BadParameter
from cms.api.references import load_public_pages, page_reference
from cms.api.views.base import FormViewSet
from cms.common.public import public_pages
from cms.common.schemas import DATE, STRING, nullable, obj, ref

from .query import search_pages


class SearchViewSet(FormViewSet):
    """Public pages that match `q`, most relevant first."""

    name = "search"
    model = Page
    known_query_parameters = frozenset({"q", "type", "limit", "offset"})

    @classmethod
    def describe(cls):
        from cms.api.openapi.build import page_parameters

        found = {"allOf": [ref("PageReference"), obj({"reference": STRING, "summary": STRING, "date": nullable(DATE)})]}
        known = {name: schema for name, schema in page_parameters().items() if name in cls.known_query_parameters}
        described = described_listing(found, {"q": LINE, **known}, "Public pages that match", query=STRING)
        return {"listing": {**described, "required": ("q",)}}

    @classmethod
    def get_urlpatterns(cls):
        return super().get_urlpatterns()[:1]

    def get_queryset(self):
        if "q" not in self.request.GET:
            raise BadParameter("q", "is missing")
        queryset = public_pages()
        if "type" in self.request.GET:
            try:
                models = page_models_from_string(values.text("type", self.request.GET["type"], 500))
            except (LookupError, ValueError) as error:
                raise BadParameter("type", "names something that is not a page type") from error
            queryset = queryset.type(*models)
        found = search_pages(queryset, values.text("q", self.request.GET["q"]))
        return found.annotate(shown_summary=F("search_entry__shown_summary"), shown_date=F("search_entry__shown_date"))

    def forms(self, instances):
        pages = load_public_pages([page.pk for page in instances])
        return [
            {
                "reference": "",
                **page_reference(pages[found.pk]),
                "summary": found.shown_summary,
                "date": found.shown_date and found.shown_date.isoformat(),
            }
            for found in instances
        ]

    def get_paginated_response(self, data):
        return self.paginator.get_paginated_response(data, query=self.request.GET["q"])
