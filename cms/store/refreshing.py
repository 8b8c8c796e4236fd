"""Patching stale forms or making them anew: of those that are asked for, at once; of the others by the worker,
meanwhile.

It writes no row of the feed: the change that made them stale was told when it was numbered, and nobody has seen
anything in between. Only what another version of the program makes otherwise is told.
"""

import logging
import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Min, Q
from django.utils import timezone, translation

from cms.core.batches import batches
from cms.pages.public import default_site, one_view_of_public

from .collection_changes import collection_changes, made_of
from .dependencies import of_companion, write_touched
from .models import Change, ChangeLogHead, ChangeLogKind, Event, Item, Patch
from .patching import Patched, patched
from .projection.companions import companions
from .projection.pages import Projected
from .projection.registry import collections
from .projector import append, in_open_transaction, locked_head, newest, snapshot
from .replica import from_primary
from .restore import tell_processes
from .version import needs_refreshing, projection_version
from .worked_out import WorkedOut, project_each
from .writing import Altered, write, write_counts, write_patched

logger = logging.getLogger(__name__)

# How many forms the worker makes at a time; how many of those that are stale, most of which are patched, which takes a
# tenth of that.
PORTION, STALE_PORTION = 100, 250
# How many ids it looks up at a time: each look-up passes over all items.
LOOKED_UP = 5000
# Seconds for which other jobs wait for that.
SECONDS = 5.0
# Seconds for which stale forms are made, for which no job waits, and after which those that could not be made are tried
# again.
AGAIN = 60.0


def refresh(items: Iterable[int]) -> None:
    """Bring the forms of these items up to date. One that can't be made stays stale."""
    _refresh(items)


def _refresh(items: Iterable[int], turn: AbstractContextManager[Any] | None = None) -> set[str]:
    """Likewise. With a `turn`, under which they are worked out, nobody asks for them: the projector doesn't wait, what
    somebody else is at is left out, and what is touched is returned, to be told once for all.
    """
    touched: set[str] = set()
    meanwhile = turn is not None
    with from_primary():
        for batch in batches(items):
            with turn or nullcontext():
                patches, left, made, seen = _worked_out(batch)
            if patches:
                with transaction.atomic():
                    # Before the items, as the projector does; or no lock is waited for, so that nobody waits in a
                    # circle.
                    head = None if meanwhile else locked_head()
                    names = _write_patched(patches, seen, skip_locked=meanwhile)
                    if head is not None:
                        _tell_of(head, names)
                touched |= names
            if made:
                _write_made(made, left, seen)
    return touched


def _worked_out(
    items: list[int],
) -> tuple[dict[int, Patched], list[int], dict[tuple[str, str], Projected], dict[int, int]]:
    """Return what items become by patches, by item; which are left, and what is made of these; and up to which row of
    the feed each was told.
    """
    with snapshot(), one_view_of_public(), translation.override(settings.LANGUAGE_CODE):
        # What somebody else has brought up to date since it was looked up is left out.
        found = list(Item.objects.filter(needs_refreshing(), pk__in=items))
        patches = patched([item for item in found if item.stale])
        left = [item for item in found if item.pk not in patches]
        made = {**_pages(left), **_entries(left)} if left else {}
    return patches, [item.pk for item in left], made, {item.pk: item.seq for item in found}


def _still_stale(items: Iterable[int], seen: dict[int, int], skip_locked: bool = False) -> list[Item]:
    """Return those of the items, locked, that are stale and that the projector has not written or marked since."""
    locked = Item.objects.select_for_update(skip_locked=skip_locked and connection.vendor != "sqlite")
    now = locked.filter(needs_refreshing(), pk__in=list(items)).order_by("pk")
    return [item for item in now if item.seq == seen[item.pk]]


def _write_patched(patches: dict[int, Patched], seen: dict[int, int], skip_locked: bool = False) -> set[str]:
    now = {item.pk: item for item in _still_stale(patches, seen, skip_locked)}
    written = [
        patches[pk]
        for pk, item in now.items()
        # Not what somebody else has patched or made anew.
        if (item.stale, item.first_patch, item.version)
        == ((then := patches[pk].item).stale, then.first_patch, then.version)
    ]
    write_patched(written, Altered())
    return {of_companion(name) for one in written for name in one.companions}


def _write_made(made: dict[tuple[str, str], Projected], items: list[int], seen: dict[int, int]) -> None:
    version = projection_version()
    with transaction.atomic():
        head = locked_head()
        known = {(one.type, one.key): one for one in _still_stale(items, seen)}
        wanted = [one for name, one in made.items() if name in known]
        rows = [_row(one) for one in wanted if _is_news(known[one.type, one.key], one)]
        altered = Altered()
        write(wanted, version, altered, known)
        _leave_to_the_projector(item.pk for item in known.values())
        beside = {of_companion(name) for one in wanted for name in one.companions}
        if not rows and not altered.terms and not altered.links:
            _tell_of(head, beside)
            return
        if altered.terms or altered.links:
            # Found by something else: of another version of the program, or without an entry that was deleted.
            changes = WorkedOut([], version)
            rows += collection_changes(changes, altered)
            changes.failures.set_aside([])
        write_counts(altered)
        _tell_of(head, altered.touched | beside, rows, altered.items)


