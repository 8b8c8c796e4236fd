from typing import Any

from django.core.management.base import BaseCommand, CommandError

from cms.publishing.record.chain import verify
from cms.publishing.record.models import RecordHead


class Command(BaseCommand):
    """Finds an altered, removed or inserted entry of the record."""

    help = "Verifies the chain of the record; tells which entry was altered, removed or inserted, and fails then."

    def handle(self, *args: Any, **options: Any) -> None:
        problems = verify()
        for problem in problems:
            self.stderr.write(problem)
        if problems:
            raise CommandError(f"The record is not whole: {len(problems)} findings.")
        head = RecordHead.objects.get(pk=1)
        self.stdout.write(f"The record is whole: {head.seq} entries, the last hash is {head.hash}")
