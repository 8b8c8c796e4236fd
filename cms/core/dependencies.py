"""What an answer depends on, by names that whoever makes it knows: passed on in a header, and gathered from the answers
of which another one is put together. Whoever keeps answers learns by it which still hold after a change.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar
from urllib.parse import quote, unquote

HEADER = "Depends-On"
# What every change touches: for answers of which nobody says what they depend on.
ALL = "all"
# The day of the site, with which derived values change; no change touches it.
DAY = "day"
# Of answers that hold in no case: something in them could not be made as it should be.
NEVER = "never"

T = TypeVar("T")


class Gathered:
    """What an answer that is being made depends on, and what has been asked for it."""

    def __init__(self) -> None:
        self.names: set[str] = set()
        self.asked: dict[str, Any] = {}


_gathered: ContextVar[Gathered | None] = ContextVar("gathered", default=None)


def to_header(names: Iterable[str]) -> str:
    """Return the value of the header."""
    return " ".join(quote(name, safe=":/._-?=&") for name in sorted(names)) or ALL


def from_header(value: str | None) -> frozenset[str]:
    """Return the names in the header; an answer without it depends on everything."""
    return frozenset(map(unquote, value.split())) if value else frozenset({ALL})


def note(names: Iterable[str]) -> None:
    """Note that what is being made depends on these too."""
    gathered = _gathered.get()
    if gathered is not None:
        gathered.names.update(names)


def noted() -> frozenset[str]:
    """Return what was noted so far."""
    gathered = _gathered.get()
    return frozenset(gathered.names) if gathered is not None else frozenset()


def once(name: str, ask: Callable[[], T]) -> T:
    """Return what `ask` gives, asked once for all of which one answer is made."""
    gathered = _gathered.get()
    if gathered is None:
        return ask()
    if name not in gathered.asked:
        gathered.asked[name] = ask()
    found: T = gathered.asked[name]
    return found


@contextmanager
def gathering() -> Iterator[Gathered]:
    """Gather what is noted inside."""
    gathered = Gathered()
    token = _gathered.set(gathered)
    try:
        yield gathered
    finally:
        _gathered.reset(token)
