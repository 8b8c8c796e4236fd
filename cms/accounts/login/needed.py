"""Whose account needs a second factor: apps above this one say so."""

from collections.abc import Callable
from typing import Any

from django.conf import settings

_reasons: list[Callable[[Any], bool]] = []


def register_needs_factor(function: Callable[[Any], bool]) -> None:
    """Register `function(user)`: whether this account has rights that a password alone must not give."""
    _reasons.append(function)


def needs_factor(user: Any) -> bool:
    """Return whether the account may do nothing without a second factor (`REQUIRE_SECOND_FACTOR`)."""
    return settings.REQUIRE_SECOND_FACTOR and any(function(user) for function in _reasons)
