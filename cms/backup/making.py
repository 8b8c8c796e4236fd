"""Making a backup while others write."""

import json
import logging
import os
import tempfile
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from cms.publishing.record.keys import all_keys
from cms.publishing.record.models import RecordHead
from cms.store.projector import snapshot

from . import rows
from .archive import ENCRYPTED, KEYS, PLAIN, Reader, Writer, encrypt

logger = logging.getLogger(__name__)

# Files may be purged between the snapshot of the rows and their copy: then all of it is begun anew, so often.
_TIMES = 3


class FilesMissing(Exception):
    """Rows name files that are not there: the installation itself has lost them. The backup was made without them."""

    def __init__(self, path: Path, names: list[str]) -> None:
        super().__init__(f"{path.name} was made, without files that are not there any more: {', '.join(names[:20])}")
        self.path, self.names = path, names


def make(folder: Path, recipients: list[str]) -> Path:
    """Make a backup in `folder`, check that it can be read, and return it.

    Raise FilesMissing where files had been lost before; OSError, ValueError and Broken where nothing was made.
    """
    folder.mkdir(parents=True, exist_ok=True)
    stamp = timezone.now().astimezone(timezone.get_fixed_timezone(0)).strftime("%Y%m%dT%H%M%SZ")
    path = folder / f"portal-{stamp}{ENCRYPTED if recipients else PLAIN}"
    with tempfile.TemporaryDirectory(dir=folder, prefix=".making-") as scratch:
        missing: list[str] = []
        for time in range(_TIMES):
            plain = Path(scratch) / f"{time}{PLAIN}"
            missing = _write(plain, Path(scratch), with_keys=bool(recipients))
            if not missing or not _were_purged(missing):
                break
            if time + 1 < _TIMES:
                plain.unlink()
        Reader(plain).check()
        finished = plain
        if recipients:
            finished = Path(scratch) / f"finished{ENCRYPTED}"
            encrypt(plain, finished, recipients)
        _to_disk(finished)
        if path.exists():
            raise FileExistsError(f"{path.name} is there already")
        finished.rename(path)
    if missing:
        raise FilesMissing(path, missing)
    return path


def _write(path: Path, scratch: Path, with_keys: bool) -> list[str]:
    """Write an archive, and return the names of files that were not there."""
    writer, files, counts = Writer(path), set(), {}
    os.chmod(path, 0o600)
    with snapshot():
        head = RecordHead.objects.filter(pk=1).first()
        manifest: dict[str, Any] = {
            "made_at": timezone.now().isoformat(),
            "engine": connection.vendor,
            "migrations": migrations(),
            "last_ids": rows.last_ids(),
            "record": f"{head.seq}:{head.hash}" if head is not None else "",
        }
        for label, model in rows.kept().items():
            read = rows.lines(model, files)
            counts[label] = writer.add_lines(f"tables/{label}.jsonl.gz", read, scratch / "table") - 1
    missing = [name for name in sorted(files) if not _add_file(writer, name)]
    if with_keys:
        content = json.dumps({"record_keys": all_keys(), "secret_key": str(settings.SECRET_KEY)}).encode()
        writer.add(KEYS, BytesIO(content), len(content))
    writer.close({**manifest, "rows": counts, "missing_files": missing})
    return missing


def migrations() -> list[str]:
    """Return the migrations that the database has."""
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def _add_file(writer: Writer, name: str) -> bool:
    try:
        with default_storage.open(name, "rb") as file:
            writer.add(f"media/{name}", file, default_storage.size(name))
    except FileNotFoundError:
        return False
    return True


def _were_purged(names: list[str]) -> bool:
    """Return whether one of these files is named by no row any more."""
    named: set[str] = set()
    for model in rows.kept().values():
        for field in model._meta.local_concrete_fields:
            if hasattr(field, "upload_to"):
                found = model._base_manager.filter(**{f"{field.name}__in": names[:900]})
                named |= set(found.values_list(field.name, flat=True))
    return bool(set(names[:900]) - named)


def _to_disk(path: Path) -> None:
    """Have the system write the file before it gets its name: a backup that a power cut empties is none."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
