"""Whether a task is on time, and what a plan comes to. Derived from what was reported, never stored. Pure functions."""

import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from .periods import Precision

DUE_SOON = datetime.timedelta(days=14)


class PlanTaskState(models.TextChoices):
    """What was reported of a task."""

    NOT_STARTED = "not_started", _("Not started")
    IN_PROGRESS = "in_progress", _("In progress")
    DONE = "done", _("Done")


class Timeliness(models.TextChoices):
    """What follows from state, deadline and date."""

    DONE_ON_TIME = "done_on_time", _("Done on time")
    DONE_LATE = "done_late", _("Done late")
    ON_TRACK = "on_track", _("On track")
    DUE_SOON = "due_soon", _("Due soon")
    OVERDUE = "overdue", _("Overdue")
    NO_DEADLINE = "no_deadline", _("No deadline")
    ONGOING = "ongoing", _("Ongoing task")


def timeliness_as_of(
    state: str,
    precision: str,
    deadline: datetime.date | None,
    done_on: datetime.date | None,
    day: datetime.date,
) -> Timeliness:
    """Return where a task stands on `day`. A task done on an unknown day counts as done on time."""
    if precision == Precision.ONGOING:
        return Timeliness.ONGOING
    if precision == Precision.NONE or deadline is None:
        return Timeliness.NO_DEADLINE
    if state == PlanTaskState.DONE:
        return Timeliness.DONE_LATE if done_on and done_on > deadline else Timeliness.DONE_ON_TIME
    if day > deadline:
        return Timeliness.OVERDUE
    return Timeliness.DUE_SOON if deadline - day <= DUE_SOON else Timeliness.ON_TRACK


def summary(tasks: list[tuple[str, str]]) -> dict[str, int]:
    """Return the counts of a plan from each task's state and timeliness.

    `total` = `done` + `overdue` + `in_progress` + `not_started`: an undone task that is overdue counts as that only.
    `due_soon` stands beside them.
    """
    counts = dict.fromkeys(("total", "done", "overdue", "in_progress", "not_started", "due_soon"), 0)
    for state, timeliness in tasks:
        counts["total"] += 1
        counts["overdue" if timeliness == Timeliness.OVERDUE else state] += 1
        counts["due_soon"] += timeliness == Timeliness.DUE_SOON
    return counts
