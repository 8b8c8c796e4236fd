"""Who keeps something beside the items of pages, such as the search: written with them, gone with them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model


@dataclass(frozen=True)
class Companion:
    """`prepare(model, form)` works out what is kept of a page, without a lock (None: nothing); `write({item: made})`
    stores it, in rows of `model` that have the item's key.
    """

    model: type[Model]
    prepare: Callable[[type, dict[str, Any]], Any]
    write: Callable[[dict[int, Any]], None]


_companions: dict[str, Companion] = {}


def register_companion(name: str, companion: Companion) -> None:
    """Register one."""
    _companions[name] = companion


def companions() -> dict[str, Companion]:
    """Return the companions by name."""
    return _companions
