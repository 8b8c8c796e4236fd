from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.core.progress import Progress
from demo.bulk.making import Unfinished, make


class Command(BaseCommand):
    """Fills a site for measurements; docs/adr/0024-what-is-measured.md says with what."""

    help = "Makes pages of all types until there are so many, the same for the same seed. Nobody may write meanwhile."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--pages", type=int, required=True, help="how many pages the sections have afterwards")
        parser.add_argument("--seed", type=int, default=1, help="another one gives other pages (default: 1)")

    def handle(self, *args: Any, **options: Any) -> None:
        if not 0 < options["pages"] <= 1_000_000:
            raise CommandError("--pages must be from 1 to 1,000,000.")
        try:
            with Progress(self.stderr) as progress:
                made = make(options["pages"], options["seed"], progress)
        except Unfinished as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{made} pages made.")
