"""Paging by the last item instead of by counting: what is added or removed meanwhile shifts nothing."""

import base64
import json
import re
from dataclasses import dataclass
from typing import Any

from cms.store.selection import BY_NUMBER, Place

from .problems import BadParameter


@dataclass(frozen=True)
class Order:
    """By what a listing is ordered: `name` as in the parameter `order`, the sort key behind it; what is unknown comes
    last, then the id decides.
    """

    name: str
    key: str

    @property
    def is_descending(self) -> bool:
        """Whether it goes from large to small."""
        return self.name.startswith("-")


BY_ID = Order("id", BY_NUMBER)


def cursor_of(order: Order, place: Place) -> str:
    """Return the cursor that stands at an item."""
    value: Any = None if place.unknown else place.number if order.key == BY_NUMBER else place.value
    text = json.dumps([order.name, value, place.number], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def place_of(order: Order, cursor: str) -> Place:
    """Return where a cursor stands. Raise BadParameter for one that was not given for this order."""
    try:
        name, value, number = json.loads(base64.urlsafe_b64decode(f"{cursor}{'=' * (-len(cursor) % 4)}"))
    except (ValueError, TypeError, RecursionError) as error:
        raise _refused() from error
    if name != order.name or type(number) is not int or not -(2**63) <= number < 2**63:
        raise _refused()
    if order.key == BY_NUMBER:
        if value != number:
            raise _refused()
        return Place(False, "", number)
    if value is not None and not (isinstance(value, str) and _is_storable(value)):
        raise _refused()
    return Place(value is None, value or "", number)


def _is_storable(value: str) -> bool:
    """Return whether a database can take a text: JSON may name halves of a pair, which no encoding has."""
    return "\x00" not in value and not re.search("[\ud800-\udfff]", value)


def _refused() -> BadParameter:
    return BadParameter("cursor", "is none that this listing gave in this order")
