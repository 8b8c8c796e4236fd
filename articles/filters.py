"""The filters that the page types add to the listing of pages."""

import datetime
import re
from collections import Counter

from django.db.models import Count, Q
from django.db.models.functions import ExtractYear
from django.utils import timezone

from cms.api import values
from cms.api.problems import BadParameter
from cms.api.registry import Ordering, PageFilter, register_filter, register_ordering
from cms.core.schemas import DATE
from cms.pages.public import public_pages
from search.registry import Meant

from .. import document_types, query_reading
from ..models import ArticlePage, Category, DirectivePage, Issuer, Sector, Tag, TaskPlanPage, Unit
from ..models.taxonomy import Level
from ..periods import parse_period
from ..references import reference_key
from ..validity import Validity
from .validity_query import validity_is

SLUGS = {"type": "array", "items": {"type": "string", "pattern": "^[a-z0-9-]+$"}, "minItems": 1}


def _codes(allowed):
    return {"type": "array", "items": {"type": "string", "enum": list(allowed)}, "minItems": 1}


def most_first(counts):
    """Those that are most, first; then by name."""
    return sorted(counts, key=lambda one: (-one["count"], one["name"]))


class SlugFilter(PageFilter):
    """Pages of one type that refer to entries of the register with the given slugs."""

    def __init__(self, parameter, model, lookups, register):
        super().__init__(model)
        self.parameters = (parameter,)
        self.schemas = {parameter: SLUGS}
        self.lookups = lookups
        self.register = register

    has_counts = True

    def counts(self, queryset):
        found = {}
        pages = self.models[0].objects.filter(pk__in=queryset.values("pk"))
        for lookup in self.lookups:
            for term, page in pages.exclude(**{lookup: None}).values_list(lookup, "pk").distinct():
                found.setdefault(term, set()).add(page)
        terms = self.register().filter(pk__in=found).distinct()
        return most_first({"code": term.slug, "name": term.name, "count": len(found[term.pk])} for term in terms)

    def apply(self, queryset, values_given):
        ids = values.slugs(self.parameters[0], values_given[self.parameters[0]], self.register())
        matches = Q()
        for lookup in self.lookups:
            matches |= Q(**{f"{lookup}__in": ids})
        return queryset.filter(pk__in=self.models[0].objects.filter(matches).values("pk"))


class ReferenceFilter(PageFilter):
    """Documents by number and symbol, in any spelling that people type: `18 - CT/TU`, `18ct/tu`, `ct18`, `18`."""

    parameters = ("reference",)
    schemas = {"reference": {"type": "string", "minLength": 1, "maxLength": 80}}

    def apply(self, queryset, values_given):
        text = values.text("reference", values_given["reference"], 80)
        found = Q(reference_key=reference_key(text))
        bare = text.strip().lstrip("0")
        meant, _rest = query_reading.read(text)
        number = meant.number if meant else bare if bare.isdecimal() else ""
        if number:
            found |= self._named(number, meant or Meant())
        return queryset.filter(pk__in=DirectivePage.objects.filter(found).values("pk"))

    @staticmethod
    def _named(number, meant):
        named = Q()
        for spelling in {number, number.zfill(2)}:
            named |= Q(number=spelling) | Q(number__startswith=f"{spelling}/")
        if meant.symbol:
            # Dash and slash are what people mix up: 16-CT/TTg is printed where 16/CT-TTg is right.
            parts = re.split("[-/]", meant.symbol)
            spellings = {meant.symbol, "-".join(parts), "/".join(parts), "-".join(parts).replace("-", "/", 1)}
            spellings |= {f"{'-'.join(parts[:-1])}/{parts[-1]}"}
            ends = Q()
            for spelling in spellings:
                ends |= Q(reference_key__endswith=f"-{spelling}") | Q(reference_key__endswith=f"/{spelling}")
            named &= ends
        if meant.types:
            named &= Q(document_type__in=meant.types)
        if meant.year:
            named &= Q(number__endswith=f"/{meant.year}") | Q(issued_on__year=meant.year)
        return named


class LookupFilter(PageFilter):
    """Pages of one type by a lookup; `read(parameter, value)` reads the value."""

    def __init__(self, parameter, model, lookup, read, schema, labels=None):
        super().__init__(model)
        self.labels = labels
        self.has_counts = labels is not None
        self.parameters = (parameter,)
        self.schemas = {parameter: schema}
        self.lookup = lookup
        self.read = read

    def counts(self, queryset):
        field = self.lookup.removesuffix("__in")
        pages = self.models[0].objects.filter(pk__in=queryset.values("pk"))
        rows = pages.order_by().values_list(field).annotate(Count("pk", distinct=True))
        labels = dict(self.labels)
        return most_first({"code": code, "name": str(labels[code]), "count": count} for code, count in rows if code)

    def apply(self, queryset, values_given):
        value = self.read(self.parameters[0], values_given[self.parameters[0]])
        return queryset.filter(pk__in=self.models[0].objects.filter(**{self.lookup: value}).values("pk"))


