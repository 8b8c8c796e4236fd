"""Reminding people of what waits for them."""

import logging
from collections.abc import Callable
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from .workdays import working_day_after

logger = logging.getLogger(__name__)


def remind_of(waiting: QuerySet[Any], tell: Callable[[Any], None]) -> int:
    """Call `tell` for each of `waiting` (rows with `proposed_at` and `reminded_at`) that has waited for a working day
    since the last time, each in a transaction of its own; return of how many.
    """
    now, count = timezone.now(), 0
    for one in waiting:
        if working_day_after(one.reminded_at or one.proposed_at) > now:
            continue
        try:
            with transaction.atomic():
                # Another process may have reminded meanwhile, or somebody may have decided.
                if waiting.filter(pk=one.pk, reminded_at=one.reminded_at).update(reminded_at=now):
                    tell(one)
                    count += 1
        except Exception:
            # One of which nobody can be told holds up no other.
            logger.exception("nobody could be reminded of %s", one.pk)
    return count
