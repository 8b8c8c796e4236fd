"""Changes of pages: of those that something was done to, of what stands below them, and of every page that shows one of
these.
"""

import logging
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from wagtail.models import Page

from cms.core.batches import batches
from cms.pages.public import default_site, one_view_of_public, public_pages

from .digest import digest_of
from .links import pages_showing, pages_showing_objects, pages_shown_by
from .models import Change, ChangeLogKind, Event, PublicObject
from .registry import fan_out, page_forms

logger = logging.getLogger(__name__)

# More pages than this are told to have changed without asking each whether it has: a consumer fetches them, which does
# no harm.
EXACT = 200
_BATCH = 500
# Kinds of events after which a page is not public, and those that can't be what took one away.
_ENDS = {ChangeLogKind.UNPUBLISHED, ChangeLogKind.DELETED, ChangeLogKind.PURGED}
_BRINGS = {
    ChangeLogKind.PUBLISHED,
    ChangeLogKind.RESTORED,
    ChangeLogKind.MOVED,
    ChangeLogKind.CHANGED,
    ChangeLogKind.DERIVED,
    ChangeLogKind.RELATED,
}


class PageChanges:
    """What some events come to."""

    def __init__(self, events: list[Event]) -> None:
        # One for each page and kind: what happened twice is told once, when it happened last.
        last = {(event.page_id, event.kind): event for event in events if event.page_id is not None}
        self.events = without_covered(sorted(last.values(), key=lambda event: event.pk))
        self.objects = [event for event in events if event.page_id is None]
        self.found: list[Change] = []
        self.at = timezone.now()

    def changes(self) -> list[Change]:
        """Return the rows, in the order in which things happened, with the books (`PublicObject`) brought up to
        date.
        """
        with one_view_of_public(), translation.override(settings.LANGUAGE_CODE):
            site = default_site()
            self.root = site.root_page.url_path if site is not None else "/"
            touched, shown_otherwise, neighbours = set(), set(), set()
            for event in self.events:
                try:
                    with transaction.atomic():
                        changed, showing, near = self._follow(event)
                except Exception:
                    # Whatever is wrong with one page, the others are told; the daily comparison looks at it again.
                    logger.exception("what %s of page %s came to could not be worked out", event.kind, event.page_id)
                    continue
                touched |= changed
                shown_otherwise |= showing
                neighbours |= near
            related = pages_showing(shown_otherwise) | neighbours | fan_out(touched)
            related |= pages_showing_objects(self.objects)
            self._tell_related(related - touched)
        return self.found

    def _follow(self, event: Event) -> tuple[set[int], set[int], set[int]]:
        """Return the pages that an event altered; those of them that others show otherwise now; the pages that they
        show or showed.
        """
        current = Page.objects.filter(pk=event.page_id).values_list("path", flat=True).first()
        before = PublicObject.objects.filter(page_id=event.page_id).values_list("tree_path", flat=True).first()
        scope = Q(page_id=event.page_id)
        for path in {event.path, current, before} - {"", None}:
            scope |= Q(tree_path__startswith=path)
        told = {one.page_id: one for one in PublicObject.objects.filter(scope) if one.page_id is not None}
        below = Q(path__startswith=current) if current else Q(pk=event.page_id)
        now = {page.pk: page for page in public_pages(Page.objects.filter(below))}
        for batch in batches(told.keys() - now.keys()):
            now |= {page.pk: page for page in public_pages(Page.objects.filter(pk__in=batch))}
        moved = {pk for pk in told.keys() & now.keys() if told[pk].path != self._path(now[pk])}
        if event.kind in _ENDS and event.page_id in now:
            # It has come back since (a later event tells how), or a draft was stored that was published afterwards.
            return set(), set(), set()
        altered = moved | (told.keys() ^ now.keys()) | {pk for pk in now if pk == event.page_id}
        gone = altered - now.keys()
        near = {page_id for pk in altered & told.keys() for page_id in told[pk].shows}
        showing = gone | moved | (altered - told.keys())
        if event.kind == ChangeLogKind.PURGED and event.page_id is not None:
            self._forget_addresses(event.page_id)
            for one in told.values():
                one.path = ""
        for pk in sorted(gone):
            self._tell(ChangeLogKind.UNPUBLISHED if event.kind in _BRINGS else event.kind, told[pk], gone=True)
        for batch in batches(gone):
            PublicObject.objects.filter(page_id__in=batch).delete()
        kept = {pk: now[pk] for pk in altered & now.keys()}
        books = self._books(kept, told)
        for pk in sorted(kept, key=lambda pk: (kept[pk].depth, kept[pk].path)):
            old = told.get(pk)
            # "" was not worked out, and counts as another one.
            if old is not None and (not old.reference or old.reference != books[pk].reference):
                showing.add(pk)
            near |= set(books[pk].shows)
            self._tell(self._kind(event, pk, old, moved), books[pk], old)
        self._keep(books, told)
        return altered, showing, near

    @staticmethod
    def _forget_addresses(page_id: int) -> None:
        """Remove the addresses of a purged page and of what stood below it: they are made from titles."""
        own = Change.objects.filter(key=str(page_id), type__contains=".")
        addresses = {address for row in own.values_list("path", "old_path") for address in row if address}
        for name in ("path", "old_path"):
            for address in addresses:
                Change.objects.filter(**{f"{name}__startswith": address}).update(**{name: ""})

    def _kind(self, event: Event, pk: int, old: PublicObject | None, moved: set[int]) -> str:
        """Return how the row of a page that is public is called."""
        if pk == event.page_id and event.kind != ChangeLogKind.MOVED:
            return event.kind
        if old is None:
            return event.kind if event.kind != ChangeLogKind.MOVED else ChangeLogKind.PUBLISHED
        return ChangeLogKind.MOVED if pk in moved else event.kind

    def _books(self, pages: dict[int, Page], told: dict[int, PublicObject]) -> dict[int, PublicObject]:
        """Return what there is to be kept of public `pages` (by id)."""
        exact = len(pages) <= EXACT
        forms = forms_of(pages) if exact else {}
        references = page_forms().references(pages) if exact else {}
        shows = pages_shown_by(pages)
        return {
            pk: PublicObject(
                pk=told[pk].pk if pk in told else None,
                type=page_forms().type_name(page.specific_class),
                key=str(pk),
                page_id=pk,
                path=self._path(page),
                tree_path=page.path,
                digest=digest_of(forms[pk]) if pk in forms else "",
                reference=digest_of(references[pk]) if pk in references else "",
                shows=sorted(shows.get(pk, ())),
            )
            for pk, page in pages.items()
        }

    def _keep(self, books: dict[int, PublicObject], told: dict[int, PublicObject]) -> None:
        PublicObject.objects.bulk_create([one for pk, one in books.items() if pk not in told], batch_size=_BATCH)
        fields = ["type", "path", "tree_path", "digest", "reference", "shows"]
        PublicObject.objects.bulk_update([one for pk, one in books.items() if pk in told], fields, batch_size=_BATCH)

    def _tell_related(self, ids: Iterable[int]) -> None:
        """Add rows for those of the pages `ids` that show something otherwise now."""
        rows = (one for batch in batches(ids) for one in PublicObject.objects.filter(page_id__in=batch))
        told = {one.page_id: one for one in rows if one.page_id is not None}
        if len(told) > EXACT:
            for batch in batches(told):
                PublicObject.objects.filter(page_id__in=batch).update(digest="")
            differing = list(told.values())
        else:
            digests = {pk: digest_of(form) for pk, form in forms_of(told).items()}
            differing = [one for pk, one in told.items() if digests.get(pk, "") != one.digest]
            for pk, one in told.items():
                one.digest = digests.get(pk, "")
            PublicObject.objects.bulk_update(differing, ["digest"], batch_size=_BATCH)
        for one in sorted(differing, key=lambda one: one.page_id or 0):
            self._tell(ChangeLogKind.RELATED, one)

    def _tell(self, kind: str, one: PublicObject, old: PublicObject | None = None, gone: bool = False) -> None:
        published = kind == ChangeLogKind.PUBLISHED and not gone
        self.found.append(
            Change(
                at=self.at,
                kind=kind,
                type=one.type,
                key=one.key,
                gone=gone,
                first=published and not Change.objects.filter(type=one.type, key=one.key, kind=kind).exists(),
                path=one.path,
                old_path=old.path if old is not None and old.path != one.path else "",
            )
        )

    def _path(self, page: Page) -> str:
        return page.url_path[len(self.root) - 1 :]


def forms_of(ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Return the API forms of the public ones among the pages `ids`; one that can't be made is left out, and so counts
    as another one.
    """
    try:
        with transaction.atomic():
            return page_forms().forms(ids)
    except Exception:
        logger.exception("API forms could not be made at once")
    found: dict[int, dict[str, Any]] = {}
    for pk in ids:
        try:
            with transaction.atomic():
                found |= page_forms().forms([pk])
        except Exception:
            logger.exception("the API form of page %s could not be made", pk)
    return found


def without_covered(events: list[Event]) -> list[Event]:
    """`events` without deletions of pages that went with one above them: looking at that one finds all that is gone."""
    paths = {event.path for event in events if event.kind == ChangeLogKind.DELETED}

    def is_covered(event: Event) -> bool:
        return event.kind == ChangeLogKind.DELETED and any(
            event.path[:end] in paths for end in range(Page.steplen, len(event.path), Page.steplen)
        )

    return [event for event in events if not is_covered(event)]
