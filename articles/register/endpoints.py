"""The endpoints of the register."""

from typing import Any

from django.urls import path

from cms.api.openapi.describing import PAGING, described_listing, described_object
from cms.api.views.base import CollectionViewSet
from cms.core.schemas import DATE, INTEGER, STRING, array, nullable, obj, ref
from cms.core.schemas import coded as coded_schema

from .models import Level

# Listings of the register are not read by cursor.
_PAGING = {name: schema for name, schema in PAGING.items() if name != "cursor"}
_COUNTED = {"slug": STRING, "code": nullable(STRING), "name": STRING, "count": INTEGER}


class TermViewSet(CollectionViewSet):
    """A listing of the register, in the order of the Vietnamese alphabet."""

    detail_key = "slug"
    sort_key = "sort_name"
    api_schema = obj(_COUNTED)

    @classmethod
    def describe(cls) -> dict[str, Any]:
        return {
            "listing": described_listing(cls.api_schema, _PAGING, cls.__doc__),
            "detail": described_object(cls.api_schema, cls.__doc__),
        }

    @classmethod
    def get_urlpatterns(cls) -> list[Any]:
        return [
            path("", cls.as_view({"get": "listing_view"}), name="listing"),
            path("<slug:slug>/", cls.as_view({"get": "detail_view"}), name="detail"),
        ]


class CategoriesViewSet(TermViewSet):
    """Categories, with the number of public articles."""

    name = "categories"


class SectorsViewSet(TermViewSet):
    """Sectors that public documents have."""

    name = "sectors"


class UnitsViewSet(TermViewSet):
    """Units that public plans name."""

    name = "units"


class IssuersViewSet(TermViewSet):
    """Issuers that public documents name."""

    name = "issuers"
    api_schema = obj(
        {
            **_COUNTED,
            "level": nullable(coded_schema(Level.values)),
            "exists_from": nullable(DATE),
            "exists_until": nullable(DATE),
            "predecessors": array(ref("Snippet")),
            "other_names": array(STRING),
        }
    )


class TagsViewSet(TermViewSet):
    """Tags of public articles."""

    name = "tags"
    api_schema = obj({"slug": STRING, "name": STRING, "count": INTEGER})


class DocumentTypesViewSet(TermViewSet):
    """The types that public documents have, in the order of the decree."""

    name = "document-types"
    api_schema = obj({"code": STRING, "name": STRING, "abbreviation": nullable(STRING), "count": INTEGER})

    @classmethod
    def get_urlpatterns(cls) -> list[Any]:
        return [path("", cls.as_view({"get": "listing_view"}), name="listing")]


ENDPOINTS = [
    CategoriesViewSet,
    IssuersViewSet,
    UnitsViewSet,
    SectorsViewSet,
    TagsViewSet,
    DocumentTypesViewSet,
]
