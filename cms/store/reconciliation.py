"""Comparing what is public with what was told: at midnight for derived values, once a day for everything.

Differences in what is public, and where, become events; differences in forms are mended (`cms.store.checking`). Both
become rows of the feed.
"""

import logging
from collections import Counter
from datetime import timedelta

from django.core.mail import mail_admins
from django.utils import timezone

from cms.pages.public import default_site, public_pages
from cms.pages.tree import outermost

from .checking import Progress, check, no_progress
from .models import Change, ChangeLogHead, ChangeLogKind, Event, Item
from .projector import newest, snapshot
from .version import is_newest

logger = logging.getLogger(__name__)

# Pages that are told of together.
PORTION = 50


def reconcile(progress: Progress = no_progress) -> Counter[str]:
    """Append what was missed (by `QuerySet.update`, SQL, `loaddata`), and return how many rows of each kind.

    It goes on where it was stopped.
    """
    head = newest()
    last, after = head.seq, head.reconciled_page
    # As of one moment; what waits to be told then, and what stands below it, is left to the projector.
    with snapshot():
        waiting = list(Event.objects.exclude(page_id=None).values_list("page_id", "path"))
        pages, places = {pk for pk, _path in waiting}, tuple(outermost(path for _pk, path in waiting))
        public, told = (
            {pk: one for pk, one in found.items() if pk not in pages and not (places and one[1].startswith(places))}
            for found in (_public(), _told())
        )
    events = [_event(ChangeLogKind.UNPUBLISHED, pk, told[pk][1]) for pk in told.keys() - public.keys()]
    events += [_event(ChangeLogKind.PUBLISHED, pk, public[pk][1]) for pk in public.keys() - told.keys()]
    moved = {pk for pk in public.keys() & told.keys() if public[pk] != told[pk]}
    events += [_event(ChangeLogKind.MOVED, pk, public[pk][1]) for pk in moved]
    for start in range(0, len(events), PORTION):
        _note(events[start : start + PORTION])
    check(progress, after=after, reached=_remember)
    ChangeLogHead.objects.filter(pk=1).update(reconciled_at=timezone.now(), reconciled_page=0)
    return Counter(Change.objects.filter(seq__gt=last).values_list("kind", flat=True))


def _remember(page_id: int) -> None:
    ChangeLogHead.objects.filter(pk=1).update(reconciled_page=page_id)


def derive() -> int:
    """Append rows for the pages of which a derived value has changed with the day; return of how many."""
    newest()
    today, after, count = timezone.localdate(), 0, 0
    due = Item.objects.filter(next_change_on__lte=today).exclude(page_id=None).order_by("pk")
    while found := list(due.filter(pk__gt=after).values_list("pk", "page_id", "tree_path")[:PORTION]):
        _note([_event(ChangeLogKind.DERIVED, page_id or 0, path) for _pk, page_id, path in found])
        after, count = found[-1][0], count + len(found)
    ChangeLogHead.objects.filter(pk=1).update(derived_on=today)
    return count


def _note(events: list[Event]) -> None:
    """Write some events, and have them told: readers, and whoever publishes, wait for these alone."""
    Event.objects.bulk_create(events)
    newest()


def do_what_is_due() -> None:
    """Derive when the day has changed, reconcile once a day and report what was missed. A job of `cms.core.due`."""
    head = newest()
    if head.derived_on != timezone.localdate():
        derive()
    if not is_newest():
        # Its forms are not those that this version would make.
        return
    if head.reconciled_at is None or timezone.now() - head.reconciled_at >= timedelta(days=1):
        known = head.reconciled_at is not None
        found = reconcile()
        if found and known:
            report(found)


def report(found: Counter[str]) -> None:
    """Tell that something was changed behind the models: in the log, and by mail to ADMINS."""
    text = ", ".join(f"{count} {kind}" for kind, count in sorted(found.items()))
    logger.error("changes that nobody had told of were appended: %s", text)
    mail_admins("Changes that nobody had told of", f"reconcile_changes appended: {text}", fail_silently=True)


def _public() -> dict[int, tuple[str, str]]:
    """Return the public pages: (address, place in the tree) by id."""
    site = default_site()
    start = len(site.root_page.url_path) - 1 if site is not None else 0
    rows = public_pages().order_by().values_list("pk", "url_path", "path")
    return {pk: (url_path[start:], path) for pk, url_path, path in rows}


def _told() -> dict[int, tuple[str, str]]:
    rows = Item.objects.exclude(page_id=None).values_list("page_id", "path", "tree_path")
    return {pk: (path, tree_path) for pk, path, tree_path in rows if pk is not None}


def _event(kind: str, page_id: int, path: str) -> Event:
    return Event(kind=kind, page_id=page_id, path=path)
