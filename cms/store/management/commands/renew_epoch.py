import uuid
from typing import Any

from django.core.management.base import BaseCommand

from cms.store.models import ChangeLogHead
from cms.store.projector import newest


class Command(BaseCommand):
    """Begins a new history of numbers, after a backup was restored."""

    help = (
        "Renews the epoch of the change log: to be run after a backup was restored, so that every consumer "
        "starts again."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        newest()
        epoch = uuid.uuid4()
        ChangeLogHead.objects.filter(pk=1).update(epoch=epoch)
        self.stdout.write(f"The epoch is {epoch}.")
