"""Periodic jobs of the apps, beside publication and expiry: `run_schedule` and `publish_scheduled` run them."""

import logging
from collections.abc import Callable

from django.dispatch import Signal

# Sent when `run_schedule` starts, before anything else is done.
schedule_starting = Signal()

logger = logging.getLogger(__name__)
_jobs: dict[str, Callable] = {}


def register_due(name: str, function: Callable) -> None:
    """Register `function()`, called every few seconds, which does what is due and is quick where nothing is."""
    _jobs[name] = function


def do_what_is_due() -> int:
    """Run every job; one that fails is logged, tried again the next time, and holds up no other.

    Return how many failed.
    """
    failures = 0
    for name, function in _jobs.items():
        try:
            function()
        except Exception:
            logger.exception("%s failed", name)
            failures += 1
    return failures
