"""What apps above this one keep of pages, for when two people delete or purge one: they register here, since nothing
here may know them.
"""

from collections.abc import Callable

from wagtail.models import Page

_forgets: list[Callable[[Page], None]] = []


def register_trace(forget: Callable[[Page], None]) -> None:
    """Register `forget(page)`, which removes what an app keeps of a page."""
    _forgets.append(forget)


def forget_traces(page: Page) -> None:
    """Let everybody forget `page`."""
    for forget in _forgets:
        forget(page)
