"""Dates as Vietnamese offices write them. Pure functions."""

import datetime


def format_date(value: datetime.date) -> str:
    """`05/9/2016`: days below 10 are padded, months only for 1 and 2 (Decree 30/2020, Annex I).

    >>> format_date(datetime.date(2020, 2, 5))
    '05/02/2020'
    """
    month = f"{value.month:02d}" if value.month < 3 else str(value.month)
    return f"{value.day:02d}/{month}/{value.year}"


def month_end(year: int, month: int) -> datetime.date:
    """Return the last day of a month."""
    following = datetime.date(year + month // 12, month % 12 + 1, 1)
    return following - datetime.timedelta(days=1)
