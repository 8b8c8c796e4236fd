"""How a draft is shown: represented as the API would, rendered as the public site would.

`cms.api` and the public site register their halves, so that neither knows the other nor a page type.
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

_representer: Callable[..., dict]
_renderer: Callable[..., HttpResponse]


def represent_with(function: Callable[..., dict]) -> None:
    """Register `function(page) -> dict`, the API form of a page, saved or not."""
    global _representer
    _representer = function


def render_with(function: Callable[..., HttpResponse]) -> None:
    """Register `function(representation, request, *, preview) -> HttpResponse`."""
    global _renderer
    _renderer = function


def render_preview(page: Any, request: HttpRequest) -> HttpResponse:
    """Return the response that shows the unsaved `page` in the templates of the public site."""
    return _renderer(_representer(page), request, preview=True)
