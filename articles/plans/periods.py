"""Reporting periods and deadlines: years, halves, quarters, months, days. Pure functions."""

import datetime
import re
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cms.core.dates import format_date, month_end
from cms.core.text import fold

_CODE = re.compile(r"(?P<year>[12]\d{3})(?:-(?:H(?P<half>[12])|Q(?P<quarter>[1-4])|(?P<month>0[1-9]|1[0-2])))?")


class Precision(models.TextChoices):
    """How precisely a deadline is known."""

    DAY = "day", gettext_lazy("Day")
    MONTH = "month", gettext_lazy("Month")
    QUARTER = "quarter", gettext_lazy("Quarter")
    HALF_YEAR = "half_year", gettext_lazy("Half year")
    ONGOING = "ongoing", gettext_lazy("Ongoing")
    NONE = "none", gettext_lazy("No deadline")


@dataclass(frozen=True)
class Period:
    """A span of whole months. `code` is `2021`, `2021-H2`, `2021-Q3` or `2021-07`."""

    code: str
    start: datetime.date
    end: datetime.date

    @property
    def name(self) -> str:
        """The period as an office calls it."""
        match = _CODE.fullmatch(self.code)
        if match is None:
            return self.code
        year = match["year"]
        if match["half"]:
            return first_half(year) if match["half"] == "1" else second_half(year)
        if match["quarter"]:
            return quarter_name(int(match["quarter"]), year)
        if match["month"]:
            return month_name(int(match["month"]), year)
        return _("Year %(year)s") % {"year": year}


def parse_period(code: str) -> Period:
    """Return the period of that code; ValueError where there is none."""
    match = _CODE.fullmatch(code)
    if not match:
        raise ValueError(f"not a period: {code!r}")
    year, first, months = int(match["year"]), 1, 12
    if match["half"]:
        first, months = 1 + 6 * (int(match["half"]) - 1), 6
    elif match["quarter"]:
        first, months = 1 + 3 * (int(match["quarter"]) - 1), 3
    elif match["month"]:
        first, months = int(match["month"]), 1
    return Period(code, datetime.date(year, first, 1), month_end(year, first + months - 1))


_SPOKEN = [
    (re.compile(r"(?:nam )?(\d{4})"), "{0}"),
    (re.compile(r"(?:6|sau) thang dau nam (\d{4})"), "{0}-H1"),
    (re.compile(r"(?:6|sau) thang cuoi nam (\d{4})"), "{0}-H2"),
    (re.compile(r"quy (iv|iii|ii|i|[1-4]) ?(?:/|nam )? ?(\d{4})"), "{1}-Q{0}"),
    (re.compile(r"thang (0?[1-9]|1[0-2]) ?(?:/|nam )? ?(\d{4})"), "{1}-{0:0>2}"),
]
_ROMAN = {"i": "1", "ii": "2", "iii": "3", "iv": "4"}


def read_period(text: str) -> Period:
    """Return the period that `text` names, as a code or as offices write it; ValueError where it names none.

    >>> read_period("Quý III/2021").code
    '2021-Q3'
    """
    folded = " ".join(fold(text).split())
    for pattern, code in _SPOKEN:
        match = pattern.fullmatch(folded)
        if match:
            return parse_period(code.format(*(_ROMAN.get(part, part) for part in match.groups())))
    return parse_period(folded.upper())


def last_day(precision: str, day: datetime.date) -> datetime.date:
    """Return the last day of the month, quarter or half year in which `day` lies; `day` itself for a day."""
    if precision == Precision.MONTH:
        return month_end(day.year, day.month)
    if precision == Precision.QUARTER:
        return month_end(day.year, (day.month + 2) // 3 * 3)
    if precision == Precision.HALF_YEAR:
        return month_end(day.year, 6 if day.month <= 6 else 12)
    return day


def deadline_name(precision: str, day: datetime.date | None) -> str:
    """Return a deadline as precisely as it is known: `30/9/2021`, `Quý III/2021`, `Thường xuyên`."""
    if precision == Precision.ONGOING:
        return str(Precision.ONGOING.label)
    if precision == Precision.NONE or day is None:
        return str(Precision.NONE.label)
    if precision == Precision.MONTH:
        return month_name(day.month, day.year)
    if precision == Precision.QUARTER:
        return quarter_name((day.month + 2) // 3, day.year)
    if precision == Precision.HALF_YEAR:
        return first_half(day.year) if day.month <= 6 else second_half(day.year)
    return format_date(day)


def month_name(month: int, year: Any) -> str:
    """`Tháng 7/2021`"""
    return _("Month %(month)s/%(year)s") % {"month": month, "year": year}


def quarter_name(quarter: int, year: Any) -> str:
    """`Quý III/2021`"""
    return _("Quarter %(roman)s/%(year)s") % {"roman": ("I", "II", "III", "IV")[quarter - 1], "year": year}


def first_half(year: Any) -> str:
    """`6 tháng đầu năm 2021`"""
    return _("First six months of %(year)s") % {"year": year}


def second_half(year: Any) -> str:
    """`6 tháng cuối năm 2021`"""
    return _("Last six months of %(year)s") % {"year": year}
