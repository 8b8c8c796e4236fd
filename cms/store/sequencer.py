"""Turns committed events into numbered changes, one process at a time, in a short transaction of its own.

What happened is worked out here and not where it happened, by comparing what is public with what was told last
(`PublicObject`): a transaction does not see what others do at the same time, so it can't know every page that will show
what it changes. Whatever differs afterwards has a number that is greater than that of everything it depends on, and
whoever asks for it after reading that number sees it.
"""

import logging

from django.db import transaction
from django.db.models import Exists

from .collection_changes import collection_changes
from .counter import bump
from .models import Change, ChangeLogHead, Event
from .page_changes import PageChanges
from .restore import remember
from .site_address import follow

logger = logging.getLogger(__name__)


def newest() -> ChangeLogHead:
    """Return the end of the feed, with everything numbered that is committed. One query where nothing happened.

    A failure of the numbering is logged and reported by whoever comes next too; readers are answered with what is
    numbered.
    """
    found = ChangeLogHead.objects.annotate(pending=Exists(Event.objects.all())).filter(pk=1).first()
    if found is not None and not found.pending:
        head: ChangeLogHead = found
    else:
        try:
            sequence()
        except Exception:
            if transaction.get_connection().needs_rollback:
                raise
            logger.exception("changes could not be numbered")
        head = ChangeLogHead.objects.filter(pk=1).first() or ChangeLogHead()
    follow(head)
    return head


def sequence() -> None:
    """Give numbers to what is committed. Content transactions don't wait for it."""
    with transaction.atomic():
        head = _lock()
        events = list(Event.objects.order_by("pk"))
        if events:
            _number(head, events)


def number_differences() -> None:
    """As `sequence`, and compares everything that is no page although nothing may have happened to it."""
    with transaction.atomic():
        _number(_lock(), list(Event.objects.order_by("pk")))


def _lock() -> ChangeLogHead:
    ChangeLogHead.objects.get_or_create(pk=1)
    return ChangeLogHead.objects.select_for_update().get(pk=1)


def _number(head: ChangeLogHead, events: list[Event]) -> None:
    head.generation += 1
    append(head, [*PageChanges(events).changes(), *collection_changes()])
    transaction.on_commit(bump, robust=True)
    transaction.on_commit(lambda: remember(head), robust=True)
    # By their keys: what was committed meanwhile is for the next time.
    for start in range(0, len(events), 500):
        Event.objects.filter(pk__in=[event.pk for event in events[start : start + 500]]).delete()


def append(head: ChangeLogHead, changes: list[Change]) -> None:
    """Give numbers to `changes` and store them; the row `head` must be locked."""
    for change in changes:
        head.seq += 1
        change.seq = head.seq
    Change.objects.bulk_create(changes, batch_size=500)
    head.save(update_fields=["seq", "generation"])
