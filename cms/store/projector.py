"""Turns committed events into items of the store and numbered rows of the change log, one process at a time.

Under a lease that no writer and no reader needs: the pending events are read by key; forms are made in one snapshot
that is opened after the lease; when it is over, one short transaction writes items, terms, rows and head, and deletes
exactly those events. What was committed meanwhile is for the next time. (Made without the lease, an older form could
overwrite a newer one whose event is spent; with the lease inside the snapshot, or in autocommit, two revisions mix.)

Whatever differs afterwards has a number that is greater than that of everything it depends on, and whoever asks for it
after reading that number sees it.
"""

import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.db.models import Case, Exists, F, Q, Value, When
from django.utils import timezone

from cms.core.batches import batches
from cms.pages.public import one_view_of_public, site_url
from cms.pages.tree import outermost

from .collection_changes import collection_changes
from .dependencies import REMOVED, of_page, write_touched
from .lease import lease
from .models import Change, ChangeLogHead, ChangeLogKind, Event, Item, Patch
from .models.items import address_key
from .notices import pages_with_notices, write_notices
from .page_changes import PageChanges
from .programs import known_programs
from .projection.texts import compact
from .replica import from_primary
from .restore import tell_processes
from .site_address import follow
from .version import learn, projection_version, with_this
from .writing import Altered, forget_removals, remove, write, write_counts, write_patched

logger = logging.getLogger(__name__)

# Events after which a look-up may say something else of an address at which no page is.
_AT_ADDRESSES = {
    ChangeLogKind.TAKEN_DOWN,
    ChangeLogKind.RESTORED,
    ChangeLogKind.DELETED,
    ChangeLogKind.PURGED,
    ChangeLogKind.UNPUBLISHED,
    ChangeLogKind.PRIVACY,
    ChangeLogKind.MOVED,
}


def pending() -> Q:
    """Return which events are to be looked at now: not those that were set aside a moment ago."""
    return Q(set_aside_until=None) | Q(set_aside_until__lte=timezone.now())


def newest() -> ChangeLogHead:
    """Return the end of the feed, with everything projected that is committed. One query where nothing happened.

    A failure is logged and reported by whoever comes next too; readers are answered with what is numbered.
    """
    with from_primary():
        return _newest()


def _newest() -> ChangeLogHead:
    found = ChangeLogHead.objects.annotate(pending=Exists(Event.objects.filter(pending()))).filter(pk=1).first()
    head: ChangeLogHead | None = found
    if found is not None:
        follow(found)
        if not in_open_transaction():
            found.programs = known_programs(found)
    if found is None or (found.pending and not in_open_transaction()):
        try:
            head = project_events()
        except Exception:
            if transaction.get_connection().needs_rollback:
                raise
            logger.exception("changes could not be numbered")
            head = None
    head = head or ChangeLogHead.objects.filter(pk=1).first() or ChangeLogHead()
    follow(head)
    learn(head.programs)
    return head


def in_open_transaction() -> bool:
    """Return whether this is inside somebody's transaction (the one around a test aside): there nobody projects, or
    waits for somebody who does.
    """
    blocks = connection.atomic_blocks
    return connection.in_atomic_block and not (blocks and getattr(blocks[-1], "_from_testcase", False))


def project_events() -> ChangeLogHead | None:
    """Project what is committed, unless this is inside a transaction; return the end of the feed where there was
    something.
    """
    if in_open_transaction():
        return None
    with lease():
        events = list(Event.objects.filter(pending()).order_by("pk"))
        return _project(events) if events else None


def _project(events: list[Event]) -> ChangeLogHead:
    version = projection_version()
    with snapshot(), one_view_of_public():
        changes = PageChanges(events, version).work_out()
    with transaction.atomic():
        head = locked_head()
        _write(changes, events, head, version)
    tell_processes(head)
    changes.failures.report()
    return head


@contextmanager
def snapshot() -> Iterator[None]:
    """Read everything inside as of one moment, without a lock: a deferred transaction of SQLite, a repeatable read of
    PostgreSQL.
    """
    if connection.in_atomic_block:
        # Of a test.
        yield
        return
    if connection.vendor == "sqlite":
        # Django begins transactions in the mode of the settings, which takes the lock for writing.
        wrapper: Any = connection
        wrapper.ensure_connection()
        mode, wrapper.transaction_mode = wrapper.transaction_mode, "DEFERRED"
        try:
            atomic = transaction.atomic()
            atomic.__enter__()
        finally:
            wrapper.transaction_mode = mode
        try:
            yield
        except BaseException:
            transaction.set_rollback(True)
            raise
        finally:
            atomic.__exit__(None, None, None)
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def locked_head() -> ChangeLogHead:
    """Return the end of the feed, locked for the transaction at hand."""
    head = ChangeLogHead.objects.select_for_update().filter(pk=1).first()
    return head or ChangeLogHead.objects.create(pk=1, programs=with_this([]))


def _write(changes: PageChanges, events: list[Event], head: ChangeLogHead, version: str) -> None:
    known = _leave_to_the_next_time(changes, events)
    altered = Altered()
    _forget_addresses(changes)
    remove([one.item for one in changes.gone.values() if one.item is not None], altered)
    write(changes.put.values(), version, altered, known)
    write_patched(changes.patched.values(), altered)
    _mark(changes, altered)
    forget_removals(changes.spent_removals, altered)
    rows = [*changes.rows, *collection_changes(changes, altered)]
    head.generation += 1
    append(head, rows, altered.items)
    write_counts(altered)
    if any(event.kind in _AT_ADDRESSES for event in events) or any(row.old_path for row in rows):
        altered.touched.add(REMOVED)
        own = {event.page_id for event in events if event.page_id is not None}
        write_notices({*changes.touched, *own, *pages_with_notices(event.path for event in events)})
    write_touched(head.generation, altered.touched)
    changes.failures.set_aside(events)
    spent = [event.pk for event in events if not changes.failures.concern(event)]
    for batch in batches(spent):
        Event.objects.filter(pk__in=batch)._raw_delete(Event.objects.db)


