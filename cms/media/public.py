"""Files that are public without a page, such as the emblem of the site."""

from collections.abc import Callable
from typing import Any

from .models import CustomImage

_always_public: list[Callable[[], Any]] = []


def register_public_images(function: Callable[[], Any]) -> None:
    """Register `function() -> queryset of image ids` that are public whatever the pages show."""
    _always_public.append(function)


def is_always_public(file: Any) -> bool:
    """Return whether `file` is shown whatever the pages show."""
    return isinstance(file, CustomImage) and any(file.pk in set(function()) for function in _always_public)
