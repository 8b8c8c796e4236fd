"""Whether a document is in force, as of a day. Pure functions: the one rule, for the API, its filter and the admin.

Derived from the document's own dates and events and from what public documents do to it. Nothing is stored, so a
published "replaces A" ends A's validity without touching A, and the state of any day can be asked.
"""

import datetime
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from .document_types import Family


class Validity(models.TextChoices):
    """The states of validity that Vietnamese document portals show."""

    NOT_YET = "not_yet", _("Not yet in force")
    IN_FORCE = "in_force", _("In force")
    PARTLY_EXPIRED = "partly_expired", _("Partly expired")
    EXPIRED = "expired", _("Expired")
    SUSPENDED = "suspended", _("Suspended")
    PARTLY_SUSPENDED = "partly_suspended", _("Partly suspended")
    UNSUITABLE = "unsuitable", _("No longer suitable")
    UNDETERMINED = "undetermined", _("Undetermined")


class EventKind(models.TextChoices):
    """What can happen to a document's validity on a day."""

    PARTLY_EXPIRED = "partly_expired", _("Partly expires")
    EXPIRED = "expired", _("Expires")
    SUSPENDED = "suspended", _("Is suspended")
    PARTLY_SUSPENDED = "partly_suspended", _("Is partly suspended")
    RESUMED = "resumed", _("Is in force again")
    UNSUITABLE = "unsuitable", _("Is found no longer suitable")


@dataclass(frozen=True)
class DatedEvent:
    """Something that happens to a document on `date`, or on an unknown day before today (None)."""

    kind: str
    date: datetime.date | None


@dataclass(frozen=True)
class Facts:
    """What is known of a document's validity."""

    is_draft: bool
    begins_on: datetime.date | None
    expires_on: datetime.date | None
    events: list[DatedEvent] = field(default_factory=list)


def begins_on(family: Any, issued_on: date | None, effective_on: Any) -> datetime.date | None:
    """Return the day from which a document holds: a Party document counts from its issue date, a state document does
    not.
    """
    if effective_on or family != Family.PARTY:
        return effective_on
    return issued_on


# The later rules win: an expired document is not suspended as well.
_SEVERITY = [
    EventKind.UNSUITABLE,
    EventKind.PARTLY_EXPIRED,
    EventKind.PARTLY_SUSPENDED,
    EventKind.SUSPENDED,
    EventKind.EXPIRED,
]
_SUSPENSIONS = {EventKind.SUSPENDED, EventKind.PARTLY_SUSPENDED}


def validity_as_of(facts: Facts, day: datetime.date) -> tuple[Validity, datetime.date | None]:
    """Return the state of a document on `day` and the day since which it is in it (None where unknown).

    An event of an unknown date counts as past. `expires_on` is the first day on which the document no longer holds.
    """
    if facts.is_draft:
        return Validity.UNDETERMINED, None
    events = list(facts.events)
    if facts.expires_on:
        events.append(DatedEvent(EventKind.EXPIRED, facts.expires_on))
    past = sorted(
        (event for event in events if event.date is None or event.date <= day),
        key=lambda event: event.date or datetime.date.min,
    )
    standing: dict[str, datetime.date | None] = {}
    for event in past:
        if event.kind == EventKind.RESUMED:
            for kind in _SUSPENSIONS:
                standing.pop(kind, None)
        else:
            standing.setdefault(event.kind, event.date)
    if EventKind.EXPIRED not in standing:
        if facts.begins_on is None:
            return Validity.UNDETERMINED, None
        if day < facts.begins_on:
            return Validity.NOT_YET, None
    for kind in reversed(_SEVERITY):
        if kind in standing:
            return Validity(kind.value), standing[kind]
    resumed = [event.date for event in past if event.kind == EventKind.RESUMED]
    return Validity.IN_FORCE, max(filter(None, [facts.begins_on, *resumed]), default=None)


def boundaries(facts: Facts) -> list[datetime.date]:
    """Return the days on which the state of a document may change."""
    days = {facts.begins_on, facts.expires_on, *(event.date for event in facts.events)}
    return sorted(day for day in days if day is not None)


def validity_spans(facts: Facts) -> list[tuple[Validity, datetime.date | None, datetime.date | None]]:
    """Return the states of a document one after the other: each with its first day (None: from ever) and the day after
    its last (None: for ever).
    """
    found: list[tuple[Validity, datetime.date | None, datetime.date | None]] = []
    days = [datetime.date.min, *boundaries(facts)]
    for day in days:
        code, _since = validity_as_of(facts, day)
        if not found:
            found.append((code, None, None))
        elif code != found[-1][0]:
            found[-1] = (*found[-1][:2], day)
            found.append((code, day, None))
    return found


def next_change(facts: Facts, day: datetime.date) -> datetime.date | None:
    """Return the first day after `day` on which the state, or the day since which it holds, is another one."""
    now = validity_as_of(facts, day)
    return next((later for later in boundaries(facts) if later > day and validity_as_of(facts, later) != now), None)
