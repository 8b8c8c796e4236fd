"""Changes of pages: of those that something was done to, of what stands below them, and of every page that shows one of
these. Only worked out here; `cms.store.writing` writes it.
"""

import json

from django.conf import settings
from django.db.models import Q
from django.utils import translation
from wagtail.models import Page

from cms.core.batches import batches
from cms.pages.public import public_paths
from cms.pages.tree import at_or_below

from .links import pages_shown_by
from .models import ChangeLogKind, Event, Form
from .projection.pages import Projected
from .projection.references import type_name
from .projection.registry import page_types
from .related_changes import EXACT, tell_related
from .told import Told, scope_of, stored_of
from .worked_out import Moved, WorkedOut

# Kinds of events after which a page is not public, and those that can't be what took one away.
_ENDS = {ChangeLogKind.UNPUBLISHED, ChangeLogKind.DELETED, ChangeLogKind.PURGED}
_BRINGS = {
    ChangeLogKind.PUBLISHED,
    ChangeLogKind.RESTORED,
    ChangeLogKind.MOVED,
    ChangeLogKind.CHANGED,
    ChangeLogKind.DERIVED,
}


class PageChanges(WorkedOut):
    """Working out what some events come to, in one snapshot of the database."""

    def work_out(self) -> "PageChanges":
        """Find what there is to be told and to be written."""
        with translation.override(settings.LANGUAGE_CODE):
            neighbours = set(self.related_events)
            # Together, since on some days there are many.
            self.make({event.page_id for event in self.events if event.kind == ChangeLogKind.DERIVED and event.page_id})
            for event in self.events:
                changed, showing, near = self._follow(event)
                self.touched |= changed
                self.shown_otherwise |= showing
                neighbours |= near
            tell_related(self, neighbours)
        return self

    def _follow(self, event: Event) -> tuple[set[int], set[int], set[int]]:
        """Return the pages that an event altered; those of them that others show otherwise now; the pages that they
        show or showed.
        """
        page_id = event.page_id or 0
        pages = {page.pk: page for page in Page.objects.filter(pk=page_id)}
        current = pages[page_id].path if page_id in pages else ""
        told = self._told_of_one(page_id)
        if not self._concerns_one(event, pages.get(page_id), told):
            for place in {event.path, current} - {""}:
                pages |= {page.pk: page for page in Page.objects.filter(at_or_below(place))}
            told = self._told_of(page_id, event.path, current)
        below = {pk: page for pk, page in pages.items() if pk == page_id or (current and page.path.startswith(current))}
        now = self._public_now(below, told)
        self.parents |= {page.path for page in now.values() if page.numchild}
        moved = {pk for pk in told.keys() & now.keys() if told[pk].path != self._path(now[pk])}
        if event.kind in _ENDS and page_id in now:
            # It has come back since (a later event tells how), or a draft was stored that was published afterwards.
            return set(), set(), set()
        altered = moved | (told.keys() ^ now.keys()) | ({page_id} & now.keys())
        gone = altered - now.keys()
        self._load_shows([told[pk] for pk in altered & told.keys()])
        near = {other for pk in gone & told.keys() for other in told[pk].shows}
        if event.kind == ChangeLogKind.PURGED:
            self.purged.append((page_id, {one.path for one in told.values() if one.path}))
            for one in told.values():
                one.path = ""
        for pk in sorted(gone):
            kind = ChangeLogKind.UNPUBLISHED if event.kind in _BRINGS else event.kind
            self.row(kind, told[pk].type, pk, told[pk].path, gone=True)
            self._forget(pk, told[pk])
        kept = altered & now.keys()
        self.make(kept if len(kept) <= EXACT else {pk for pk in kept if pk not in told or pk == page_id})
        for pk in kept & self.failures.pages:
            self.failures.kinds[pk] = self._kind(event, pk, told.get(pk), moved)
        kept -= self.failures.pages
        showing = gone | ((moved | (altered - told.keys())) & kept)
        for pk in sorted(kept, key=lambda pk: (now[pk].depth, now[pk].path)):
            old, made = told.get(pk), self.projected.get(pk)
            if made is None or (old is not None and old.reference != made.reference):
                showing.add(pk)
                self._note_renamed(pk, old, made)
            if old is None or made is None or old.removed or not self._gives_the_same(old, made):
                near |= old.shows if old is not None else set()
                near |= pages_linked(made) if made is not None else set()
            path = self._path(now[pk])
            self.row(self._kind(event, pk, old, moved), self._type(now[pk]), pk, path, old)
            self._keep(pk, now[pk], made, old)
        return gone | kept, showing, near

    def _note_renamed(self, pk: int, old: Told | None, made: Projected | None) -> None:
        """Note how a page is shown now, where it is known for certain how it was shown."""
        if old is None or made is None or old.removed or not old.is_current or old.version != self.version:
            self.renamed.pop(pk, None)
        else:
            self.renamed[pk] = (old.reference, made.reference)

    def _told_of_one(self, page_id: int) -> dict[int, Told]:
        """Return what is known of a page alone."""
        if page_id in self.known:
            known = self.known[page_id]
            return {page_id: known} if known is not None else {}
        return stored_of(Q(page_id=page_id))

    def _concerns_one(self, event: Event, page: Page | None, told: dict[int, Told]) -> bool:
        """Return whether an event alters nothing below its page: that stands where it stood, and readers see it as
        they did; or nothing is below it, and it was not told of.
        """
        if page is None or not page.live or page.path != event.path or page.path not in public_paths([page.path]):
            return False
        old = told.get(page.pk)
        if old is None:
            return page.numchild == 0
        return not old.removed and (old.path, old.tree_path) == (self._path(page), page.path)

    def _told_of(self, page_id: int, *paths: str | None) -> dict[int, Told]:
        """Return what is known of a page and of all below the places where it stood."""
        places = {path for path in paths if path}
        found = stored_of(scope_of(page_id, places))
        before = self.known.get(page_id) or found.get(page_id)
        if before is not None and before.tree_path and not any(map(before.tree_path.startswith, places)):
            # What stood below it where it was told to be.
            found = stored_of(scope_of(page_id, {*places, before.tree_path}))
        for pk, known in self.known.items():
            if known is None:
                found.pop(pk, None)
            elif pk in found or any(path and known.tree_path.startswith(path) for path in paths):
                found[pk] = known
        return found

    @staticmethod
    def _public_now(pages: dict[int, Page], told: dict[int, Told]) -> dict[int, Page]:
        """Return the public ones among the pages below the event's, and among those that were told of there."""
        pages = {pk: page for pk, page in pages.items() if page.live}
        for batch in batches(told.keys() - pages.keys()):
            pages |= {page.pk: page for page in Page.objects.filter(pk__in=batch, live=True)}
        public = public_paths(page.path for page in pages.values())
        return {pk: page for pk, page in pages.items() if page.path in public}

    def _kind(self, event: Event, pk: int, old: Told | None, moved: set[int]) -> str:
        """Return how the row of a page that is public is called."""
        if pk == event.page_id and event.kind != ChangeLogKind.MOVED:
            return event.kind
        if old is None:
            return event.kind if event.kind != ChangeLogKind.MOVED else ChangeLogKind.PUBLISHED
        return ChangeLogKind.MOVED if pk in moved else event.kind

    def _gives_the_same(self, old: Told, made: Projected) -> bool:
        """Return whether the pages to which a page refers show of it what they did."""
        if old.reference != made.reference or old.shows != pages_linked(made):
            return False
        if not old.is_current or old.version != self.version:
            # What is kept of it may be shaped otherwise.
            return False
        if old.digest == made.digest:
            return True
        stored = Form.objects.filter(item=old.item).values_list("detail", flat=True).first()
        if stored is None:
            return False
        gives = page_types()[made.type].gives if made.type in page_types() else None
        before, after = json.loads(stored), json.loads(made.detail)
        # By which they stand in order.
        first = "first_published_at"
        return gives is not None and (gives(before), before["meta"][first]) == (gives(after), after["meta"][first])

    def _keep(self, pk: int, page: Page, made: Projected | None, old: Told | None) -> None:
        self.gone.pop(pk, None)
        if made is not None:
            self.put[pk] = made
            path, tree_path = made.path, made.tree_path
            reference, digest, facts = made.reference, made.digest, made.facts
        else:
            path, tree_path = self._path(page), page.path
            self.moved[pk] = Moved(path, tree_path)
            self.stale.add(pk)
            reference, digest, facts = "", "", ""
        told = Told(pk, self._type(page), path, tree_path, digest, reference, facts, item=old.item if old else None)
        told.shows = pages_linked(made) if made else set()
        self.known[pk] = told
        if old is not None:
            self._spend(pk, old)

    def _forget(self, pk: int, told: Told) -> None:
        self.put.pop(pk, None)
        self.moved.pop(pk, None)
        self.stale.discard(pk)
        self.renamed.pop(pk, None)
        self.gone[pk] = told
        self.known[pk] = None
        self._spend(pk, told)

    def _spend(self, pk: int, told: Told) -> None:
        self.spent_removals |= told.removed
        self.spent_by_page.setdefault(pk, set()).update(told.removed)

    def _load_shows(self, told: list[Told]) -> None:
        shown = pages_shown_by(one.item for one in told if one.item is not None)
        for one in told:
            if one.item is not None and not one.shows:
                one.shows = shown.get(one.item, set())

    def _path(self, page: Page) -> str:
        return page.url_path[len(self.root) - 1 :]

    @staticmethod
    def _type(page: Page) -> str:
        return type_name(page.specific_class)


def pages_linked(made: Projected) -> set[int]:
    """Return the ids of the pages that a page refers to."""
    return {number for kind, number in made.links if kind == "pages"}
