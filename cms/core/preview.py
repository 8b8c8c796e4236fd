"""How a draft is shown: represented as the API would, rendered as the public site would.

`cms.api` and the public site register their halves, so that neither knows the other nor a page type.
"""

_representer = None
_renderer = None


def represent_with(function):
    """Register `function(page) -> dict`, the API form of a page, saved or not."""
    global _representer
    _representer = function


def render_with(function):
    """Register `function(representation, request, *, preview) -> HttpResponse`."""
    global _renderer
    _renderer = function


def render_preview(page, request):
    """Return the response that shows the unsaved `page` in the templates of the public site."""
    return _renderer(_representer(page), request, preview=True)
