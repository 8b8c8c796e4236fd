"""Which pages list others without referring to them. Apps above this one register here."""

from collections.abc import Callable, Iterable
from typing import Any

_fan_outs: dict[str, Callable[..., Any]] = {}


def register_fan_out(name: str, function: Callable[..., Any]) -> None:
    """Register `function(page_ids) -> ids` of the pages that show something of these without referring to them, such
    as a list.
    """
    _fan_outs[name] = function


def fan_out(page_ids: Iterable[int]) -> set[int]:
    """Return the pages that show something of `page_ids` without referring to them."""
    return {pk for function in _fan_outs.values() for pk in function(page_ids)}
