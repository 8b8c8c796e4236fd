"""Which version of the public content there is: the cache and the ETags of everything hang on it, so that nothing has
to be purged.

A version is the epoch, the generation of the change log (which rises with its newest number, and with what changes only
the look-up of an address) and the local date: with the day, derived values change without an edit.
"""

import threading
import time
from dataclasses import dataclass
from typing import Any

from django.db import close_old_connections, connection
from django.utils import timezone

# Seconds for which a version is believed without asking: for what another machine has done, or a process that died
# before it could tell.
BELIEVED = 1.0


@dataclass(frozen=True)
class Version:
    """What an answer that is made now reflects, or is newer than."""

    epoch: str
    generation: int
    day: str

    def __str__(self) -> str:
        return f"{self.epoch}.{self.generation}.{self.day}"


class Unknown(Exception):
    """The version can't be found out."""


class Versions:
    """The newest version, asked for at most once a second, and at once where `has_changed` says so.

    A subclass gives `ask`.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known = ("", 0)
        self._asked_at = float("-inf")

    def current(self) -> Version:
        """Return the version now. Raise what `ask` raises."""
        with self._lock:
            if time.monotonic() - self._asked_at >= BELIEVED or self.has_changed():
                self._asked_at = time.monotonic()
                try:
                    self._known = self.ask()
                except Exception:
                    # For a second nobody else waits for the same failure.
                    self._known = None
                    raise
            if self._known is None:
                raise Unknown("the version of the content could not be found out a moment ago")
            epoch, generation = self._known
        return Version(epoch, generation, timezone.localdate().isoformat())

    def has_changed(self) -> bool:
        """Return whether there is reason to ask before the second is over."""
        return False

    def ask(self) -> tuple[str, int]:
        """Epoch and generation."""
        raise NotImplementedError


class LogVersions(Versions):
    """From the change log of this installation. What is committed and not numbered yet is numbered."""

    def __init__(self, counter: Any) -> None:
        super().__init__()
        self._counter = counter
        self._seen = counter.read()

    def has_changed(self) -> bool:
        return self._counter.read() != self._seen

    def ask(self) -> Any:
        from cms.store.projector import newest

        # Before the log is read: what is told meanwhile is asked for again.
        self._seen = self._counter.read()
        if not connection.in_atomic_block:
            # As Django does before each request; a request that is answered from here never comes to it.
            close_old_connections()
        head = newest()
        return str(head.epoch), head.generation


class ContentVersions(Versions):
    """From the API of another machine, for the public tier alone."""

    def ask(self) -> Any:
        from home.site import content

        meta = content.get("changes/", limit=1)["meta"]
        return meta["epoch"], meta["generation"]
