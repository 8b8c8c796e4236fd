"""Forms as they are sent: fresh, with the site's address, as of a day. Nothing here asks a page."""

import json
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from datetime import date
from typing import Any

from django.utils import timezone

from cms.core.dependencies import NEVER, note

from .addresses import normal_address
from .models import Form, Item
from .models.items import address_key
from .notices import notice_at
from .projection.registry import on_day_of
from .projection.texts import compact, filled
from .refreshing import refresh
from .replica import from_primary
from .selection import Place, Row
from .version import is_fresh, needs_refreshing

_LAST_NUMBER = 2**63 - 1


def texts_of(rows: Sequence[Row], base: str, day: date | None = None, listing: bool = True) -> list[str]:
    """Return the forms of items as JSON, for the site at `base`, as of `day` (default: today)."""
    rows = fresh(rows, listing)
    asked = day or timezone.localdate()
    return [filled(_as_of(row, day, asked, listing), base, asked) for row in rows]


def _as_of(row: Row, day: date | None, asked: date, listing: bool) -> str:
    on_day = on_day_of(row.type)
    if on_day is None or (day is None and (row.next_change_on is None or row.next_change_on > asked)):
        return row.text
    return compact(on_day(json.loads(row.text), asked))


def fresh(rows: Sequence[Row], listing: bool) -> list[Row]:
    """Return `rows` with stale forms made anew; what is not public any more is left out."""
    stale = [row.item for row in rows if not row.is_fresh]
    if not stale:
        return list(rows)
    refresh(stale)
    with from_primary():
        return _made_anew(rows, stale, listing)


def _made_anew(rows: Sequence[Row], stale: list[int], listing: bool) -> list[Row]:
    texts = {
        item: (listed or detail) if listing else detail
        for item, detail, listed in Form.objects.filter(pk__in=stale).values_list("pk", "detail", "listing")
    }
    days = dict(Item.objects.filter(pk__in=stale).values_list("pk", "next_change_on"))
    if Item.objects.filter(needs_refreshing(), pk__in=stale).exists():
        # One could not be made: it is shown as it was, and nobody is to keep that.
        note({NEVER})
    return [
        row
        if row.is_fresh
        else Row(row.item, row.type, row.key, row.number, days[row.item], True, texts[row.item], row.place)
        for row in rows
        if row.is_fresh or row.item in texts
    ]


def find(**which: Any) -> Row | None:
    """Return the item with these values (of the columns of `Item`), with its detail; None where there is none."""
    # What no column can hold nothing has; SQLite's driver would fail.
    if any(isinstance(value, int) and value > _LAST_NUMBER for value in which.values()):
        return None
    item = Item.objects.filter(**which).select_related("form").first()
    if item is None:
        return None
    fresh = is_fresh(item.stale, item.version)
    return Row(
        item.pk, item.type, item.key, item.number, item.next_change_on, fresh, item.form.detail, Place(False, "", 0)
    )


def page_at(address: str) -> Row | None:
    """Return the public page at an address of the site (a path), or None."""
    return find(address=address_key(normal_address(address)), page_id__isnull=False)


def addresses(offset: int, limit: int) -> list[tuple[str, str]]:
    """Return the paths of public pages on the site, in the order of their ids, each with the moment of its last
    publication (UTC, ISO 8601; "" where unknown).
    """
    pages = Item.objects.exclude(page_id=None).filter(sort_keys__name="last_published_at").order_by("page_id")
    return list(pages.values_list("path", "sort_keys__value")[offset : offset + limit])


def stand_in(address: str, base: str) -> dict[str, Any] | None:
    """Return what a look-up says of `address`, at which a page was taken down, or None."""
    notice = notice_at(address)
    if notice is None:
        return None
    target = Item.objects.filter(page_id=notice.target_id).values_list("pk", flat=True) if notice.target_id else []
    return {**notice.body, "target": next(iter(references(target, base).values()), None)}


def tree_path_of(row: Row) -> str:
    """Return where a page stands in the tree."""
    return Item.objects.values_list("tree_path", flat=True).get(pk=row.item)


def references(items: Iterable[int], base: str) -> dict[int, dict[str, Any]]:
    """Return how others show these items, by item."""
    items = list(items)
    stale = list(Item.objects.filter(needs_refreshing(), pk__in=items).values_list("pk", flat=True))
    if stale:
        refresh(stale)
    with from_primary() if stale else nullcontext():
        rows = list(Item.objects.filter(pk__in=items).values_list("pk", "reference"))
    today = timezone.localdate()
    return {pk: json.loads(filled(text, base, today)) for pk, text in rows if text}
