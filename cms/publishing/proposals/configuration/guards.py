"""Which changes of configuration readers would see: apps above this one say so of their models."""

from collections.abc import Callable
from typing import Any, NamedTuple

# `function(stored, values) -> number of public pages that it alters`, None where readers see nothing of it; `stored`
# is None for what is new.
Guard = Callable[[Any, dict[str, Any]], int | None]


class Guarded(NamedTuple):
    """A model, its guard, and what confirming a change comes to, in a sentence with `%(count)s`."""

    model: Any
    guard: Guard
    consequence: Any


_guarded: dict[str, Guarded] = {}


def register_guarded(model: Any, guard: Guard, consequence: Any) -> None:
    """Let changes of `model` that readers see be made by two people."""
    _guarded[model._meta.label] = Guarded(model, guard, consequence)


def guarded(label: str) -> Guarded | None:
    """Return what is known of a model, by its label; None where one person changes it."""
    return _guarded.get(label)
