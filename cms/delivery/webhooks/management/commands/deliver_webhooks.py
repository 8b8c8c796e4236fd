import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand

from cms.delivery.webhooks.worker import Dispatcher


class Command(BaseCommand):
    """Tells other apps of changes, until it is told to stop."""

    help = "Calls the webhooks for which there is something to tell, until it gets SIGTERM or SIGINT."

    def handle(self, *args: Any, **options: Any) -> None:
        stopped = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopped.set())
        Dispatcher(stopped).run()
