"""What keeps approved content back from its publication: other apps register here, the finish action and the review
screen ask.
"""

from collections.abc import Callable, Iterable
from typing import Any

from wagtail.models import Page

_holds: list[tuple[Callable, Callable, Callable]] = []


def register_hold(function: Callable, tell: Callable, names: Callable) -> None:
    """Register `function(page, revision, user) -> bool`: True where it keeps the approved revision, and publishes it
    itself later; and `tell(page) -> str`, which says to reviewers what will become of the page ("" for nothing
    special); and `names(page_ids) -> {page_id: name}` of what waits for these pages.
    """
    _holds.append((function, tell, names))


def held(page: Page, revision: Any, user: Any) -> bool:
    """Return whether somebody keeps the approved revision back."""
    return any(function(page, revision, user) for function, _tell, _names in _holds)


def what_becomes_of(page: Page) -> list[str]:
    """Return what reviewers should know of the publication of `page`."""
    return [said for _function, tell, _names in _holds if (said := tell(page))]


def names_of_holds(page_ids: Iterable[int]) -> dict[int, str]:
    """Return what waits for these pages, by their numbers."""
    return {pk: name for _function, _tell, names in _holds for pk, name in names(page_ids).items()}
