"""Who keeps something of the stored content of pages, such as the search. Apps above this one register here."""

from collections.abc import Callable

from django.conf import settings
from django.utils import translation
from wagtail.models import Page

_followers: dict[str, Callable] = {}


def follow_page(name: str, function: Callable) -> None:
    """Call `function(page)` whenever the stored content of a page may have changed.

    `page` is the specific page as it is stored; it may not be live (any more). What the function raises fails the
    publication. `name` identifies it, so that registering twice has no effect.
    """
    _followers[name] = function


def notify_page(page: Page) -> None:
    """Tell every follower about `page`, in the language of the site: what they keep is for readers, whoever is at
    work.
    """
    with translation.override(settings.LANGUAGE_CODE):
        for function in _followers.values():
            function(page)
