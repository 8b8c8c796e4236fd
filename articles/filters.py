"""The filters that the page types add to the listing of pages."""

import datetime
from collections import Counter
from typing import Any

from django.db.models import Count, Model, Q
from django.db.models.functions import ExtractYear
from wagtail.query import PageQuerySet

from cms.api import values
from cms.api.registry import Ordering, PageFilter, register_filter, register_ordering
from cms.core.schemas import DATE

from .directives import document_types
from .directives.filters import ReferenceFilter, ValidityFilter
from .models import ArticlePage, Category, DirectivePage, TaskPlanPage
from .plans.filters import PeriodFilter
from .register.models import Level
from .register.public import public_issuers, public_sectors, public_tags, public_units

SLUGS = {"type": "array", "items": {"type": "string", "pattern": "^[a-z0-9-]+$"}, "minItems": 1}


def codes_schema(allowed: Any) -> dict:
    """Return the schema of a parameter that takes some of the codes `allowed`, parted by commas."""
    return {"type": "array", "items": {"type": "string", "enum": list(allowed)}, "minItems": 1}


def most_first(counts: Any) -> Any:
    """Return `counts` sorted: the greatest first, then by name."""
    return sorted(counts, key=lambda one: (-one["count"], one["name"]))


class SlugFilter(PageFilter):
    """Pages of one type that refer to entries of the register with the given slugs."""

    def __init__(self, parameter: str, model: type[Model], lookups: Any, register: Any) -> None:
        super().__init__(model)
        self.parameters = (parameter,)
        self.schemas = {parameter: SLUGS}
        self.lookups = lookups
        self.register = register

    has_counts = True

    def counts(self, queryset: PageQuerySet) -> list[dict]:
        found = {}
        pages = self.models[0].objects.filter(pk__in=queryset.values("pk"))
        for lookup in self.lookups:
            for term, page in pages.exclude(**{lookup: None}).values_list(lookup, "pk").distinct():
                found.setdefault(term, set()).add(page)
        terms = self.register().filter(pk__in=found).distinct()
        return most_first({"code": term.slug, "name": term.name, "count": len(found[term.pk])} for term in terms)

    def apply(self, queryset: PageQuerySet, values_given: dict[str, str]) -> PageQuerySet:
        ids = values.slugs(self.parameters[0], values_given[self.parameters[0]], self.register())
        matches = Q()
        for lookup in self.lookups:
            matches |= Q(**{f"{lookup}__in": ids})
        return queryset.filter(pk__in=self.models[0].objects.filter(matches).values("pk"))


class LookupFilter(PageFilter):
    """Pages of one type by a lookup; `read(parameter, value)` reads the value."""

    def __init__(
        self, parameter: str, model: type[Model], lookup: Any, read: Any, schema: Any, labels: Any = None
    ) -> None:
        super().__init__(model)
        self.labels = labels
        self.has_counts = labels is not None
        self.parameters = (parameter,)
        self.schemas = {parameter: schema}
        self.lookup = lookup
        self.read = read

    def counts(self, queryset: PageQuerySet) -> list[dict]:
        field = self.lookup.removesuffix("__in")
        pages = self.models[0].objects.filter(pk__in=queryset.values("pk"))
        rows = pages.order_by().values_list(field).annotate(Count("pk", distinct=True))
        labels = dict(self.labels)
        return most_first({"code": code, "name": str(labels[code]), "count": count} for code, count in rows if code)

    def apply(self, queryset: PageQuerySet, values_given: dict[str, str]) -> PageQuerySet:
        value = self.read(self.parameters[0], values_given[self.parameters[0]])
        return queryset.filter(pk__in=self.models[0].objects.filter(**{self.lookup: value}).values("pk"))


