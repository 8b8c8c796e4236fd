import logging
import os
import signal
import subprocess
import sys
import threading
from functools import partial
from typing import Any

from django.core.management.base import BaseCommand
from django.db import close_old_connections

from cms.core.due import do_what_is_due, schedule_starting
from cms.core.processes import end_with_parent
from cms.publishing.review.schedule import carry_out_due

logger = logging.getLogger(__name__)

# Seconds that the other process gets to end what it is at.
GRACE = 5


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
        slow_jobs: subprocess.Popen | None = None
        while not stopped.is_set():
            close_old_connections()
            if slow_jobs is None or slow_jobs.poll() is not None:
                slow_jobs = self.start_slow_jobs(interval)
            try:
                carry_out_due()
            except Exception:
                # As when the database is away: it is tried again.
                logger.exception("the schedule could not be carried out")
            do_what_is_due(slow=False)
            stopped.wait(interval)
        if slow_jobs is not None:
            slow_jobs.terminate()
            try:
                slow_jobs.wait(timeout=GRACE)
            except subprocess.TimeoutExpired:
                # What it was at is begun anew by the next one.
                slow_jobs.kill()

    @staticmethod
    def start_slow_jobs(interval: float) -> subprocess.Popen:
        """Start the process of the jobs that no publication waits for."""
        command = [sys.executable, sys.argv[0], "run_slow_jobs", f"--interval={interval}"]
        return subprocess.Popen(command, preexec_fn=partial(end_with_parent, os.getpid()))  # noqa: S603, PLW1509
