"""Periodic jobs of the apps, beside publication and expiry: `run_schedule` and `publish_scheduled` run them."""

import logging
from collections.abc import Callable
from typing import Any

from django.dispatch import Signal

# Sent when `run_schedule` starts, before anything else is done.
schedule_starting = Signal()

logger = logging.getLogger(__name__)
_jobs: dict[str, Callable[[], Any]] = {}
_slow: set[str] = set()
_often: set[str] = set()


def register_due(name: str, function: Callable[[], Any], slow: bool = False, often: bool = False) -> None:
    """Register `function()`, called every few seconds, which does what is due and is quick where nothing is.

    One that may be at work for minutes is `slow`: it runs in a process of its own, so that no publication waits for it.
    There one that is called `often` is called every second, beside the others.
    """
    _jobs[name] = function
    if slow:
        _slow.add(name)
    if often:
        _often.add(name)


def do_what_is_due(slow: bool | None = None, often: bool | None = None) -> int:
    """Run every job, or only those that are slow or are not, and that are called often or are not; one that fails is
    logged, tried again the next time, and holds up no other.

    Return how many failed.
    """
    failures = 0
    for name, function in _jobs.items():
        if slow not in (None, name in _slow) or often not in (None, name in _often):
            continue
        try:
            function()
        except Exception:
            logger.exception("%s failed", name)
            failures += 1
    return failures
