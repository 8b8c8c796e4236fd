"""Restoring a backup into an installation, of either database engine."""

import json
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from cms.publishing.record.keys import may_put_in_place, put_in_place
from cms.store.counter import bump

from . import rows
from .archive import ENCRYPTED, KEYS, Broken, Reader, decrypt

Say = Callable[[str], Any]


class Refused(Exception):
    """The backup can't be restored here, and nothing was changed."""


def restore(path: Path, identities: list[str], replace: bool, say: Say) -> dict[str, Any]:
    """Restore the backup at `path` and return its manifest.

    `identities` are the private keys for one that is encrypted; `replace` lets what is there be lost. Raise Refused or
    Broken: before anything is changed for what the archive and its manifest show, all of which is looked at first.
    """
    with tempfile.TemporaryDirectory(prefix="portal-restore-") as scratch:
        plain = path
        if path.name.endswith(ENCRYPTED):
            plain = Path(scratch) / "plain.tar"
            decrypt(path, plain, identities)
        archive = Reader(plain)
        say("Checking the archive…")
        archive.check()
        _check_version(archive)
        _check_target(replace)
        keys = json.load(archive.open(KEYS)) if KEYS in archive.names() else {}
        if keys and not may_put_in_place(keys["record_keys"]):
            raise Refused("RECORD_KEYS in the environment has other keys than the record of the backup.")
        call_command("migrate", verbosity=0)
        # Before the rows, which name them: what fails here leaves the rows that are there.
        say("Restoring the files…")
        names = _restore_files(archive)
        say("Restoring the rows…")
        _restore_rows(archive)
        # Migrating has made others, by other numbers.
        ContentType.objects.clear_cache()
        if keys:
            _restore_keys(keys, say)
        if replace:
            _delete_others(names)
    say("Making the admin's search…")
    call_command("rebuild_modelsearch_index", verbosity=0, stdout=open(os.devnull, "w"))  # noqa: SIM115
    # Other apps have read on since the backup was made: they start again.
    call_command("renew_epoch", stdout=open(os.devnull, "w"))  # noqa: SIM115
    bump()
    return archive.manifest


def _check_target(replace: bool) -> None:
    User = get_user_model()
    is_made = User._meta.db_table in connection.introspection.table_names()
    if is_made and not replace and User.objects.exists():
        raise Refused("There is something here already: with --replace it is lost.")


def _check_version(archive: Reader) -> None:
    loader = MigrationLoader(None)
    theirs = set(archive.manifest["migrations"])
    known = {f"{app}.{name}" for app, name in loader.disk_migrations}
    last = {f"{app}.{name}" for app, name in loader.graph.leaf_nodes()}
    if differing := (theirs - known) | (last - theirs):
        raise Refused(
            "The backup was made by another version. Restore it with that one, and bring the database up to date "
            f"afterwards. Differing migrations: {', '.join(sorted(differing)[:10])}"
        )


def _restore_keys(keys: dict[str, str], say: Say) -> None:
    put_in_place(keys["record_keys"])
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
        rows.set_last_ids(archive.manifest["last_ids"])


def _restore_files(archive: Reader) -> set[str]:
    names = set()
    for member in archive.names():
        folder, _slash, name = member.partition("/")
        if folder != "media":
            continue
        try:
            if default_storage.exists(name):
                default_storage.delete(name)
            with archive.open(member) as file:
                saved = default_storage.save(name, file)
        except SuspiciousFileOperation as error:
            raise Broken(f"{name} is no name of a file of the portal") from error
        if saved != name:
            raise Broken(f"{name} could not be stored under its name")
        names.add(name)
    return names


def _delete_others(names: set[str], folder: str = "") -> None:
    """Delete files that the backup does not have: nobody finds what was purged later, or belongs to lost rows."""
    try:
        folders, files = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    for file in files:
        if (name := f"{folder}{file}") not in names:
            default_storage.delete(name)
    for one in folders:
        _delete_others(names, f"{folder}{one}/")
