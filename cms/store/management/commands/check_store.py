from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.core.progress import Progress
from cms.store.checking import AnotherVersion, check


class Command(BaseCommand):
    """Compares the content store with forms made anew, and mends it."""

    help = "Compares the content store with what would be made of the content now, and mends what differs."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with Progress(self.stderr) as progress:
                found = check(progress)
        except AnotherVersion as error:
            raise CommandError(str(error)) from error
        differences = ", ".join(f"{count} {what}" for what, count in sorted(found.items()) if count)
        self.stdout.write(differences or "The store is right.")
