"""Making stale forms anew: of those that are asked for, at once; of the others by the worker, meanwhile.

It writes no row of the feed: the change that made them stale was told when it was numbered, and nobody has seen
anything in between. Only what another version of the program makes otherwise is told.
"""

import logging
import time
from collections.abc import Iterable
from functools import partial

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from cms.core.batches import batches
from cms.pages.public import default_site, one_view_of_public

from .collection_changes import collection_changes, made_of
from .dependencies import write_touched
from .models import Change, ChangeLogKind, Event, Item
from .page_changes import PageChanges, project_each
from .projection.pages import Projected
from .projection.registry import collections
from .projector import append, in_open_transaction, locked_head, newest, snapshot
from .replica import from_primary
from .restore import tell_processes
from .version import needs_refreshing, projection_version
from .writing import Altered, write, write_counts

logger = logging.getLogger(__name__)

# So many forms the worker makes at a time.
PORTION = 50
# Seconds for which other jobs wait for that.
SECONDS = 5.0


def refresh(items: Iterable[int]) -> None:
    """Make the forms of these items anew. One that can't be made stays stale."""
    with from_primary():
        _refresh(items)


def _refresh(items: Iterable[int]) -> None:
    version = projection_version()
    for batch in batches(items):
        with snapshot(), one_view_of_public(), translation.override(settings.LANGUAGE_CODE):
            found = list(Item.objects.filter(pk__in=batch))
            made = {**_pages(found), **_entries(found)}
        seen = {(item.type, item.key): item.seq for item in found}
        with transaction.atomic():
            head = locked_head()
            items_now = Item.objects.select_for_update().filter(needs_refreshing(), pk__in=batch).order_by("pk")
            # Unless the projector has written another one since.
            known = {(one.type, one.key): one for one in items_now if seen.get((one.type, one.key)) == one.seq}
            wanted = [one for name, one in made.items() if name in known]
            rows = [_row(one) for one in wanted if _is_news(known[one.type, one.key], one)]
            altered = Altered()
            write(wanted, version, altered, known)
            _leave_to_the_projector(item.pk for item in known.values())
            if altered.terms or altered.links:
                # Found by something else: of another version of the program, or without an entry that was deleted.
                changes = PageChanges([], version)
                rows += collection_changes(changes, altered)
                changes.failures.set_aside([])
            if rows or altered.terms or altered.links:
                head.generation += 1
                append(head, rows, altered.items)
                write_counts(altered)
                write_touched(head.generation, altered.touched)
                transaction.on_commit(partial(tell_processes, head))


def _leave_to_the_projector(items: Iterable[int]) -> None:
    """Let forms of pages whose events still wait count as made by nobody: the projector then looks at all that shows
    them, since it can't tell any more what was different before.
    """
    waiting = Event.objects.exclude(page_id=None).values("page_id")
    Item.objects.filter(pk__in=list(items), page_id__in=waiting).update(version="")


def _is_news(item: Item, one: Projected) -> bool:
    """Return whether consumers have something else. What is stale was told of when it was marked; another version of
    the program makes other forms without anybody's doing.
    """
    return not item.stale and item.digest != one.digest


def _row(one: Projected) -> Change:
    return Change(at=timezone.now(), kind=ChangeLogKind.CHANGED, type=one.type, key=one.key, gone=False, path=one.path)


def _pages(items: list[Item]) -> dict[tuple[str, str], Projected]:
    site = default_site()
    root = site.root_page.url_path if site is not None else "/"
    made, _failed = project_each((item.page_id for item in items if item.page_id is not None), root)
    return {(one.type, one.key): one for one in made.values()}


def _entries(items: list[Item]) -> dict[tuple[str, str], Projected]:
    wanted: dict[str, set[str] | None] = {}
    for name in collections().keys() & {item.type for item in items}:
        wanted[name] = {str(one.key if one.number is None else one.number) for one in items if one.type == name}
    found, _failed = made_of(wanted)
    return {(one.type, one.key): one for made in found.values() for one in made.values()}


def refresh_for_a_while(seconds: float = SECONDS) -> int:
    """Make stale forms, each once, until other jobs have waited long enough; return how many there were. A job of
    `cms.core.due`.
    """
    # Which version is the newest.
    newest()
    end, after, count = time.monotonic() + seconds, 0, 0
    while not in_open_transaction() and time.monotonic() < end:
        stale = Item.objects.filter(needs_refreshing(), pk__gt=after).order_by("pk")
        items = list(stale.values_list("pk", flat=True)[:PORTION])
        if not items:
            break
        refresh(items)
        after, count = items[-1], count + len(items)
    return count
