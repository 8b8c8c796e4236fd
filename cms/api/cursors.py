"""Paging by the last item instead of by counting: what is added or removed meanwhile shifts nothing."""

import base64
import json
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F, Q, QuerySet

from .problems import BadParameter


@dataclass(frozen=True)
class Order:
    """By what a listing is ordered: `name` as in the parameter `order`, the field behind it; what is unknown comes
    last, then the id decides.
    """

    name: str
    expression: str

    @property
    def is_descending(self) -> bool:
        """Whether it goes from large to small."""
        return self.name.startswith("-")


def marked(queryset: QuerySet, order: Order) -> Any:
    """`queryset` with what each item's cursor needs."""
    return queryset.annotate(_cursor=F(order.expression))


def after(queryset: QuerySet, order: Order, cursor: str) -> Any:
    """Return a marked `queryset` without what stands at or before `cursor`.

    Raise BadParameter for one that was not given for this order.
    """
    value, pk = decode(order, cursor)
    if value is None:
        return queryset.filter(_cursor=None, pk__gt=pk)
    beyond = {f"_cursor__{'lt' if order.is_descending else 'gt'}": value}
    try:
        return queryset.filter(Q(_cursor=value, pk__gt=pk) | Q(**beyond) | Q(_cursor=None))
    except (ValueError, TypeError, ValidationError) as error:
        raise _refused() from error


def cursor_of(order: Order, item: Any) -> str:
    """Return the cursor that stands at `item` of a marked queryset."""
    value = item._cursor
    plain = value.isoformat() if hasattr(value, "isoformat") else value
    text = json.dumps([order.name, plain, item.pk], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def decode(order: Order, cursor: str) -> Any:
    """Value and id at which `cursor` stands."""
    try:
        name, value, pk = json.loads(base64.urlsafe_b64decode(f"{cursor}{'=' * (-len(cursor) % 4)}"))
    except (ValueError, TypeError) as error:
        raise _refused() from error
    if name != order.name or type(pk) is not int or not isinstance(value, str | int | None) or "\x00" in str(value):
        raise _refused()
    return value, pk


def _refused():
    return BadParameter("cursor", "is none that this listing gave in this order")
