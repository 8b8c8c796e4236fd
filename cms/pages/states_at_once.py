"""The states of the pages that one answer shows, asked for together."""

from collections.abc import Iterable
from weakref import WeakKeyDictionary

from django.http import HttpRequest
from wagtail.models import Page

from .states import PageState, state_of, states_of

_of_requests: WeakKeyDictionary[HttpRequest, dict[int, PageState]] = WeakKeyDictionary()


def ask_at_once(request: HttpRequest, pages: Iterable[Page]) -> None:
    """Find the states of `pages`, for the answer to `request`."""
    _of_requests[request] = {**_of_requests.get(request, {}), **states_of(pages)}


def state_for(request: HttpRequest | None, page: Page, beside: Iterable[Page]) -> PageState:
    """Return the state of `page`; those of the pages `beside` it in the answer are found with it."""
    if request is None:
        return state_of(page)
    if page.pk not in _of_requests.get(request, {}):
        ask_at_once(request, beside)
    return _of_requests[request].get(page.pk) or state_of(page)
