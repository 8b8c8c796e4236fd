import os
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from cms.core.due import do_what_is_due

# Seconds between two looks of the jobs that are called often.
OFTEN = 1


class Command(BaseCommand):
    """Does what may take minutes, beside the schedule, which starts it."""

    help = "Does the periodic jobs that may take minutes, until it gets SIGTERM or SIGINT, or who started it is gone."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--interval", type=float, default=10, help="seconds between two looks (10)")

    def handle(self, *args: Any, interval: Any, **options: Any) -> None:
        stopped, parent = threading.Event(), os.getppid()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopped.set())
        # The nightly comparison takes minutes: what is done every second goes on beside it.
        threading.Thread(target=self._do_often, args=(stopped,), daemon=True).start()
        while not stopped.is_set() and os.getppid() == parent:
            close_old_connections()
            do_what_is_due(slow=True, often=False)
            stopped.wait(interval)

    @staticmethod
    def _do_often(stopped: threading.Event) -> None:
        while not stopped.wait(OFTEN):
            close_old_connections()
            do_what_is_due(slow=True, often=True)