class YearFilter(PageFilter):
    """What belongs to a year: by publication date, issue date or period."""

    parameters = ("year",)
    schemas = {"year": {"type": "integer", "minimum": 1000, "maximum": 9999}}

    has_counts = True

    def counts(self, queryset: PageQuerySet) -> list[dict]:
        found = Counter()
        for model, field in (
            (ArticlePage, "published_on"),
            (DirectivePage, "issued_on"),
            (TaskPlanPage, "period_start"),
        ):
            pages = model.objects.filter(pk__in=queryset.values("pk")).exclude(**{field: None})
            found.update(dict(pages.order_by().values_list(ExtractYear(field)).annotate(Count("pk"))))
        years = sorted(found.items(), reverse=True)
        return [{"code": year, "name": str(year), "count": count} for year, count in years]

    def apply(self, queryset: PageQuerySet, values_given: dict[str, str]) -> PageQuerySet:
        year = values.year("year", values_given["year"])
        span = (datetime.date(year, 1, 1), datetime.date(year, 12, 31))
        return queryset.filter(
            Q(pk__in=ArticlePage.objects.filter(published_on__range=span).values("pk"))
            | Q(pk__in=DirectivePage.objects.filter(issued_on__range=span).values("pk"))
            | Q(pk__in=TaskPlanPage.objects.filter(period_start__lte=span[1], period_end__gte=span[0]).values("pk"))
        )


class PublishedFilter(PageFilter):
    """By publication: an article's own date, otherwise the day of its first publication."""

    def __init__(self, parameter: str, lookup: Any) -> None:
        super().__init__()
        self.parameters = (parameter,)
        self.schemas = {parameter: DATE}
        self.lookup = lookup

    def apply(self, queryset: PageQuerySet, values_given: dict[str, str]) -> PageQuerySet:
        day = values.date(self.parameters[0], values_given[self.parameters[0]])
        articles = ArticlePage.objects.all()
        dated = articles.filter(**{f"published_on__{self.lookup}": day})
        return queryset.filter(
            Q(pk__in=dated.values("pk"))
            | Q(**{f"first_published_at__date__{self.lookup}": day}) & ~Q(pk__in=articles.values("pk"))
        )


def register() -> None:
    """Add the filters and orderings of this app to the API."""
    register_filter(SlugFilter("category", ArticlePage, ["category"], Category.objects.all))
    register_filter(SlugFilter("tag", ArticlePage, ["tagged_items__tag"], public_tags))
    register_filter(SlugFilter("issuer", DirectivePage, ["directive_issuers__issuer"], public_issuers))
    register_filter(SlugFilter("sector", DirectivePage, ["sector"], public_sectors))
    register_filter(
        SlugFilter("unit", TaskPlanPage, ["organisation", "tasks__lead_unit", "tasks__supporting_units"], public_units)
    )
    register_filter(
        LookupFilter(
            "level",
            DirectivePage,
            "directive_issuers__issuer__level__in",
            lambda name, value: values.choices(name, value, Level.values),
            codes_schema(Level.values),
            Level.choices,
        )
    )
    register_filter(
        LookupFilter(
            "document_type",
            DirectivePage,
            "document_type__in",
            lambda name, value: values.choices(name, value, document_types.NAMES),
            codes_schema(document_types.NAMES),
            document_types.CHOICES,
        )
    )
    register_filter(ReferenceFilter(DirectivePage))
    for field in ("issued", "expires"):
        for word, lookup in (("after", "gte"), ("before", "lte")):
            register_filter(LookupFilter(f"{field}_{word}", DirectivePage, f"{field}_on__{lookup}", values.date, DATE))
    for word, lookup in (("after", "gte"), ("before", "lte")):
        register_filter(PublishedFilter(f"published_{word}", lookup))
    register_filter(ValidityFilter(DirectivePage))
    register_filter(PeriodFilter(TaskPlanPage))
    register_filter(YearFilter(ArticlePage, DirectivePage, TaskPlanPage))

    for name in ("published_on", "featured_until"):
        register_ordering(name, Ordering(name, (ArticlePage,)))
    for name in ("issued_on", "effective_on", "expires_on", "reference"):
        register_ordering(name, Ordering(name, (DirectivePage,)))
    register_ordering("period", Ordering("period_start", (TaskPlanPage,)))
