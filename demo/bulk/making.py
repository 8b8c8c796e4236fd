"""Making bulk content with all processors: portions of pages, each made and stored by one process."""

import gc
import multiprocessing
import os
import signal
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.db import connection, connections
from psycopg.types.array import ListBinaryDumper
from wagtail.models import Page, Revision

from cms.store.checking import check_collections
from cms.store.lease import lease
from cms.store.projector import newest

from .pages import Portion
from .stock import stock
from .storing import models_of_children, reserve_ids, store


class Unfinished(Exception):
    """Pages are missing between those that were made."""


# Pages that are stored together; they refer to one another only.
PORTION = 400
# Of each kind of what hangs on pages a portion has no more.
ROOM = 20 * PORTION

# Of a process: what it holds while it writes.
_turn: AbstractContextManager[Any] = nullcontext()


def make(pages: int, seed: int, progress: Callable[[int, int], None]) -> int:
    """Bring the sections up to so many pages; return how many were made. `progress(done, whole)` is told how far it is.

    Nobody else may write meanwhile. Raise Unfinished where an earlier run was stopped half way, or pages of it were
    deleted: what is missing between the others is not made.
    """
    newest()
    shared = stock(pages)
    sections = shared.sections.values()
    before = sum(Page.objects.child_of(section).count() for section in sections)
    if before >= pages:
        return 0
    if Page.objects.filter(slug__endswith=f"-{before}", depth__in={one.depth + 1 for one in sections}).exists():
        raise Unfinished(f"There are {before} pages, and later ones among them: begin anew with an empty database.")
    first_step = {kind: _free_step(section) - before for kind, section in shared.sections.items()}
    starts = range(before, pages, PORTION)
    children = dict.fromkeys(models_of_children(), ROOM * len(starts))
    first_ids = reserve_ids({Page: pages - before, Revision: pages - before, **children})
    work = [
        (
            Portion(
                seed,
                range(start, min(start + PORTION, pages)),
                first_ids[Page] - before,
                {model: first_ids[model] + ROOM * number for model in children},
                shared,
            ),
            first_step,
        )
        for number, start in enumerate(starts)
    ]
    processes = multiprocessing.get_context("fork")
    # Of SQLite there is one writer, and who waits for it by trying again waits too long.
    turn = processes.Lock() if connection.vendor == "sqlite" else nullcontext()
    # Each process opens connections of its own.
    connections.close_all()
    with processes.Pool(os.cpu_count() or 1, _begin, (turn,)) as pool, lease():
        done = 0
        for made in pool.imap_unordered(_make_portion, work):
            done += made
            progress(done, pages - before)
    newest()
    check_collections()
    return pages - before


def _free_step(section: Any) -> int:
    last = Page.objects.child_of(section).order_by("-path").values_list("path", flat=True).first()
    return Page._str2int(last[-Page.steplen :]) + 1 if last else 1


def _begin(turn: AbstractContextManager[Any]) -> None:
    global _turn
    _turn = turn
    # What the process that was forked does about it would keep this one from ending.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if connection.vendor == "sqlite":
        # Rows go to places all over the indexes: more of them stay in memory, and are written to the file less often.
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA cache_size=-400000")
            cursor.execute("PRAGMA wal_autocheckpoint=50000")
    else:
        _send_lists_as_they_are()
        with connection.cursor() as cursor:
            # What a crash would lose is made again.
            cursor.execute("SET synchronous_commit TO off")
    # What is there stays, so collecting garbage need not look at it again and again.
    gc.freeze()
    gc.disable()


def _send_lists_as_they_are() -> None:
    """Send PostgreSQL the columns of many rows in binary form.

    To write them as text, and to read them again, takes a fifth of the time.
    """
    # https://docs.djangoproject.com/en/stable/ref/databases/#server-side-parameters-binding
    connection.settings_dict["OPTIONS"]["server_side_binding"] = True
    connection.ensure_connection()
    connection.connection.adapters.register_dumper(list, ListBinaryDumper)


def _make_portion(work: tuple[Portion, dict[str, int]]) -> int:
    made = store(*work, _turn)
    gc.collect()
    return made
