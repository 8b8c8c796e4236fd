from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.core.progress import Progress
from cms.store.checking import AnotherVersion, check


class Command(BaseCommand):
    """Makes the content store from nothing, while the site serves."""

    help = "Makes every item of the content store anew; rows of the feed are written only where something differs."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with Progress(self.stderr) as progress:
                found = check(progress, everything=True)
        except AnotherVersion as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{found['made'] + found['missing']} objects were made anew.")
