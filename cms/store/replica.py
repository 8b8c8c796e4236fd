"""Answers are read from a streaming replica of PostgreSQL where one is set (REPLICA_URL) and has everything that was
committed when the request came; else from the primary. So with a replica no answer is older than without.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, InterfaceError, OperationalError, connection, connections

logger = logging.getLogger(__name__)

REPLICA = "replica"
# Seconds for which one that did not answer is left alone.
REST = 10.0

Read = TypeVar("Read")

_reading: ContextVar[bool] = ContextVar("reads the replica", default=False)
_rests_until = float("-inf")


class ReplicaRouter:
    """Sends what `read` reads to the replica, and all that is written to the primary."""

    def db_for_read(self, _model: Any, **_hints: Any) -> str:
        # Not None: Django would then ask where the object at hand was read.
        return REPLICA if _reading.get() else DEFAULT_DB_ALIAS

    def db_for_write(self, _model: Any, **_hints: Any) -> str:
        # Without it an object that was read from the replica would be written there.
        return DEFAULT_DB_ALIAS

    def allow_relation(self, _one: Any, _other: Any, **_hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, _app_label: str, **_hints: Any) -> bool | None:
        return False if db == REPLICA else None


def reading() -> Any:
    """Return the connection by which SQL is to read."""
    return connections[REPLICA] if _reading.get() else connection


def read(answer: Callable[[], Read]) -> Read:
    """Return `answer()`, which only reads: it is asked again, of the primary, where the replica breaks off."""
    if not _is_up_to_date():
        return answer()
    token = _reading.set(True)
    try:
        return answer()
    except (OperationalError, InterfaceError):
        # It may be the primary's, of what is made anew meanwhile.
        if not connections[REPLICA].errors_occurred:
            raise
        # PostgreSQL ends what stands in the way of what the replica is to take over.
        logger.warning("the replica broke off", exc_info=True)
        _rest()
    finally:
        _reading.reset(token)
    with from_primary():
        return answer()


@contextmanager
def from_primary() -> Iterator[None]:
    """Read everything inside from the primary: what is about to be written."""
    token = _reading.set(False)
    try:
        yield
    finally:
        _reading.reset(token)


def lag() -> int | None:
    """Return how many bytes of the log the replica is behind; None where it does not answer, or is a replica of another
    database.
    """
    history, end = _end()
    try:
        with connections[REPLICA].cursor() as cursor:
            cursor.execute(
                f"SELECT {_HISTORY}, pg_is_in_recovery(), pg_wal_lsn_diff(%s, pg_last_wal_replay_lsn())", [end]
            )
            its_history, is_replica, bytes_ = cursor.fetchone()
    except Error:
        return None
    return max(0, int(bytes_)) if is_replica and its_history == history and bytes_ is not None else None


def _is_up_to_date() -> bool:
    if REPLICA not in settings.DATABASES or connection.in_atomic_block or time.monotonic() < _rests_until:
        return False
    history, end = _end()
    try:
        with connections[REPLICA].cursor() as cursor:
            has_all = "pg_is_in_recovery() AND pg_last_wal_replay_lsn() >= %s::pg_lsn"
            cursor.execute(f"SELECT {has_all} AND {_HISTORY} = %s", [end, history])
            return bool(cursor.fetchone()[0])
    except Error:
        logger.warning("the replica does not answer", exc_info=True)
        _rest()
        return False


# Positions of the log mean something within one history: of one database, until somebody else became its primary.
_HISTORY = (
    "(SELECT system_identifier FROM pg_control_system()) || '/' || (SELECT timeline_id FROM pg_control_checkpoint())"
)


def _end() -> tuple[str, str]:
    """Return which history the primary writes, and up to where its log goes, what is not on its disk yet included."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_HISTORY}, pg_current_wal_insert_lsn()::text")
        history, end = cursor.fetchone()
        return str(history), str(end)


def _rest() -> None:
    global _rests_until
    _rests_until = time.monotonic() + REST
    # Within a long answer nobody else would close a connection that broke.
    connections[REPLICA].close_if_unusable_or_obsolete()
