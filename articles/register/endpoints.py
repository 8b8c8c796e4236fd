"""The endpoints of the register."""

from typing import Any

from django.db.models import Count, Q
from django.urls import path

from cms.api.openapi.describing import PAGING, described_listing, described_object
from cms.api.views.base import FormViewSet
from cms.core.schemas import DATE, INTEGER, STRING, array, nullable, obj, ref
from cms.core.schemas import coded as coded_schema
from cms.pages.public import public_pages
from cms.store.fields import coded

from ..directives import document_types
from ..directives.models import DirectivePage
from ..news.models import Tag
from .models import Category, Issuer, Level, Sector, Unit
from .public import public_directives, public_issuers, public_plans, public_sectors, public_tags, public_units

# Listings of the register are not read by cursor.
_PAGING = {name: schema for name, schema in PAGING.items() if name != "cursor"}
_COUNTED = {"slug": STRING, "code": nullable(STRING), "name": STRING, "count": INTEGER}


class TermViewSet(FormViewSet):
    """A listing of the register, in the order of the Vietnamese alphabet."""

    detail_key = "slug"
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

    def form(self, instance: Any) -> Any:
        return {
            "slug": instance.slug,
            "code": instance.code or None,
            "name": instance.name,
            "count": instance.count,
        }


def _public(field):
    return Count(field, filter=Q(**{f"{field}__in": public_pages().values("pk")}), distinct=True)


class CategoriesViewSet(TermViewSet):
    """Categories, with the number of public articles."""

    name = "categories"
    model = Category

    def get_queryset(self) -> Any:
        return Category.objects.annotate(count=_public("articles")).order_by("sort_name")


class SectorsViewSet(TermViewSet):
    """Sectors that public documents have."""

    name = "sectors"
    model = Sector

    def get_queryset(self) -> Any:
        return public_sectors().annotate(count=_public("directives")).order_by("sort_name")


class UnitsViewSet(TermViewSet):
    """Units that public plans name."""

    name = "units"
    model = Unit

    def get_queryset(self) -> Any:
        return public_units().order_by("sort_name")

    def forms(self, instances: Any) -> Any:
        counts = {unit.pk: set() for unit in instances}
        for lookup in ("tasks__lead_unit", "tasks__supporting_units", "organisation"):
            for unit, plan in public_plans().filter(**{f"{lookup}__in": counts}).values_list(lookup, "pk"):
                counts.get(unit, set()).add(plan)
        for unit in instances:
            unit.count = len(counts[unit.pk])
        return super().forms(instances)


class IssuersViewSet(TermViewSet):
    """Issuers that public documents name."""

    name = "issuers"
    model = Issuer
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

    def get_queryset(self) -> Any:
        return (
            public_issuers()
            .annotate(count=_public("issued__page"))
            .order_by("sort_name")
            .prefetch_related("predecessors")
        )

    def forms(self, instances: Any) -> Any:
        self.public_ids = set(public_issuers().values_list("pk", flat=True))
        return super().forms(instances)

    def form(self, instance: Any) -> Any:
        return {
            **super().form(instance),
            "level": coded(instance.level, dict(Level.choices)),
            "exists_from": instance.exists_from and instance.exists_from.isoformat(),
            "exists_until": instance.exists_until and instance.exists_until.isoformat(),
            "predecessors": [
                {"slug": other.slug, "code": other.code or None, "name": other.name}
                for other in instance.predecessors.all()
                if other.pk in self.public_ids
            ],
            "other_names": instance.other_name_list(),
        }


class TagsViewSet(TermViewSet):
    """Tags of public articles."""

    name = "tags"
    model = Tag
    api_schema = obj({"slug": STRING, "name": STRING, "count": INTEGER})

    def get_queryset(self) -> Any:
        return public_tags().annotate(count=_public("tagged_items__content_object")).order_by("sort_name")

    def form(self, instance: Any) -> Any:
        return {"slug": instance.slug, "name": instance.name, "count": instance.count}


class DocumentTypesViewSet(TermViewSet):
    """The types that public documents have, in the order of the decree."""

    name = "document-types"
    model = DirectivePage
    api_schema = obj({"code": STRING, "name": STRING, "abbreviation": nullable(STRING), "count": INTEGER})

    @classmethod
    def get_urlpatterns(cls) -> list[Any]:
        return [path("", cls.as_view({"get": "listing_view"}), name="listing")]

    def get_queryset(self) -> Any:
        counts = dict(public_directives().order_by().values_list("document_type").annotate(Count("pk")))
        return [(code, name, counts[code]) for code, name in document_types.CHOICES if code in counts]

    def form(self, instance: Any) -> Any:
        code, name, count = instance
        abbreviations = document_types.abbreviations(code)
        return {"code": code, "name": name, "abbreviation": "/".join(abbreviations) or None, "count": count}


ENDPOINTS = [
    CategoriesViewSet,
    IssuersViewSet,
    UnitsViewSet,
    SectorsViewSet,
    TagsViewSet,
    DocumentTypesViewSet,
]
