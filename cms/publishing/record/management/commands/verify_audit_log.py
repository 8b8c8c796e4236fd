from argparse import ArgumentTypeError
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.publishing.record.chain import verify
from cms.publishing.record.models import RecordHead


def checkpoint(text: str) -> tuple[int, str]:
    """Read NUMBER:HASH as a checkpoint tells it."""
    number, _colon, value = text.partition(":")
    if not number.isdecimal() or len(value) != 64:
        raise ArgumentTypeError("give NUMBER:HASH as the checkpoint tells it")
    return int(number), value


class Command(BaseCommand):
    """Finds an altered, removed or inserted entry of the record."""

    help = "Verifies the record; tells which entry was altered, removed or inserted, and fails then."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--expect", type=checkpoint, metavar="NUMBER:HASH", help="what a checkpoint said: finds a tail that was cut"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        problems = verify(options["expect"])
        for problem in problems:
            self.stderr.write(problem)
        if problems:
            raise CommandError(f"The record is not whole: {len(problems)} findings.")
        head = RecordHead.objects.filter(pk=1).first() or RecordHead()
        self.stdout.write(f"The record is whole: {head.seq} entries, the last hash is {head.hash}")
