"""What readers are told of a page beside its content: that it was withdrawn, what changed since it was published, and
what stands in its place.
"""

from collections.abc import Callable, Iterable
from typing import Any

_withdrawals: list[Callable[..., Any]] = []
_updates: list[Callable[..., Any]] = []
_stand_ins: list[Callable[..., Any]] = []


def register_withdrawals(function: Callable[..., Any]) -> None:
    """Register `function(page_ids) -> {id: {"reason", "date"}}`: the pages that stay readable under a notice."""
    _withdrawals.append(function)


def withdrawals(page_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Return the notices of the withdrawn ones among the pages, by id."""
    return {pk: notice for function in _withdrawals for pk, notice in function(page_ids).items()}


def register_updates(function: Callable[..., Any]) -> None:
    """Register `function(page_ids) -> {id: [{"kind", "note", "date"}]}`: the changes that readers are told of."""
    _updates.append(function)


def updates(page_ids: Iterable[int]) -> dict[int, list[dict[str, Any]]]:
    """Return the changes of the pages that readers are told of, by id, newest first."""
    return {pk: found for function in _updates for pk, found in function(page_ids).items()}


def register_stand_in(function: Callable[..., Any]) -> None:
    """Register `function(address) -> dict | None`: what the look-up says of an address at which a page was taken
    down.
    """
    _stand_ins.append(function)


def stand_in(address: str) -> dict[str, Any] | None:
    """Return what stands at `address` in place of a page that was taken down, or None."""
    return next((found for function in _stand_ins if (found := function(address)) is not None), None)
