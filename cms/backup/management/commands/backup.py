from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.backup.archive import Broken
from cms.backup.making import FilesMissing, make
from cms.backup.nightly import rotate


class Command(BaseCommand):
    """Makes a backup; docs/operations.md says what is in it and how it is restored."""

    help = (
        "Writes database, files and (where it is encrypted) keys into one archive, while the site serves; checks that "
        "it can be read, and deletes those in BACKUP_DIR that BACKUP_KEEP keeps no longer."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--to", type=Path, metavar="FOLDER", help="where to (default: BACKUP_DIR)")
        parser.add_argument(
            "--recipient", action="append", metavar="age1…", help="whose key opens it (default: BACKUP_RECIPIENTS)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        folder = options["to"] or (Path(settings.BACKUP_DIR) if settings.BACKUP_DIR else None)
        if folder is None:
            raise CommandError("Say where to: --to FOLDER, or BACKUP_DIR in the environment.")
        recipients = options["recipient"] or settings.BACKUP_RECIPIENTS
        try:
            path = make(folder, recipients)
        except FilesMissing as error:
            self._rotate(folder)
            raise CommandError(f"{error}. See `manage.py verify`.") from error
        except (OSError, ValueError, Broken) as error:
            raise CommandError(f"No backup was made: {error}") from error
        self.stdout.write(f"{path} ({path.stat().st_size / 1024 / 1024:.1f} MiB)")
        if not recipients:
            self.stdout.write(
                "It is not encrypted, and so without the keys: keep SECRET_KEY and the record's keys apart from it."
            )
        self._rotate(folder)

    def _rotate(self, folder: Path) -> None:
        """Delete what is not kept; what is put elsewhere by hand stays there."""
        if settings.BACKUP_DIR and folder == Path(settings.BACKUP_DIR):
            for gone in rotate(folder):
                self.stdout.write(f"deleted {gone.name}")
