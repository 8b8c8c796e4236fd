"""What stands between a page and its publication: nothing becomes public that nobody has approved.

The page types ask here whenever live content is stored; the workflow registers the judge, which knows the record.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from wagtail.models import Page

# Fields that say where a page stands, who holds it and how far it is: not what it says.
BOOKKEEPING = frozenset({
    "pk", "path", "depth", "numchild", "translation_key", "locale", "content_type", "owner", "url_path", "draft_title",
    "live", "has_unpublished_changes", "expired", "first_published_at", "last_published_at", "live_revision",
    "latest_revision", "latest_revision_created_at", "locked", "locked_at", "locked_by", "alias_of",
    "wagtail_admin_comments",
})  # fmt: skip


class PublicationRefused(PermissionDenied):
    """Content was about to become public that the record does not show as approved; the message says what is
    missing.
    """


@dataclass(frozen=True)
class Exemption:
    """Why something is published without review: by the system, or in an emergency by `user`."""

    kind: str
    reason: str
    user: object = None


_exemption: ContextVar[Exemption | None] = ContextVar("exemption", default=None)
_judge: Callable | None = None


def judge_with(function: Callable) -> None:
    """Register `function(page, exemption)`; see `check`."""
    global _judge
    _judge = function


def check(page: Page) -> Callable | None:
    """Ask whether the content of `page`, about to be stored as live, may be public; raise PublicationRefused.

    Return what records the publication, to be called when the page is stored; None where nothing that is public
    changes.
    """
    if _judge is None:
        raise ImproperlyConfigured("cms.publishing.review must be installed: nothing judges publications.")
    return _judge(page, _exemption.get())


@contextmanager
def exempt(kind: str, reason: str, user: Any = None) -> Iterator[Any]:
    """Let the code inside publish without review; the record says so. `kind` is `system` or `emergency`."""
    token = _exemption.set(Exemption(kind, reason, user))
    try:
        yield
    finally:
        _exemption.reset(token)
