"""The objects that a batch of pages refers to, loaded at once and found again while they are represented.

Without it each rich text and each block would ask the database for itself: a listing of 20 pages cost stock Wagtail
106 queries. Inside `preloaded()` links and choosers look here; elsewhere they ask the database as usual.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_loaded: ContextVar[dict | None] = ContextVar("shown", default=None)


@contextmanager
def preloaded(objects: dict[type, dict[int, object]]) -> Iterator[Any]:
    """Make `objects` (by model, then by primary key) what `find` answers from.

    Pages in it are public ones only: a page that is missing is one that readers may not know of.
    """
    token = _loaded.set(objects)
    try:
        yield
    finally:
        _loaded.reset(token)


def find(model: type, ids: Iterable[int | None]) -> dict[int, object] | None:
    """Return the loaded instances of `model` among `ids`; None where nothing was preloaded."""
    loaded = _loaded.get()
    if loaded is None:
        return None
    instances = loaded.get(model, {})
    return {pk: instances[pk] for pk in ids if pk is not None and pk in instances}


class PreloadedChooserMixin:
    """For chooser blocks: takes what was preloaded instead of asking the database per page."""

    def bulk_to_python(self, values: Any) -> Any:
        found = find(self.model_class, values)
        if found is None:
            return super().bulk_to_python(values)
        return [found.get(value) for value in values]
