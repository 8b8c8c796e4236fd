"""Noticing that the database was restored from a backup, so that its numbers will be given to other changes than
before, or that the change log was lost: then the epoch is renewed.

A file beside the database remembers the last number that was given. It is written after the commit and read when a
process starts.
"""

import contextlib
import json
import os
import threading
import uuid
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from .counter import bump
from .models import Change, ChangeLogHead, ChangeLogKind


def tell_processes(head: ChangeLogHead) -> None:
    """Tell the processes of this machine that something was numbered, and write down how far the numbers go. To be
    called after the commit.
    """
    bump()
    _remember(head)


def _file() -> Path:
    return Path(settings.CHANGE_COUNTER).with_suffix(".json")


def _remember(head: ChangeLogHead) -> None:
    # A file that can't be written only means that a restore is not noticed by itself.
    known = _known()
    if known.get("epoch") == str(head.epoch) and known.get("generation", 0) > head.generation:
        # Another process was quicker with a later one.
        return
    with contextlib.suppress(OSError):
        temporary = _file().with_suffix(f".{os.getpid()}-{threading.get_ident()}.tmp")
        temporary.write_text(json.dumps({"epoch": str(head.epoch), "generation": head.generation}))
        temporary.replace(_file())


def _known() -> dict[str, Any]:
    """Return what was written down; nothing where that can't be read."""
    try:
        found = json.loads(_file().read_text())
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def renew_after_restore() -> bool:
    """Renew the epoch where the database is behind what was written down, or has lost rows of the log; return whether
    it was.
    """
    known = _known()
    with transaction.atomic():
        head = ChangeLogHead.objects.select_for_update().filter(pk=1).first()
        if head is None:
            return False
        is_behind = str(head.epoch) == known.get("epoch") and head.generation < known.get("generation", 0)
        last = Change.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
        if not is_behind and last >= head.seq:
            return False
        seq = head.seq
        if not is_behind:
            # So that the log ends with the number of its end again, and none is given twice.
            seq += 1
            site = Change(seq=seq, at=timezone.now(), kind=ChangeLogKind.CHANGED, type="site", key="site", gone=False)
            site.save(force_insert=True)
        ChangeLogHead.objects.filter(pk=1).update(epoch=uuid.uuid4(), seq=seq)
    return True
