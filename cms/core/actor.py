"""Who is at work: known to what happens deep inside an admin request, such as the record."""

from contextlib import contextmanager
from contextvars import ContextVar

_actor: ContextVar = ContextVar("actor", default=None)


def current_actor():
    """Return the user whose request is being answered; None for the system."""
    return _actor.get()


@contextmanager
def acting(user):
    """Make `user` the actor of what happens inside; an anonymous one is nobody."""
    token = _actor.set(user if getattr(user, "is_authenticated", False) else None)
    try:
        yield
    finally:
        _actor.reset(token)
