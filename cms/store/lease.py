"""One projector at a time, without holding any lock that writers or readers need: an advisory lock of PostgreSQL, or
the lock of a file beside the counter on SQLite.
"""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

# Seconds for which somebody waits for a projection that is under way.
PATIENCE = 20.0
_INTERVAL = 0.005
# Of this project, in the namespace of one database.
_KEY = 0x50524F4A


class LeaseTaken(Exception):
    """Another process is projecting for longer than anybody waits."""


@contextmanager
def lease() -> Iterator[None]:
    """Hold the projector's lease. Raise LeaseTaken."""
    with _advisory_lock() if connection.vendor == "postgresql" else _file_lock():
        yield


@contextmanager
def _advisory_lock() -> Iterator[None]:
    with connection.cursor() as cursor:
        _wait_for(lambda: _ask(cursor, "SELECT pg_try_advisory_lock(%s)"))
        try:
            yield
        finally:
            # A connection that broke has let it go.
            if connection.is_usable():
                _ask(cursor, "SELECT pg_advisory_unlock(%s)")


def _ask(cursor: Any, sql: str) -> bool:
    cursor.execute(sql, [_KEY])
    return bool(cursor.fetchone()[0])


@contextmanager
def _file_lock() -> Iterator[None]:
    path = Path(settings.CHANGE_COUNTER).with_suffix(".lease")
    path.parent.mkdir(parents=True, exist_ok=True)
    # Opened anew each time: so the threads of one process exclude each other too.
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _wait_for(lambda: _try_file(descriptor))
        yield
    finally:
        os.close(descriptor)


def _try_file(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _wait_for(taken: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not taken():
        if time.monotonic() >= end:
            raise LeaseTaken
        time.sleep(_INTERVAL)
