"""What keeps approved content back from its publication: other apps register here, the finish action asks."""

from collections.abc import Callable

_holds: list[Callable] = []


def register_hold(function: Callable) -> None:
    """Registers `function(page, revision, user) -> bool`: True where it keeps the approved revision, and publishes it itself later."""
    _holds.append(function)


def held(page, revision, user) -> bool:
    """Whether somebody keeps the approved revision back."""
    return any(function(page, revision, user) for function in _holds)
