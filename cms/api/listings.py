"""Pages of listings, and answers that are put together of kept forms as they are."""

import json
from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse

from cms.store.selection import Row, Selection

from . import values
from .cursors import Order, cursor_of, place_of
from .problems import BadParameter

DEFAULT_LIMIT = 20
MAX_LIMIT = 100
MAX_OFFSET = 1_000_000


class Paging:
    """What a request asks of a listing: `limit`, and `offset` or `cursor`."""

    def __init__(self, request: HttpRequest) -> None:
        given = request.GET
        self.limit = values.integer("limit", given.get("limit", str(DEFAULT_LIMIT)), 1, MAX_LIMIT)
        self.offset = values.integer("offset", given.get("offset", "0"), 0, MAX_OFFSET)
        self.cursor = values.text("cursor", given["cursor"], 4000) if "cursor" in given else None
        if self.cursor is not None and "offset" in given:
            raise refused_cursor()

    def rows(self, selection: Selection, order: Order) -> tuple[list[Row], str | None]:
        """Return the items of the page, and the cursor of the next one."""
        after = place_of(order, self.cursor) if self.cursor is not None else None
        # One more, to see whether there is more.
        rows = selection.page(order.key, order.is_descending, self.limit + 1, self.offset, after)
        more = len(rows) > self.limit
        return rows[: self.limit], cursor_of(order, rows[self.limit - 1].place) if more else None

    def total(self, selection: Selection, rows: Sequence[Row]) -> int:
        """Return how many items there are; the rows of the page say so where they are all."""
        if self.cursor is None and self.offset == 0 and len(rows) < self.limit:
            return len(rows)
        return selection.count()


def refused_cursor() -> BadParameter:
    """Return the refusal of a cursor where there can be none."""
    return BadParameter("cursor", "goes with an order, and not with offset")


def listing_answer(
    total: int, next_cursor: str | None, texts: Sequence[str], extra: dict[str, Any] | None = None
) -> HttpResponse:
    """Return the answer of a listing, of forms that are JSON already."""
    meta = to_json({"total_count": total, "next_cursor": next_cursor, **(extra or {})})
    return json_answer(f'{{"meta":{meta},"items":[{",".join(texts)}]}}')


def json_answer(text: str) -> HttpResponse:
    """Return an answer whose body is this JSON."""
    return HttpResponse(text.encode(), content_type="application/json")


def to_json(value: Any) -> str:
    """Return JSON as the API writes it."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def reshaped(texts: Sequence[str], change: Callable[[dict[str, Any]], dict[str, Any]] | None) -> list[str]:
    """Return forms changed by `change`; as they are where that is None."""
    return list(texts) if change is None else [to_json(change(json.loads(text))) for text in texts]
