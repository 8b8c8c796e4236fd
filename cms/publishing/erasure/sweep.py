"""What a purge leaves behind when it is committed: files in storage, and free space in the database that still holds
what was there.

It is tried again until it is done, so that neither a crash nor a busy database leaves anything.
"""

import logging

from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from .models import Erasure, ErasureKind

logger = logging.getLogger(__name__)


def sweep() -> None:
    """Finish the purges that are not finished. A job of `cms.core.due`."""
    unfinished = list(Erasure.objects.filter(proposal__kind=ErasureKind.PURGE, swept_at=None))
    done = []
    for erasure in unfinished:
        try:
            sweep_files(erasure)
        except OSError:
            # Whatever is wrong with one file, the others have to go.
            logger.exception("the files of purge %s could not be erased", erasure.pk)
        else:
            done.append(erasure.pk)
    if done and sweep_database():
        Erasure.objects.filter(pk__in=done).update(swept_at=timezone.now())


def sweep_files(erasure: Erasure) -> None:
    """Erase the files of a purge from storage."""
    for path in erasure.paths:
        default_storage.delete(path)
    Erasure.objects.filter(pk=erasure.pk).update(paths=[])


def sweep_database() -> bool:
    """Let the database write itself anew, without what is free; return whether that is done.

    Not inside a transaction, nor on SQLite while somebody still reads what was there before.
    """
    if connection.in_atomic_block:
        return False
    with connection.cursor() as cursor:
        if connection.vendor != "sqlite":
            cursor.execute("VACUUM FULL")
            return True
        # A full-text index keeps the words of what was deleted until its segments are merged.
        cursor.execute("SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%' AND sql LIKE '%fts5%'")
        for (name,) in cursor.fetchall():
            cursor.execute(f'INSERT INTO "{name}"("{name}") VALUES (\'optimize\')')  # noqa: S608
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy, *_pages = cursor.fetchone()
        return not busy