class ValidityFilter(PageFilter):
    """Documents whose validity is one of the given codes as of a day."""

    parameters = ("validity", "as_of")
    schemas = {"validity": _codes(Validity.values), "as_of": DATE}

    def apply(self, queryset, values_given):
        codes = values.choices("validity", values_given["validity"], Validity.values)
        day = values.date("as_of", values_given["as_of"]) if "as_of" in values_given else timezone.localdate()
        return queryset.filter(validity_is(DirectivePage.objects.filter(pk__in=queryset.values("pk")), codes, day))


class PeriodFilter(PageFilter):
    """Plans of a period, or of one inside it."""

    parameters = ("period",)
    schemas = {"period": {"type": "string", "pattern": "^[0-9]{4}(-(H[12]|Q[1-4]|0[1-9]|1[0-2]))?$"}}

    def apply(self, queryset, values_given):
        try:
            period = parse_period(values.text("period", values_given["period"], 10))
        except ValueError as error:
            raise BadParameter("period", "must look like 2021, 2021-H2, 2021-Q3 or 2021-07") from error
        plans = TaskPlanPage.objects.filter(period_start__gte=period.start, period_end__lte=period.end)
        return queryset.filter(pk__in=plans.values("pk"))


class YearFilter(PageFilter):
    """What belongs to a year: by publication date, issue date or period."""

    parameters = ("year",)
    schemas = {"year": {"type": "integer", "minimum": 1000, "maximum": 9999}}

    has_counts = True

    def counts(self, queryset):
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

    def apply(self, queryset, values_given):
        year = values.year("year", values_given["year"])
        span = (datetime.date(year, 1, 1), datetime.date(year, 12, 31))
        return queryset.filter(
            Q(pk__in=ArticlePage.objects.filter(published_on__range=span).values("pk"))
            | Q(pk__in=DirectivePage.objects.filter(issued_on__range=span).values("pk"))
            | Q(pk__in=TaskPlanPage.objects.filter(period_start__lte=span[1], period_end__gte=span[0]).values("pk"))
        )


class PublishedFilter(PageFilter):
    """By publication: an article's own date, otherwise the day of its first publication."""

    def __init__(self, parameter, lookup):
        super().__init__()
        self.parameters = (parameter,)
        self.schemas = {parameter: DATE}
        self.lookup = lookup

    def apply(self, queryset, values_given):
        day = values.date(self.parameters[0], values_given[self.parameters[0]])
        articles = ArticlePage.objects.all()
        dated = articles.filter(**{f"published_on__{self.lookup}": day})
        return queryset.filter(
            Q(pk__in=dated.values("pk"))
            | Q(**{f"first_published_at__date__{self.lookup}": day}) & ~Q(pk__in=articles.values("pk"))
        )


def public_directives():
    """The public documents."""
    return DirectivePage.objects.filter(pk__in=public_pages().values("pk"))


def public_plans():
    """The public plans."""
    return TaskPlanPage.objects.filter(pk__in=public_pages().values("pk"))


def public_issuers():
    """The issuers that a public document names."""
    return Issuer.objects.filter(pk__in=public_directives().values("directive_issuers__issuer"))


def public_sectors():
    """The sectors that a public document has."""
    return Sector.objects.filter(pk__in=public_directives().values("sector"))


def public_units():
    """The units that a public plan names."""
    plans = public_plans()
    return Unit.objects.filter(
        Q(pk__in=plans.values("organisation"))
        | Q(pk__in=plans.values("tasks__lead_unit"))
        | Q(pk__in=plans.values("tasks__supporting_units"))
    )


def public_tags():
    """The tags of public articles."""
    articles = ArticlePage.objects.filter(pk__in=public_pages().values("pk"))
    return Tag.objects.filter(pk__in=articles.values("tagged_items__tag"))


def register() -> None:
    """Adds the filters and orderings of this app to the API."""
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
            _codes(Level.values),
            Level.choices,
        )
    )
    register_filter(
        LookupFilter(
            "document_type",
            DirectivePage,
            "document_type__in",
            lambda name, value: values.choices(name, value, document_types.NAMES),
            _codes(document_types.NAMES),
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
