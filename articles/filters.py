"""The filters that the page types add to the listing of pages."""

from typing import Any

from cms.api import values
from cms.api.filters import CodeFilter, EntryFilter, RangeFilter
from cms.api.registry import Ordering, PageFilter, register_filter, register_ordering
from cms.core.schemas import DATE
from cms.store.conditions import Condition, has_term

from .directives import document_types
from .directives.filters import ReferenceFilter, ValidityFilter
from .plans.filters import PeriodFilter
from .register.models import Level

ARTICLE, DIRECTIVE, PLAN = "articles.ArticlePage", "articles.DirectivePage", "articles.TaskPlanPage"


class YearFilter(PageFilter):
    """What belongs to a year: by publication date, issue date or period."""

    parameters = ("year",)
    schemas = {"year": {"type": "integer", "minimum": 1000, "maximum": 9999}}
    counted = "year"

    def condition(self, values_given: dict[str, str]) -> Condition:
        return has_term("year", [str(values.year("year", values_given["year"]))])

    def named(self, value: str) -> tuple[Any, str]:
        return int(value), value

    def in_order(self, counts: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return sorted(counts, key=lambda one: -one["code"])


def register() -> None:
    """Add the filters and orderings of this app to the API."""
    for parameter, page_type, collection in (
        ("category", ARTICLE, "categories"),
        ("tag", ARTICLE, "tags"),
        ("issuer", DIRECTIVE, "issuers"),
        ("sector", DIRECTIVE, "sectors"),
        ("unit", PLAN, "units"),
    ):
        register_filter(EntryFilter(parameter, page_type, collection))
    register_filter(CodeFilter("level", DIRECTIVE, Level.choices))
    register_filter(CodeFilter("document_type", DIRECTIVE, document_types.CHOICES))
    register_filter(ReferenceFilter(DIRECTIVE))
    for word, is_lower in (("after", True), ("before", False)):
        for field in ("issued", "expires"):
            register_filter(RangeFilter(f"{field}_{word}", f"{field}_on", is_lower, values.date, DATE, DIRECTIVE))
        # An article's own date, otherwise the day of the first publication.
        register_filter(RangeFilter(f"published_{word}", "published", is_lower, values.date, DATE))
    register_filter(ValidityFilter(DIRECTIVE))
    register_filter(PeriodFilter(PLAN))
    register_filter(YearFilter(ARTICLE, DIRECTIVE, PLAN))

    for name in ("published_on", "featured_until"):
        register_ordering(name, Ordering(name, (ARTICLE,)))
    for name in ("issued_on", "effective_on", "expires_on", "reference"):
        register_ordering(name, Ordering(name, (DIRECTIVE,)))
    register_ordering("period", Ordering("period", (PLAN,)))
