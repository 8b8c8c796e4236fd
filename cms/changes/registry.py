"""Who follows what is public: functions that run in the transaction of a change."""

from collections.abc import Callable

_followers: dict[str, Callable] = {}


def follow_page(name: str, function: Callable) -> None:
    """Calls `function(page)` whenever the stored content of a page may have changed.

    `page` is the specific page as it is stored; it may not be live (any more). What the function raises fails the publication.
    `name` identifies it, so that registering twice has no effect.
    """
    _followers[name] = function


def notify_page(page) -> None:
    """Tells every follower about `page`."""
    for function in _followers.values():
        function(page)
