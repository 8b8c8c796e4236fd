"""Which of the kept answers still hold: by what they depend on, and what was touched since they were made.

A process reads the journal once per change (`cms.store.dependencies`), and asks nothing in between.
"""

import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import close_old_connections, connection
from django.utils import timezone

from cms.core.dependencies import ALL, DAY, NEVER

# Seconds for which what is known is believed without asking: for what another machine has done, or a process that died
# before it could tell.
BELIEVED = 1.0
# Names that a process remembers; then it forgets all, and with them what it keeps.
MOST_NAMES = 50_000


@dataclass(frozen=True)
class Version:
    """What an answer that is made now reflects, or is newer than."""

    epoch: str
    generation: int
    seq: int
    day: str
    # What removals touch that are not told of yet.
    removed: frozenset[str] = frozenset()


class Unknown(Exception):
    """The version can't be found out."""


@dataclass(frozen=True)
class News:
    """What is known now: the end of the change log, what was touched since it was asked before (None: that can't be
    said, so everything), and what removals touch that are not told of yet.
    """

    epoch: str
    generation: int
    seq: int
    touched: dict[str, int] | None = field(default_factory=dict)
    removed: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Believed:
    """A version, and as long as what it needs no asking: until a moment of the clock that only rises, while `mark` is
    this one, and on its day.
    """

    version: Version
    mark: Any
    until: float
    day_begins: datetime
    day_ends: datetime


class Versions:
    """The newest version, asked for at most once a second, and at once where `mark` is another one.

    A subclass gives `ask`.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: News | None = None
        self._asked_at = float("-inf")
        # What `mark` was before the last asking.
        self._seen = self.mark()
        # The last generation that touched each name; answers that are older than `_floor` hold in no case.
        self._touched: dict[str, int] = {}
        self._floor = 0
        self._failed = False
        self._believed: Believed | None = None

    def current(self) -> Version:
        """Return the version now, the same object as long as nothing has changed. Raise what `ask` raises."""
        # Read as one, since other threads replace it; without a lock, which all that is kept would wait for.
        believed = self._believed
        if (
            believed is not None
            and time.monotonic() < believed.until
            and self.mark() == believed.mark
            and believed.day_begins <= timezone.now() < believed.day_ends
        ):
            return believed.version
        with self._lock:
            if time.monotonic() - self._asked_at >= BELIEVED or self.mark() != self._seen:
                self._asked_at = time.monotonic()
                # Before it is asked: what is told meanwhile is asked for again.
                self._seen = self.mark()
                try:
                    self._learn(self.ask(self._known))
                    self._failed = False
                except Exception:
                    # For a second nobody else waits for the same failure.
                    self._failed = True
                    raise
            if self._failed or self._known is None:
                raise Unknown("the version of the content could not be found out a moment ago")
            self._believed = self._believe(self._known)
            return self._believed.version

    def _believe(self, news: News) -> "Believed":
        today = timezone.localdate()
        version = Version(news.epoch, news.generation, news.seq, today.isoformat(), news.removed)
        if self._believed is not None and self._believed.version == version:
            version = self._believed.version
        begins, ends = (datetime.combine(today + timedelta(days), datetime.min.time()) for days in (0, 1))
        until = self._asked_at + BELIEVED
        return Believed(version, self._seen, until, timezone.make_aware(begins), timezone.make_aware(ends))

    def _learn(self, news: News) -> None:
        known, self._known = self._known, news
        if (
            known is None
            or known.epoch != news.epoch
            or news.touched is None
            or ALL in news.touched
            or news.generation < known.generation
            or len(self._touched) + len(news.touched) > MOST_NAMES
        ):
            self._touched, self._floor = {}, news.generation
        else:
            self._touched |= news.touched

    def holds(self, made: Version, now: Version, depends_on: Iterable[str]) -> bool:
        """Return whether an answer that was made at the version `made` or later holds now."""
        if made.epoch != now.epoch or made.generation < self._floor:
            return False
        removed = now.removed | self._removed
        if made.generation == now.generation and not removed:
            return (made.day == now.day or DAY not in depends_on) and NEVER not in depends_on
        if ALL in removed:
            return False
        for name in depends_on:
            if name == DAY:
                if made.day != now.day:
                    return False
            elif (
                name == NEVER
                or (name == ALL and (made.generation != now.generation or removed))
                or self._touched.get(name, 0) > made.generation
                or name in removed
            ):
                return False
        return True

    @property
    def _removed(self) -> frozenset[str]:
        return self._known.removed if self._known is not None else frozenset()

    def mark(self) -> Any:
        """Return what is another one when there is reason to ask before the second is over."""
        return None

    def ask(self, known: News | None) -> News:
        """Return what there is to be known, since `known`."""
        raise NotImplementedError


class LogVersions(Versions):
    """From the change log of this installation. What is committed and not numbered yet is numbered."""

    def __init__(self, counter: Any) -> None:
        self._counter = counter
        super().__init__()

    def mark(self) -> Any:
        return self._counter.read()

    def ask(self, known: News | None) -> News:
        from cms.store.dependencies import removals, touched_since
        from cms.store.projector import newest

        if not connection.in_atomic_block:
            # As Django does before each request; a request that is answered from here never comes to it.
            close_old_connections()
        removed = frozenset(removals())
        head = newest()
        epoch, generation = str(head.epoch), head.generation
        if known is None or known.epoch != epoch or known.generation > generation:
            return News(epoch, generation, head.seq, None, removed)
        touched = touched_since(known.generation, generation) if generation > known.generation else {}
        return News(epoch, generation, head.seq, touched, removed)


class ContentVersions(Versions):
    """From the API of another machine, for the public tier alone: `get(path, **params)` asks it."""

    def __init__(self, get: Callable[..., Any]) -> None:
        super().__init__()
        self._get = get

    def ask(self, known: News | None) -> News:
        since = known.generation if known is not None else None
        found = self._get("changes/touched/", since=since)
        touched = found["touched"] if known is not None and known.epoch == found["epoch"] else None
        return News(found["epoch"], found["generation"], found["seq"], touched, frozenset(found["removed"]))
