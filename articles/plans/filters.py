"""The filter of the listing of pages that only plans have."""

from wagtail.query import PageQuerySet

from cms.api import values
from cms.api.problems import BadParameter
from cms.api.registry import PageFilter

from .models import TaskPlanPage
from .periods import parse_period


class PeriodFilter(PageFilter):
    """Plans of a period, or of one inside it."""

    parameters = ("period",)
    schemas = {"period": {"type": "string", "pattern": "^[0-9]{4}(-(H[12]|Q[1-4]|0[1-9]|1[0-2]))?$"}}

    def apply(self, queryset: PageQuerySet, values_given: dict[str, str]) -> PageQuerySet:
        try:
            period = parse_period(values.text("period", values_given["period"], 10))
        except ValueError as error:
            raise BadParameter("period", "must look like 2021, 2021-H2, 2021-Q3 or 2021-07") from error
        plans = TaskPlanPage.objects.filter(period_start__gte=period.start, period_end__lte=period.end)
        return queryset.filter(pk__in=plans.values("pk"))
