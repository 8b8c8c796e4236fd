"""How far the parts of an installation are behind, in seconds and numbers: health, metrics and `doctor` read it here.

A worker counts as away when what it should have done is left undone; only the schedule, which may have nothing to do
for days, says that it is there.
"""

import shutil
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.db.models import Case, Min, Q, When
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.models import TaskState

from cms.backup.rotation import backups
from cms.delivery.webhooks.models import Delivery
from cms.store.models import Event

from .models import Heartbeat

SCHEDULE = "schedule"
# How often the schedule says that it is there.
BEAT = timedelta(seconds=30)


class Waiting(NamedTuple):
    """What waits: how many, and for how many seconds the oldest."""

    count: int
    seconds: float


def beat() -> None:
    """Note that the schedule runs. A job of `cms.core.due`."""
    now = timezone.now()
    # The clock may have been set back: then the last beat is in the future.
    known = Heartbeat.objects.filter(pk=SCHEDULE, at__gt=now - BEAT, at__lte=now)
    if not known.exists():
        Heartbeat.objects.update_or_create(pk=SCHEDULE, defaults={"at": now})


def since_beat() -> float | None:
    """Return the seconds since the schedule was last seen; None where it never was."""
    at = Heartbeat.objects.filter(pk=SCHEDULE).values_list("at", flat=True).first()
    return None if at is None else max(0.0, (timezone.now() - at).total_seconds())


def projection() -> Waiting:
    """Return the events that are not in the store yet; those set aside after a failure are among them."""
    return _waiting(Event.objects.all(), "at")


def queue() -> Waiting:
    """Return the tasks (mail) that a worker should have in hand."""
    # A task without a time of its own holds that of the end of days.
    since = Case(When(run_after__lte=timezone.now(), then="run_after"), default="enqueued_at")
    return _waiting(DBTaskResult.objects.ready().annotate(since=since), "since")


def deliveries() -> Waiting:
    """Return the webhook deliveries that are due, of endpoints that are not left alone for a while."""
    now = timezone.now()
    due = Delivery.objects.filter(state=Delivery.State.PENDING, next_try_at__lte=now, endpoint__is_active=True)
    return _waiting(due.filter(Q(endpoint__paused_until=None) | Q(endpoint__paused_until__lte=now)), "next_try_at")


def reviews() -> dict[str, Waiting]:
    """Return the pages that wait in review, by the name of the step."""
    states = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
    found: dict[str, list[datetime]] = {}
    for name, started in states.values_list("task__name", "started_at"):
        found.setdefault(name, []).append(started)
    now = timezone.now()
    return {name: Waiting(len(all_), (now - min(all_)).total_seconds()) for name, all_ in sorted(found.items())}


class Disk(NamedTuple):
    """The disk on which DATA_DIR is, in bytes."""

    free: int
    whole: int


def disk() -> Disk:
    """Return how full the disk is. Raise OSError where it can't be read."""
    found = shutil.disk_usage(settings.DATA_DIR)
    return Disk(found.free, found.total)


def since_backup() -> float | None:
    """Return the seconds since the newest backup in BACKUP_DIR; None where there is none, or no folder is set."""
    if not settings.BACKUP_DIR:
        return None
    newest = next(iter(backups(Path(settings.BACKUP_DIR)).values()), None)
    return None if newest is None else max(0.0, (timezone.now() - newest).total_seconds())


def _waiting(found, column: str) -> Waiting:
    oldest = found.aggregate(oldest=Min(column))["oldest"]
    seconds = (timezone.now() - oldest).total_seconds() if oldest else 0.0
    return Waiting(found.count() if oldest else 0, max(0.0, seconds))
