from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError

from cms.publishing.record.keys import rotate


class Command(BaseCommand):
    """Takes another key for the record from now on."""

    help = "Puts a new key behind those that the record was signed with; the old ones stay, to verify what they signed."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            name = rotate()
        except (ImproperlyConfigured, OSError) as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Entries are signed with the key {name} from now on. Keep the file with your backups.")
