from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from cms.publishing.record.management.commands.verify_audit_log import checkpoint
from cms.publishing.verifying import carry_out_all


class Command(BaseCommand):
    """Runs every proof that there is."""

    help = (
        "Verifies the record, the rights of accounts, what is public, its files and the content store; says what to do "
        "about what it finds, and fails then. What differs in the store is made right."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--expect", type=checkpoint, metavar="NUMBER:HASH", help="what a checkpoint said: finds a tail that was cut"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for one, found, seconds in carry_out_all(options["expect"]):
            self.stdout.write(f"{one.name}: {f'{len(found)} findings' if found else 'right'} ({seconds:.1f} s)")
            for problem in found:
                self.stderr.write(f"  {problem}")
            if found:
                self.stderr.write(f"  → {one.advice}")
            count += len(found)
        if count:
            raise CommandError(f"{count} findings.")
