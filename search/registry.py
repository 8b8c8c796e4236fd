"""Page types register what search finds of them."""

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass
class SearchText:
    """What is found of one page, taken from its API form, so that nothing is found that is not public.

    `body` may be nested: blocks, lists and HTML are flattened. `date` is what stands beside the result, in ISO 8601.
    """

    title: str
    summary: str = ""
    reference: str = ""
    body: list = field(default_factory=list)
    date: str | None = None


_types: dict[type, Callable[[dict], SearchText]] = {}


def register_page_type(model: type, function: Callable[[dict], SearchText]) -> None:
    """Registers `function(form) -> SearchText` for a page type; types without one are not searched."""
    _types[model] = function


def text_of(model: type, form: dict) -> SearchText | None:
    """The text of a page of type `model` with the API form `form`."""
    function = _types.get(model)
    return function(form) if function else None
