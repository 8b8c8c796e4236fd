"""The filters of pages that several types have."""

from typing import Any

from cms.api import values
from cms.api.filters import RangeFilter
from cms.api.registry import PageFilter, register_filter
from cms.core.schemas import DATE
from cms.store.conditions import Condition, has_term

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
    """Add them to the API."""
    register_filter(YearFilter(ARTICLE, DIRECTIVE, PLAN))
    for word, is_lower in (("after", True), ("before", False)):
        # An article's own date, otherwise the day of the first publication.
        register_filter(RangeFilter(f"published_{word}", "published", is_lower, values.date, DATE))