def _leave_to_the_next_time(changes: PageChanges, events: list[Event]) -> dict[tuple[str, str], Item]:
    """Drop new items that something has happened to since the snapshot, and items that were removed since; return the
    items that there are of the others.
    """
    concerned = {*changes.put, *changes.patched, *changes.gone}
    later = (changes.stale | changes.to_be_patched | changes.moved.keys()) - concerned
    found = {
        pk: page_id
        for batch in batches(concerned | later)
        for pk, page_id in Item.objects.filter(page_id__in=batch).values_list("pk", "page_id")
    }
    # Locked in the order of their keys, as whoever removes some locks them: nobody waits in a circle.
    items: list[Item] = []
    there: set[int | None] = set()
    for batch in batches(found):
        locked = Item.objects.select_for_update().filter(pk__in=batch).order_by("pk")
        if all(found[pk] in later for pk in batch):
            there |= set(locked.values_list("page_id", flat=True))
        else:
            items += locked
    known = {item.page_id for item in items}
    expected = {
        pk
        for pk in changes.put.keys() | changes.patched.keys() | later
        if (told := changes.stored(pk)) is not None and told.item is not None
    }
    newer = Event.objects.exclude(pk__in=[event.pk for event in events]).filter(set_aside_until=None)
    places = list(newer.exclude(page_id=None).values_list("page_id", "path"))
    dropped = expected - known - there
    for pk in changes.put.keys() - known:
        path = changes.put[pk].tree_path
        if any(pk == page_id or (place and path.startswith(place)) for page_id, place in places):
            dropped.add(pk)
    for pk in dropped:
        changes.drop(pk)
    kept = {item.page_id: item for item in items}
    for pk, patched in list(changes.patched.items()):
        now, then = kept[pk], patched.item
        if (now.stale, now.version, now.digest) != (then.stale, then.version, then.digest):
            # Somebody has made it anew meanwhile.
            del changes.patched[pk]
            changes.stale.add(pk)
    return {(one.type, one.key): kept[pk] for pk, one in changes.put.items() if pk in kept}


def _forget_addresses(changes: PageChanges) -> None:
    """Remove the addresses of purged pages and of what stood below them: they are made from titles. So are patches."""
    if changes.purged and Patch.objects.exists():
        Item.objects.exclude(first_patch=None).update(first_patch=None)
        Patch.objects.all().delete()
    for page_id, paths in changes.purged:
        own = Change.objects.filter(key=str(page_id), type__contains=".")
        addresses = {address for row in own.values_list("path", "old_path") for address in row if address} | paths
        for name in ("path", "old_path"):
            # The log, which only grows, is read once for each branch.
            for address in outermost(addresses):
                Change.objects.filter(**{f"{name}__startswith": address}).update(**{name: ""})


def _mark(changes: PageChanges, altered: Altered) -> None:
    """Write what is known at once of items whose forms are made later."""
    moved = [item for batch in batches(changes.moved) for item in Item.objects.filter(page_id__in=batch)]
    for item in moved:
        place = changes.moved[item.page_id or 0]
        altered.touched |= of_page(item.type, item.page_id, item.path, place.path)
        item.path, item.tree_path, item.address = place.path, place.tree_path, address_key(place.path)
    Item.objects.bulk_update(moved, ["path", "tree_path", "address"], batch_size=140)
    for batch in batches(changes.stale):
        Item.objects.filter(page_id__in=batch).update(stale=True, first_patch=None)
    if changes.to_be_patched:
        patch = Patch.objects.create(shown=compact(changes.news), version=changes.version)
        for batch in batches(changes.to_be_patched):
            # What is stale lacks this one besides what it lacks already. Of all, so that it waits for who patches one.
            lacking = Case(When(stale=True, then=F("first_patch")), default=Value(patch.pk))
            Item.objects.filter(page_id__in=batch).update(stale=True, first_patch=lacking)
    for batch in batches(changes.stale | changes.to_be_patched):
        for kind, page_id in Item.objects.filter(page_id__in=batch).values_list("type", "page_id"):
            altered.touched |= of_page(kind, page_id)


def append(head: ChangeLogHead, changes: Sequence[Change], written: Mapping[tuple[str, str], Item]) -> None:
    """Give numbers to `changes` and store them; the row `head` must be locked. `written` are the items at hand."""
    last: dict[tuple[str, str], int] = {}
    for change in changes:
        head.seq += 1
        change.seq = head.seq
        if not change.gone:
            last[change.type, change.key] = head.seq
    Change.objects.bulk_create(changes, batch_size=500)
    _note_seq(last, written)
    # Afterwards whoever changes it writes it, with the new epoch: what is remembered of it here may be older.
    head.site_url = head.site_url or site_url()
    head.save(update_fields=["seq", "generation", "site_url"])


def _note_seq(last: dict[tuple[str, str], int], written: Mapping[tuple[str, str], Item]) -> None:
    others: dict[str, list[str]] = {}
    for kind, key in last.keys() - written.keys():
        others.setdefault(kind, []).append(key)
    items = [written[name] for name in last.keys() & written.keys()]
    for kind, keys in others.items():
        for batch in batches(keys):
            items += Item.objects.filter(type=kind, key__in=batch).only("pk", "type", "key", "seq")
    for item in items:
        item.seq = last[item.type, item.key]
    Item.objects.bulk_update(items, ["seq"], batch_size=300)
