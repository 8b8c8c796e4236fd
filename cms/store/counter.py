"""A file that the processes of one machine share in memory: it changes whenever something was numbered, so that each
learns of it without asking the database.
"""

import mmap
import os
import threading
import time
from functools import cache
from pathlib import Path

from django.conf import settings

_SIZE = 8


class Counter:
    """Eight bytes at `path`. Their value means nothing: another one than before means that something has happened."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            if os.fstat(descriptor).st_size < _SIZE:
                os.ftruncate(descriptor, _SIZE)
            self._memory = mmap.mmap(descriptor, _SIZE)
        finally:
            os.close(descriptor)
        self._lock = threading.Lock()

    def read(self) -> bytes:
        """Return what it is now."""
        return self._memory[:]

    def bump(self) -> None:
        """Make it another one."""
        with self._lock:
            self._memory[:] = time.time_ns().to_bytes(_SIZE, "little")


@cache
def shared_counter() -> Counter:
    """Return the counter of this installation."""
    return Counter(Path(settings.CHANGE_COUNTER))


def bump() -> None:
    """Tell the processes of this machine that something was numbered."""
    shared_counter().bump()
