"""What the change log has to know of what is public. Apps above this one register here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model


@dataclass(frozen=True)
class PageForms:
    """How the log sees pages: `forms(ids)` and `references(ids)` give {id: dict} of the public ones, as the API shows
    them itself and in others.
    """

    forms: Callable[[Iterable[int]], dict[int, dict[str, Any]]]
    references: Callable[[Iterable[int]], dict[int, dict[str, Any]]]
    type_name: Callable[[type], str]


_page_forms: PageForms | None = None
_collections: dict[str, Callable[[], dict[str, str]]] = {}
_fan_outs: dict[str, Callable[..., Any]] = {}


def register_page_forms(page_forms: PageForms) -> None:
    """Register the API's view of pages."""
    global _page_forms
    _page_forms = page_forms


def page_forms() -> PageForms:
    """Return how the log sees pages."""
    if _page_forms is None:
        raise ImproperlyConfigured("cms.api must be installed: nothing makes the forms of pages.")
    return _page_forms


def register_collection(name: str, stamps: Callable[[], dict[str, str]]) -> None:
    """Register everything public that is no page, by endpoint: `stamps()` gives {key: what changes whenever its API
    form does}.
    """
    _collections[name] = stamps


def collections() -> dict[str, Callable[[], dict[str, str]]]:
    """Return the stamps of everything public that is no page, by endpoint."""
    return _collections


def register_fan_out(name: str, function: Callable[..., Any]) -> None:
    """Register `function(page_ids) -> ids` of the pages that show something of these without referring to them, such
    as a list.
    """
    _fan_outs[name] = function


def fan_out(page_ids: Iterable[int]) -> set[int]:
    """Return the pages that show something of `page_ids` without referring to them."""
    return {pk for function in _fan_outs.values() for pk in function(page_ids)}


_object_fan_outs: dict[str, Callable[..., Any]] = {}


def register_object_fan_out(model: type[Model], function: Callable[..., Any]) -> None:
    """Register `function(ids) -> ids` of the pages that show these instances of `model` in a way that Wagtail's
    reference index does not know.
    """
    _object_fan_outs[model._meta.label] = function


def object_fan_out(label: str, ids: Iterable[int]) -> set[int]:
    """Return the pages that show instances of the model `label` in such a way."""
    return set(_object_fan_outs[label](ids)) if label in _object_fan_outs else set()


_derived: list[type] = []


def register_derived(*models: type[Model]) -> None:
    """Register page types that have values which change with the day."""
    _derived.extend(model for model in models if model not in _derived)


def derived_models() -> list[type]:
    """Return the page types that have values which change with the day."""
    return _derived
