"""What some events come to: what there is to be told, and what is to be written. It is worked out in
`cms.store.page_changes`, and written by `cms.store.projector`.
"""

import logging
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from cms.pages.public import default_site

from .failures import Failures
from .models import Change, ChangeLogKind, Event
from .patching import Patched, Shown
from .projection.pages import Projected, project
from .told import Told

logger = logging.getLogger(__name__)


@dataclass
class Moved:
    """A page that stands elsewhere, of which no form was made."""

    path: str
    tree_path: str


class WorkedOut:
    """What some events come to, as far as it is known. To be made in one snapshot of the database; `root` is the
    `url_path` of the site's root page.
    """

    def __init__(self, events: list[Event], version: str) -> None:
        # One for each page and kind: what happened twice is told once, when it happened last.
        last = {(event.page_id, event.kind): event for event in events if event.page_id is not None}
        in_order = sorted(last.values(), key=lambda event: event.pk)
        # Of those whose own content is as it was only what they show has changed.
        self.events = without_covered([event for event in in_order if event.kind != ChangeLogKind.RELATED])
        self.related_events = {one.page_id for one in in_order if one.kind == ChangeLogKind.RELATED and one.page_id}
        self.objects = [event for event in events if event.page_id is None]
        self.version = version
        # In the order in which things happened, without numbers.
        self.rows: list[Change] = []
        # What is to be written, by page: the new state, or the old one of what goes.
        self.put: dict[int, Projected] = {}
        self.gone: dict[int, Told] = {}
        self.moved: dict[int, Moved] = {}
        self.stale: set[int] = set()
        # Those that show `news` otherwise and nothing else: what they become, or later.
        self.patched: dict[int, Patched] = {}
        self.to_be_patched: set[int] = set()
        self.news: list[Shown] = []
        self.purged: list[tuple[int, set[str]]] = []
        self.failures = Failures()
        # Pages that came, went, moved, or that others show otherwise.
        self.shown_otherwise: set[int] = set()
        # Of those the ones that stay, with how others showed them and show them.
        self.renamed: dict[int, tuple[str, str]] = {}
        self.touched: set[int] = set()
        self.spent_removals: set[int] = set()
        # What is known after the events that were looked at so far.
        self.known: dict[int, Told | None] = {}
        self.projected: dict[int, Projected] = {}
        self.related: dict[int, Told] = {}
        self.spent_by_page: dict[int, set[int]] = {}
        # Where public pages stand that have others below them.
        self.parents: set[str] = set()
        self._at = timezone.now()
        site = default_site()
        self.root = site.root_page.url_path if site is not None else "/"

    def stored(self, pk: int) -> Told | None:
        """Return what was known of a page after all events."""
        return self.known.get(pk) or self.related.get(pk)

    def drop(self, pk: int) -> None:
        """Leave out what was worked out of a page."""
        self.put.pop(pk, None)
        self.patched.pop(pk, None)
        self.moved.pop(pk, None)
        self.stale.discard(pk)
        self.to_be_patched.discard(pk)
        self.touched.discard(pk)
        # It is still to be told that it went.
        self.spent_removals -= self.spent_by_page.get(pk, set())
        self.rows = [row for row in self.rows if row.gone or "." not in row.type or row.key != str(pk)]

    def make(self, ids: Iterable[int]) -> None:
        """Make what the store keeps of pages, once; of some it can't be made."""
        ids = set(ids) - self.projected.keys() - self.failures.pages
        made, failed = project_each(ids, self.root)
        self.projected |= made
        self.failures.pages |= failed

    def row(self, kind: str, name: str, pk: int, path: str, old: Told | None = None, gone: bool = False) -> None:
        published = kind == ChangeLogKind.PUBLISHED and not gone
        self.rows.append(
            Change(
                at=self._at,
                kind=kind,
                type=name,
                key=str(pk),
                gone=gone,
                first=published and not Change.objects.filter(type=name, key=str(pk), kind=kind).exists(),
                path=path,
                old_path=old.path if old is not None and old.path != path else "",
            )
        )


def project_each(ids: Iterable[int], root: str) -> tuple[dict[int, Projected], set[int]]:
    """Return what the store keeps of the public ones among the pages `ids`, and those of which it can't be made."""
    ids = set(ids)
    if not ids:
        return {}, set()
    try:
        with transaction.atomic():
            return project(ids, root), set()
    except Exception:
        logger.exception("API forms could not be made at once")
    found: dict[int, Projected] = {}
    failed: set[int] = set()
    for pk in sorted(ids):
        try:
            with transaction.atomic():
                found |= project([pk], root)
        except Exception:
            logger.exception("the API form of page %s could not be made", pk)
            failed.add(pk)
    return found, failed


def without_covered(events: list[Event]) -> list[Event]:
    """`events` without deletions of pages that went with one above them: looking at that one finds all that is gone."""
    paths = {event.path for event in events if event.kind == ChangeLogKind.DELETED}

    def is_covered(event: Event) -> bool:
        return event.kind == ChangeLogKind.DELETED and any(
            event.path[:end] in paths for end in range(Page.steplen, len(event.path), Page.steplen)
        )

    return [event for event in events if not is_covered(event)]
