from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.backup.archive import Broken
from cms.backup.restoring import Refused, restore


class Command(BaseCommand):
    """Restores a backup, into SQLite or PostgreSQL, whichever it came from."""

    help = "Restores a backup into an empty installation of the same version; the site must not serve meanwhile."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("archive", type=Path)
        parser.add_argument(
            "--identity", type=Path, metavar="FILE", help="a file with the private key (AGE-SECRET-KEY-…)"
        )
        parser.add_argument("--replace", action="store_true", help="lose what is there")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            text = options["identity"].read_text() if options["identity"] else ""
            identities = [line.strip() for line in text.splitlines() if line.startswith("AGE-SECRET-KEY-")]
            manifest = restore(options["archive"], identities, options["replace"], self.stdout.write)
        except (Broken, Refused, OSError, ValueError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Restored as of {manifest['made_at']}. Now `manage.py verify --expect {manifest['record']}` proves it."
        )
