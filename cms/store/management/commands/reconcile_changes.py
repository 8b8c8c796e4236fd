from typing import Any

from django.core.management.base import BaseCommand

from cms.core.progress import Progress
from cms.store.reconciliation import reconcile, report


class Command(BaseCommand):
    """Compares what is public with the change log and appends what was missed."""

    help = (
        "Appends to the change log what was changed behind the models (QuerySet.update, SQL, loaddata), "
        "and says what it was."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        with Progress(self.stderr) as progress:
            found = reconcile(progress)
        if found:
            report(found)
        self.stdout.write(
            ", ".join(f"{count} {kind}" for kind, count in sorted(found.items())) or "Nothing was missed."
        )
