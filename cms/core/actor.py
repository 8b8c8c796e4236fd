"""Who is at work: known to what happens deep inside an admin request, such as the record."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_actor: ContextVar = ContextVar("actor", default=None)


def current_actor() -> Any:
    """Return the user whose request is being answered; None for the system."""
    return _actor.get()


@contextmanager
def acting(user: Any) -> Iterator[Any]:
    """Make `user` the actor of what happens inside; an anonymous one is nobody."""
    token = _actor.set(user if getattr(user, "is_authenticated", False) else None)
    try:
        yield
    finally:
        _actor.reset(token)
