"""Files that are public without a page, such as the emblem of the site."""

from collections.abc import Callable
from typing import Any

from .models import CustomImage

_always_public: list[Callable[[], Any]] = []


def register_public_images(function: Callable[[], Any]) -> None:
    """Register `function() -> queryset of image ids` that are public whatever the pages show."""
    _always_public.append(function)


def always_public() -> set[int]:
    """Return the ids of all of them."""
    return {pk for function in _always_public for pk in function() if pk}


def is_always_public(file: Any) -> bool:
    """Return whether `file` is shown whatever the pages show."""
    return isinstance(file, CustomImage) and file.pk in always_public()
