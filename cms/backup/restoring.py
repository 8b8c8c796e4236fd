"""Restoring a backup into an installation, of either database engine."""

import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection, transaction

from cms.publishing.record.keys import put_in_place
from cms.store.counter import bump

from . import rows
from .archive import ENCRYPTED, KEYS, Broken, Reader, decrypt
from .making import migrations

Say = Callable[[str], Any]


class Refused(Exception):
    """The backup can't be restored here, and nothing was changed."""


def restore(path: Path, identities: list[str], replace: bool, say: Say) -> dict[str, Any]:
    """Restore the backup at `path` and return its manifest.

    `identities` are the private keys for one that is encrypted; `replace` lets what is there be lost. Raise Refused or
    Broken where nothing was changed.
    """
    with tempfile.TemporaryDirectory(prefix="portal-restore-") as scratch:
        plain = path
        if path.name.endswith(ENCRYPTED):
            plain = Path(scratch) / "plain.tar"
            decrypt(path, plain, identities)
        archive = Reader(plain)
        say("Checking the archive…")
        archive.check()
        call_command("migrate", verbosity=0)
        _check_target(archive, replace)
        keys = json.load(archive.open(KEYS)) if KEYS in archive.names() else {}
        if keys:
            _restore_keys(keys, say)
        say("Restoring the rows…")
        _restore_rows(archive)
        say("Restoring the files…")
        _restore_files(archive)
    say("Making the admin's search…")
    call_command("rebuild_modelsearch_index", verbosity=0, stdout=open(os.devnull, "w"))  # noqa: SIM115
    # Other apps have read on since the backup was made: they start again.
    call_command("renew_epoch", stdout=open(os.devnull, "w"))  # noqa: SIM115
    bump()
    return archive.manifest


def _check_target(archive: Reader, replace: bool) -> None:
    ours, theirs = set(migrations()), set(archive.manifest["migrations"])
    if ours != theirs:
        raise Refused(
            "The backup was made by another version. Restore it with that one, and bring the database up to date "
            f"afterwards. Differing migrations: {', '.join(sorted(ours ^ theirs)[:10])}"
        )
    if get_user_model().objects.exists() and not replace:
        raise Refused("There is something here already: with --replace it is lost.")


def _restore_keys(keys: dict[str, str], say: Say) -> None:
    if not put_in_place(keys["record_keys"]):
        raise Refused("RECORD_KEYS in the environment has other keys than the record of the backup.")
    if keys["secret_key"] != settings.SECRET_KEY:
        kept = Path(settings.DATA_DIR) / "secret-key.restored"
        with os.fdopen(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(keys["secret_key"])
        say(f"SECRET_KEY was another one: second factors need it. Set it to what stands in {kept}, and start again.")


def _restore_rows(archive: Reader) -> None:
    with connection.constraint_checks_disabled(), transaction.atomic():
        rows.empty()
        for label, model in rows.kept().items():
            name = f"tables/{label}.jsonl.gz"
            if name not in archive.names():
                raise Broken(f"{name} is missing")
            with archive.lines(name) as read:
                count = rows.insert(model, read)
            if count != archive.manifest["rows"][label]:
                raise Broken(f"{name} has {count} rows, and should have {archive.manifest['rows'][label]}")
        connection.check_constraints()
        rows.reset_sequences()


def _restore_files(archive: Reader) -> None:
    for member in archive.names():
        folder, _slash, name = member.partition("/")
        if folder != "media":
            continue
        if default_storage.exists(name):
            default_storage.delete(name)
        with archive.open(member) as file:
            saved = default_storage.save(name, file)
        if saved != name:
            raise Broken(f"{name} could not be stored under its name")
