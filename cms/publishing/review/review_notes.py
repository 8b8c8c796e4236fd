"""What reviewers should know of a page beside its own fields: page types register here, the review screen asks."""

from collections.abc import Callable

from wagtail.models import Page

_notes: list[Callable] = []


def register_review_note(function: Callable) -> None:
    """Register `function(page) -> str`: a sentence about the content that is submitted, "" for nothing."""
    _notes.append(function)


def review_notes(page: Page) -> list[str]:
    """Return the sentences about `page`."""
    return [said for function in _notes if (said := function(page))]
