"""Who keeps something beside the items of pages, such as the search: written with them, gone with them."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from cms.core.batches import batches


@dataclass(frozen=True)
class Companion:
    """`prepare(model, form)` works out what is kept of a page, its columns by name, without a lock (None: nothing);
    `write({item: made})` stores it, in rows of `model` that have the item's key. `differing(model, before, after,
    fill)` are the columns that differ between two forms of a page as they are kept, `fill(part)` being what is sent of
    a part of one. `check()` counts what is wrong with what the database derives
    of the rows.
    """

    model: type[Model]
    prepare: Callable[[type, dict[str, Any]], dict[str, Any] | None]
    write: Callable[[dict[int, Any]], None]
    differing: Callable[[type, dict[str, Any], dict[str, Any], Callable[[Any], Any]], dict[str, Any]]
    check: Callable[[], Counter[str]]


_companions: dict[str, Companion] = {}


def register_companion(name: str, companion: Companion) -> None:
    """Register one."""
    _companions[name] = companion


def kept_beside(item_ids: Iterable[int]) -> dict[int, dict[str, Model]]:
    """Return the rows that are kept of each item, by the name of the companion."""
    ids = list(item_ids)
    found: dict[int, dict[str, Model]] = {pk: {} for pk in ids}
    for name, companion in _companions.items():
        for batch in batches(ids):
            for pk, row in companion.model._default_manager.in_bulk(batch).items():
                found[pk][name] = row
    return found


def are_right(rows: dict[str, Model], made: dict[str, dict[str, Any]]) -> bool:
    """Return whether the rows that are kept of an item are what was made of it now."""
    return rows.keys() == made.keys() and all(
        getattr(rows[name], column) == value for name, columns in made.items() for column, value in columns.items()
    )


def check_companions() -> Counter[str]:
    """Remove rows of items that are no pages, which there must not be; return how many there were, and how much is
    wrong with what the database derives.
    """
    found: Counter[str] = Counter()
    for name, one in _companions.items():
        strange = one.model._default_manager.filter(item__page_id=None)
        if count := strange.count():
            strange.delete()
            found[f"{name}: strange"] += count
        found += one.check()
    return found


def companions() -> dict[str, Companion]:
    """Return the companions by name."""
    return _companions
