"""The filter of the listing of pages that only plans have."""

from cms.api import values
from cms.api.problems import BadParameter
from cms.api.registry import PageFilter
from cms.store.conditions import Condition, all_of, in_range

from .periods import parse_period


class PeriodFilter(PageFilter):
    """Plans of a period, or of one inside it."""

    parameters = ("period",)
    schemas = {"period": {"type": "string", "pattern": "^[0-9]{4}(-(H[12]|Q[1-4]|0[1-9]|1[0-2]))?$"}}

    def condition(self, values_given: dict[str, str]) -> Condition:
        try:
            period = parse_period(values.text("period", values_given["period"], 10))
        except ValueError as error:
            raise BadParameter("period", "must look like 2021, 2021-H2, 2021-Q3 or 2021-07") from error
        return all_of(
            in_range("period", low=period.start.isoformat()), in_range("period_end", high=period.end.isoformat())
        )
