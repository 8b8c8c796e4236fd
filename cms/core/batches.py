"""Many ids in portions that every database takes in one query."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

SIZE = 500
T = TypeVar("T", int, str)


def batches(ids: Iterable[T]) -> Iterator[list[T]]:
    """Yield `ids` in order, at most 500 at a time. (SQLite takes 1,000 values in a condition.)"""
    ordered = sorted(ids)
    for start in range(0, len(ordered), SIZE):
        yield ordered[start : start + SIZE]
