"""Rows of the change log and items as other apps get them: by the feed, by webhooks, in a snapshot."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from django.urls import reverse

from .models import Change, Form, Item
from .projection.registry import collections, page_types
from .reading import fresh, texts_of
from .replica import read
from .selection import Place, Row
from .version import is_fresh

# Endpoints whose items have numbers, and those that have no address for each item.
NUMBERED = {"images", "documents", "redirects"}
WITHOUT_DETAIL = {"site", "document-types"}
# Items that a snapshot reads at a time.
PORTION = 200


def known_types() -> set[str]:
    """Return every type that a row may have: page types, and names of endpoints."""
    return page_types().keys() | collections().keys()


def is_page(type_of_row: str) -> bool:
    """Return whether a row of this type is about a page; of everything else the type is the name of its endpoint."""
    return "." in type_of_row


def rows_after(since: int, until: int, limit: int, types: Sequence[str] | None = None) -> list[Change]:
    """Return the rows after the number `since` up to `until`, at most `limit`."""
    rows = Change.objects.filter(seq__gt=since, seq__lte=until)
    if types is not None:
        rows = rows.filter(type__in=types)
    return list(rows[:limit])


def row_form(row: Change, base: str) -> dict[str, Any]:
    """Return the API form of a row; `base` is the address of the site."""
    has_number = is_page(row.type) or row.type in NUMBERED
    return {
        "seq": row.seq,
        "kind": row.kind,
        "at": row.at.isoformat(),
        "type": row.type,
        "id": int(row.key) if has_number else row.key,
        "gone": row.gone,
        "first": row.first,
        "path": row.path or None,
        "old_path": row.old_path or None,
        "detail_url": None if row.gone else f"{base}{address_of(row)}",
    }


def address_of(row: Change) -> str:
    """Return where the object of a row is fetched: the path of an endpoint."""
    if row.type in WITHOUT_DETAIL:
        return reverse(f"api:{row.type}:listing")
    return reverse(f"api:{'pages' if is_page(row.type) else row.type}:detail", args=[row.key])


def forms_of_rows(rows: Sequence[Change], base: str) -> dict[tuple[str, str], str]:
    """Return the forms (JSON) of the objects of rows as they are now, by type and key; of what is public still."""
    keys: dict[str, set[str]] = {}
    for row in rows:
        keys.setdefault(row.type, set()).add(row.key)
    found: list[Row] = []
    for kind, wanted in keys.items():
        found += _rows(Item.objects.filter(type=kind, key__in=sorted(wanted)))
    return {(row.type, row.key): text for row, text in _with_texts(found, base)}


def all_items(base: str, after: tuple[str, str] | None = None) -> Iterator[tuple[str, str, str]]:
    """Yield type, key and form (JSON) of every public object, in the order of type and key, from behind `after`.

    Read in short portions, so that it holds up nobody and takes no memory; what changes meanwhile the feed tells.
    """
    while True:
        rows = read(partial(_portion, after))
        if not rows:
            return
        for row, text in _with_texts(rows, base):
            yield row.type, row.key, text
        after = rows[-1].type, rows[-1].key


def _portion(after: tuple[str, str] | None) -> list[Row]:
    items = Item.objects.order_by("type", "key")
    if after is None:
        return _rows(items[:PORTION])
    kind, key = after
    found = _rows(items.filter(type=kind, key__gt=key)[:PORTION])
    if len(found) < PORTION:
        found += _rows(items.filter(type__gt=kind)[: PORTION - len(found)])
    return found


def _rows(items: Any) -> list[Row]:
    nowhere = Place(False, "", 0)
    found = list(items)
    texts = dict(Form.objects.filter(pk__in=[item.pk for item in found]).values_list("pk", "detail"))
    return [
        Row(
            item.pk,
            item.type,
            item.key,
            item.number,
            item.next_change_on,
            is_fresh(item.stale, item.version),
            texts[item.pk],
            nowhere,
        )
        for item in found
        # What was removed in between is told by the feed.
        if item.pk in texts
    ]


def _with_texts(rows: Sequence[Row], base: str) -> list[tuple[Row, str]]:
    rows = fresh(rows, listing=False)
    return list(zip(rows, texts_of(rows, base, listing=False), strict=True))
