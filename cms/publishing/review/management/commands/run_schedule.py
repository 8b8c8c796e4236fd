import logging
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from cms.core.due import do_what_is_due, schedule_starting
from cms.publishing.review.schedule import carry_out_due

logger = logging.getLogger(__name__)


class Command(BaseCommand):
    """Carries out what is scheduled, until it is told to stop."""

    help = "Publishes and takes down what is due, every few seconds, until it gets SIGTERM or SIGINT."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--interval", type=float, default=10, help="seconds between two looks (10)")

    def handle(self, *args: Any, interval: Any, **options: Any) -> None:
        stopped = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopped.set())
        schedule_starting.send(sender=type(self))
        while not stopped.is_set():
            close_old_connections()
            try:
                carry_out_due()
            except Exception:
                # As when the database is away: it is tried again.
                logger.exception("the schedule could not be carried out")
            do_what_is_due()
            stopped.wait(interval)
