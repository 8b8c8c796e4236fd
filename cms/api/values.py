"""Reading the values of query parameters: a bad one is a 400 that names the parameter."""

import datetime
import re
from typing import Any

from cms.store.projection.field_names import is_page_type

from .problems import BadParameter

MAX_ITEMS = 100
_LAST_ID = 2**63 - 1
# What `type` may say for pages of every type.
ANY = "wagtailcore.Page"


def text(parameter: str, value: str, max_length: int = 500) -> str:
    """Return a line of text. PostgreSQL can't hold NUL, and a query is no place for a book."""
    if "\x00" in value:
        raise BadParameter(parameter, "must not contain a NUL character")
    if len(value) > max_length:
        raise BadParameter(parameter, f"must not be longer than {max_length} characters")
    return value


def integer(parameter: str, value: str, low: int = 0, high: int = _LAST_ID) -> int:
    """Return a decimal integer between `low` and `high`."""
    if not re.fullmatch(r"\d{1,19}", value, re.ASCII) or not low <= int(value) <= high:
        raise BadParameter(parameter, f"must be an integer from {low} to {high}")
    return int(value)


def items(parameter: str, value: str) -> list[str]:
    """Several values, parted by commas."""
    values = text(parameter, value, 4000).split(",")
    if not all(values):
        raise BadParameter(parameter, "has an empty item")
    if len(values) > MAX_ITEMS:
        raise BadParameter(parameter, f"takes at most {MAX_ITEMS} items")
    return values


def choices(parameter: str, value: str, allowed: Any) -> list[str]:
    """Several codes, each one of `allowed`."""
    allowed = list(allowed)
    values = items(parameter, value)
    for item in values:
        if item not in allowed:
            raise BadParameter(parameter, f"{item!r} is none of {', '.join(allowed)}")
    return values


def date(parameter: str, value: str) -> datetime.date:
    """Return a date in ISO 8601: `2016-09-15`."""
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII):
        try:
            return datetime.date.fromisoformat(value)
        except ValueError:
            pass
    raise BadParameter(parameter, "must be a date like 2016-09-15")


def year(parameter: str, value: str) -> int:
    """Return a year of four digits."""
    return integer(parameter, value, 1000, 9999)


def page_types(parameter: str, value: str) -> list[str]:
    """Return the page types in a value of `type`; none where it names all."""
    names = items(parameter, value)
    for name in names:
        if name != ANY and not is_page_type(name):
            raise BadParameter(parameter, "names something that is not a page type")
    return [] if ANY in names else list(dict.fromkeys(names))
