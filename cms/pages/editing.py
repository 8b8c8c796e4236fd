"""What a form of the editor has to know of the request that fills it in: the views that make it are Wagtail's."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True)
class Editing:
    """Whether it is an autosave, and the key of the page that a form of creation makes (`cms.pages.creation`)."""

    autosaves: bool = False
    creates: uuid.UUID | None = None


_editing: ContextVar[Editing | None] = ContextVar("editing", default=None)


def editing() -> Editing:
    """Return what is known of the request that is being answered."""
    return _editing.get() or Editing()


@contextmanager
def edited_by(request: HttpRequest, creates: uuid.UUID | None = None) -> Iterator[None]:
    """Let the forms that are made inside know of `request`, an unsafe one; those who autosave want no HTML."""
    token = _editing.set(Editing(not request.accepts("text/html"), creates))
    try:
        yield
    finally:
        _editing.reset(token)