def _tell_of(
    head: ChangeLogHead,
    touched: set[str],
    rows: Sequence[Change] = (),
    written: Mapping[tuple[str, str], Item] | None = None,
) -> None:
    """Write what was touched, and rows of the feed; afterwards the processes learn of it. What is kept beside the items
    follows them only now, so answers that were made of it meanwhile hold no longer.
    """
    if touched:
        head.generation += 1
        append(head, rows, written or {})
        write_touched(head.generation, touched)
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
    """Bring forms up to date that are stale or of another version of the program, each once, until other jobs have
    waited long enough; return how many there were.
    """
    return _for_a_while(needs_refreshing, seconds)


def refresh_other_versions() -> None:
    """Make forms of other versions of the program anew for a while. A job of `cms.core.due`."""
    _for_a_while(lambda: needs_refreshing() & Q(stale=False), SECONDS)


def _for_a_while(wanted: Callable[[], Q], seconds: float, threads: int = 1, portion: int = PORTION) -> int:
    # Which version is the newest.
    newest()
    portions = _Portions(wanted, seconds, portion)
    try:
        # Of SQLite's one writer two threads would leave nothing to whoever saves meanwhile.
        if threads == 1 or connection.vendor == "sqlite":
            portions.refresh()
        else:
            with ThreadPoolExecutor(threads) as pool:
                for ended in [pool.submit(portions.refresh_in_thread) for _ in range(threads)]:
                    ended.result()
    finally:
        _settle(portions.touched)
    return portions.count


def refresh_stale_for_a_while(seconds: float = SECONDS, threads: int = 1) -> int:
    """Likewise, of stale forms alone: the search follows them. With two threads one works out forms while the database
    writes those of the other.
    """
    return _for_a_while(lambda: Q(stale=True), seconds, threads, STALE_PORTION)


class StaleForms:
    """That job, which costs one query where nothing has happened since it came to the end."""

    def __init__(self) -> None:
        self._ended_at: tuple[Any, int] | None = None
        self._again_at = 0.0

    def __call__(self) -> None:
        """Bring stale forms up to date for a while. What can't be made is tried again when something has happened, or
        a minute later.
        """
        head = newest()
        if (head.epoch, head.generation) == self._ended_at and time.monotonic() < self._again_at:
            return
        end = time.monotonic() + AGAIN
        refresh_stale_for_a_while(AGAIN, threads=2)
        if time.monotonic() < end:
            self._ended_at, self._again_at = (head.epoch, head.generation), time.monotonic() + AGAIN


class _Portions:
    """Items that are not fresh, each once, portion by portion until so many seconds are over."""

    def __init__(self, wanted: Callable[[], Q], seconds: float, portion: int) -> None:
        self.count = 0
        # What is to be told when they are up to date.
        self.touched: set[str] = set()
        self._wanted, self._end, self._portion = wanted, time.monotonic() + seconds, portion
        self._left: list[int] = []
        self._after = 0
        # Python does one thing at a time: two that work out at once only hinder each other.
        self._turn = threading.Lock()

    def refresh(self) -> None:
        """Bring them up to date."""
        while not in_open_transaction() and (items := self._next()):
            self.touched |= _refresh(items, self._turn)

    def refresh_in_thread(self) -> None:
        """Bring them up to date, in a thread that ends then."""
        try:
            self.refresh()
        finally:
            connection.close()

    def _next(self) -> list[int]:
        with self._turn:
            if time.monotonic() >= self._end:
                return []
            if not self._left:
                found = Item.objects.filter(self._wanted(), pk__gt=self._after).order_by("pk")
                self._left = list(found.values_list("pk", flat=True)[:LOOKED_UP])
                self._after = self._left[-1] if self._left else self._after
            items, self._left = self._left[: self._portion], self._left[self._portion :]
            self.count += len(items)
            return items


def _settle(touched: set[str]) -> None:
    """Delete the patches that are in all forms, and end the kept answers that depend on what is `touched`.

    Where a process dies before, the patches are still there, and by them its successor knows that it has to be told.
    """
    if not touched and not Patch.objects.exists():
        return
    with transaction.atomic():
        head = locked_head()
        lacking = Item.objects.filter(stale=True).aggregate(first=Min("first_patch"))["first"]
        deleted, _by_model = (Patch.objects.filter(pk__lt=lacking) if lacking else Patch.objects.all()).delete()
        _tell_of(head, touched | {of_companion(name) for name in companions() if deleted})
