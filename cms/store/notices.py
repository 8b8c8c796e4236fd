"""What readers are told of a page beside its content: that it was withdrawn, and what changed since it was published."""

from collections.abc import Callable

_withdrawals: list[Callable] = []
_updates: list[Callable] = []


def register_withdrawals(function: Callable) -> None:
    """Registers `function(page_ids) -> {id: {"reason", "date"}}`: the pages that stay readable under a notice."""
    _withdrawals.append(function)


def withdrawals(page_ids) -> dict[int, dict]:
    """The notices of the withdrawn ones among the pages, by id."""
    return {pk: notice for function in _withdrawals for pk, notice in function(page_ids).items()}


def register_updates(function: Callable) -> None:
    """Registers `function(page_ids) -> {id: [{"kind", "note", "date"}]}`: the changes that readers are told of."""
    _updates.append(function)


def updates(page_ids) -> dict[int, list[dict]]:
    """The changes of the pages that readers are told of, by id, newest first."""
    return {pk: found for function in _updates for pk, found in function(page_ids).items()}
