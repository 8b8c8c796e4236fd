"""Many ids in portions that every database takes in one query."""

from collections.abc import Iterable, Iterator
from typing import Any

SIZE = 500


def batches(ids: Iterable[int]) -> Iterator[Any]:
    """Yield `ids` in order, at most 500 at a time. (SQLite takes 1,000 values in a condition.)"""
    ids = sorted(ids)
    for start in range(0, len(ids), SIZE):
        yield ids[start : start + SIZE]
