from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.publishing.review.verification import problems


class Command(BaseCommand):
    """Proves for every live page and file that what is public is what the record says was approved."""

    help = "Compares every live page and file with the record; tells what does not match, and fails then."

    def handle(self, *args: Any, **options: Any) -> None:
        found = problems()
        for problem in found:
            self.stderr.write(problem)
        if found:
            raise CommandError(f"{len(found)} findings.")
        self.stdout.write("What is public is what was approved.")
