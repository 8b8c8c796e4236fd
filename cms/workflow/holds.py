"""What keeps approved content back from its publication: other apps register here, the finish action and the review screen ask."""

from collections.abc import Callable

_holds: list[tuple[Callable, Callable]] = []


def register_hold(function: Callable, tell: Callable) -> None:
    """Registers `function(page, revision, user) -> bool`: True where it keeps the approved revision, and publishes it itself later; and
    `tell(page) -> str`, which says to reviewers what will become of the page ("" for nothing special)."""
    _holds.append((function, tell))


def held(page, revision, user) -> bool:
    """Whether somebody keeps the approved revision back."""
    return any(function(page, revision, user) for function, _tell in _holds)


def what_becomes_of(page) -> list[str]:
    """What reviewers should know of the publication of `page`."""
    return [said for _function, tell in _holds if (said := tell(page))]
