"""What stands between a page and its publication: nothing becomes public that nobody has approved.

Page types and files stand below `cms.publishing`, which sets out here, once, what storing them brings about
(`cms/publishing/pipeline.py`).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any, Protocol

from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from wagtail.models import Page


class PublicationRefused(PermissionDenied):
    """Content was about to become public that the record does not show as approved; the message says what is
    missing.
    """


@dataclass(frozen=True)
class Exemption:
    """Why something is published without review: by the system, or in an emergency by `user`."""

    kind: str
    reason: str
    user: Any = None


_exemption: ContextVar[Exemption | None] = ContextVar("exemption", default=None)


def exemption() -> Exemption | None:
    """Return why what is stored now needs no review; None where it does."""
    return _exemption.get()


@contextmanager
def exempt(kind: str, reason: str, user: Any = None) -> Iterator[Any]:
    """Let the code inside publish without review; the record says so. `kind` is `system`, `emergency`, or `restored`
    (a version that was public before, by two people).
    """
    token = _exemption.set(Exemption(kind, reason, user))
    try:
        yield
    finally:
        _exemption.reset(token)


class Road(Protocol):
    """What page types and files hand over."""

    def page_is_stored(self, page: Page, names: set[str] | None, store: Callable[[], None]) -> None:
        """Store `page` by calling `store`, with all that comes before and after it; `names` are the fields that are
        written (None: all). Raise PublicationRefused for live content that nobody has approved.
        """

    def file_is_replaced(self, file: Any) -> None:
        """Follow a stored file that got other bytes."""

    def file_is_declared(self, file: Any) -> None:
        """Follow a document that is stored with somebody's declaration in place of a reading."""

    def is_taken_down(self, takedown: Any, what: Any, user: Any, reason: str) -> None:
        """Follow a page that two people, or one at once, keep from readers or give back to them."""

    def sign(self, content: list[Any]) -> str:
        """Return the signature of `content` (JSON), by which it is told later that this installation has made it."""


_road: Road | None = None


def set_out(pipeline: Road) -> None:
    """Let `pipeline` be the road."""
    global _road
    _road = pipeline


def road() -> Road:
    """Return the road. Raise ImproperlyConfigured where there is none: then nothing would judge publications."""
    if _road is None:
        raise ImproperlyConfigured("cms.publishing must be installed: nothing judges publications.")
    return _road
