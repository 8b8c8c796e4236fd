"""Noticing that the database was restored from a backup: its numbers will be given to other changes than before, so the
epoch is renewed.

A file beside the database remembers the last number that was given. It is written after the commit and read when a
process starts.
"""

import contextlib
import json
import os
import uuid
from pathlib import Path

from django.conf import settings
from django.db import transaction

from .models import ChangeLogHead


def _file() -> Path:
    return Path(settings.CHANGE_COUNTER).with_suffix(".json")


def remember(head: ChangeLogHead) -> None:
    """Write down how far the numbers go.

    A file that can't be written only means that a restore is not noticed by itself.
    """
    with contextlib.suppress(OSError):
        temporary = _file().with_suffix(f".{os.getpid()}.tmp")
        temporary.write_text(json.dumps({"epoch": str(head.epoch), "generation": head.generation}))
        temporary.replace(_file())


def renew_after_restore() -> bool:
    """Renew the epoch where the database is behind what was written down; return whether it was."""
    try:
        known = json.loads(_file().read_text())
    except (OSError, ValueError):
        return False
    with transaction.atomic():
        head = ChangeLogHead.objects.select_for_update().filter(pk=1).first()
        if head is None or str(head.epoch) != known.get("epoch") or head.generation >= known.get("generation", 0):
            return False
        ChangeLogHead.objects.filter(pk=1).update(epoch=uuid.uuid4())
    return True
