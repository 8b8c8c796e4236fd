"""Turning changes into deliveries, and delivering them: in order for each object, again with growing delays, for three
days.

The tables are the truth: a worker that is killed leaves what it had not told, and the next one goes on.
"""

import secrets
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.mail import admin_address, send_on_commit
from cms.store.feed import row_form
from cms.store.models import Change, ChangeLogHead
from cms.store.projector import newest

from .calling import call
from .models import Attempt, Delivery, Endpoint

# Delays after each failed try; the last is repeated until PATIENCE is over (specification: spread over a few days).
DELAYS = [timedelta(seconds=s) for s in (5, 300, 1800, 7200, 18000, 36000, 50400)]
PATIENCE = timedelta(days=3)
# For how long a worker has an endpoint for itself; renewed before a call could outlast it.
LEASE = timedelta(seconds=120)
_PORTION = 500
# How long an endpoint is left alone after calls that found it down, one after another. One that does not even answer is
# left alone at once.
PAUSES = [timedelta(seconds=s) for s in (5, 30, 120, 600, 1800, 3600)]
ERRORS_IN_A_ROW = 3
# Days for which deliveries that arrived are kept.
KEPT = timedelta(days=30)
# After 410 the receiver wants nothing more (specification, "Operational considerations").
GONE = 410


class LeaseLost(Exception):
    """Another worker has the endpoint."""


def deliver(endpoint_id: int, stopped: Any = None) -> None:
    """Tell one endpoint what there is to be told now.

    It ends early, between two calls, where `stopped` (an event) is set.
    """
    lease = secrets.token_hex(8)
    if not _take(endpoint_id, lease):
        return
    try:
        while (endpoint := _active(endpoint_id)) is not None and (
            take_over(endpoint) | _round(endpoint_id, lease, stopped)
        ):
            pass
    except LeaseLost:
        return
    finally:
        Endpoint.objects.filter(pk=endpoint_id, lease=lease).update(lease="", leased_until=None)


def take_over(endpoint: Endpoint) -> bool:
    """Make deliveries of the next changes that `endpoint` wants; return whether there were changes."""
    head = newest()
    with transaction.atomic():
        endpoint = Endpoint.objects.select_for_update().get(pk=endpoint.pk)
        changes = list(Change.objects.filter(seq__gt=endpoint.position, seq__lte=head.seq)[:_PORTION])
        if not changes:
            return False
        now = timezone.now()
        Delivery.objects.bulk_create(
            [
                Delivery(
                    endpoint=endpoint,
                    seq=change.seq,
                    kind=change.kind,
                    object=f"{change.type} {change.key}",
                    next_try_at=now,
                )
                for change in changes
                if endpoint.wants(change)
            ],
            # A position that somebody set back makes no second delivery of a change.
            ignore_conflicts=True,
        )
        Endpoint.objects.filter(pk=endpoint.pk).update(position=changes[-1].seq)
    return True


def payload_of(delivery: Any) -> dict:
    """Return what is told: the row of the feed as it is now (the address of what was purged is gone from it)."""
    if delivery.seq is None:
        return {"type": delivery.kind, "timestamp": delivery.created_at.isoformat(), "data": {}}
    change = Change.objects.get(seq=delivery.seq)
    head = ChangeLogHead.objects.get(pk=1)
    return {
        "type": f"content.{change.kind}",
        "timestamp": change.at.isoformat(),
        "data": {
            **row_form(change, head.site_url),
            "epoch": str(head.epoch),
        },
    }


def _round(endpoint_id: int, lease, stopped=None) -> bool:
    """Try what is due, once each, the oldest of each object first; return whether something arrived that others may
    have waited for.
    """
    waiting, arrived = set(), False
    pending = Delivery.objects.filter(endpoint=endpoint_id, state=Delivery.State.PENDING).order_by("pk")
    for pk, name, next_try_at in pending.values_list("pk", "object", "next_try_at"):
        if name in waiting:
            continue
        if next_try_at > timezone.now():
            waiting.add(name)
            continue
        if stopped is not None and stopped.is_set():
            return False
        # Read anew: meanwhile somebody may have switched it off, or given it another address.
        endpoint, delivery = (
            _held(endpoint_id, lease),
            Delivery.objects.filter(pk=pk, state=Delivery.State.PENDING).first(),
        )
        if endpoint is None:
            return False
        if delivery is None:
            continue
        if attempt(endpoint, delivery):
            arrived = True
        else:
            waiting.add(name)
    return arrived


def attempt(endpoint: Endpoint, delivery: Any) -> bool:
    """One try, with its place in the log; return whether it arrived."""
    outcome, now = call(endpoint, delivery, payload_of(delivery)), timezone.now()
    with transaction.atomic():
        Attempt.objects.create(
            delivery=delivery,
            at=now,
            status=outcome.status,
            error=outcome.error,
            milliseconds=outcome.milliseconds,
        )
        delivery.tries += 1
        delivery.first_tried_at = delivery.first_tried_at or now
        if outcome.has_arrived:
            delivery.state = Delivery.State.DELIVERED
            if endpoint.failing_since or endpoint.failures:
                Endpoint.objects.filter(pk=endpoint.pk).update(failing_since=None, failures=0, paused_until=None)
        else:
            if outcome.found_it_down:
                _pause(endpoint, outcome, now)
            Endpoint.objects.filter(pk=endpoint.pk, failing_since=None).update(failing_since=now)
            delivery.next_try_at = now + DELAYS[min(delivery.tries, len(DELAYS)) - 1]
            if outcome.status == GONE:
                switch_off(endpoint, _("It answered 410: it wants nothing more."))
            elif delivery.next_try_at > delivery.first_tried_at + PATIENCE:
                _park(endpoint, delivery, now)
        delivery.save(update_fields=["tries", "first_tried_at", "next_try_at", "state"])
    return outcome.has_arrived


def _pause(endpoint, outcome, now) -> None:
    """Leave the endpoint alone for a while, longer each time; the next call then tells whether it is there again."""
    endpoint.failures += 1
    opened = endpoint.failures if outcome.status is None else endpoint.failures - ERRORS_IN_A_ROW + 1
    if opened > 0:
        endpoint.paused_until = now + PAUSES[min(opened, len(PAUSES)) - 1]
    endpoint.save(update_fields=["failures", "paused_until"])


def _park(endpoint, delivery, now) -> None:
    delivery.state = Delivery.State.PARKED
    failing_since = Endpoint.objects.values_list("failing_since", flat=True).get(pk=endpoint.pk)
    # The object's own delay and the endpoint's last success may differ by one try.
    if failing_since is not None and failing_since <= delivery.first_tried_at:
        switch_off(endpoint, _("Nothing has arrived there for three days."))
    else:
        _tell(endpoint, _("A message was parked"), _("It was refused for three days, while others arrived."))


def switch_off(endpoint: Endpoint, why: Any) -> None:
    """Nothing more is told to `endpoint` until somebody switches it on again; then it goes on where it stopped."""
    endpoint = Endpoint.objects.select_for_update().get(pk=endpoint.pk)
    if endpoint.is_active:
        endpoint.is_active = False
        endpoint.save(update_fields=["is_active"])
        _tell(endpoint, _("The webhook “%(name)s” was switched off") % {"name": endpoint}, why)


def _tell(endpoint, subject: str, why) -> None:
    if endpoint.owner is not None:
        address = admin_address(reverse("webhooks:inspect", args=[endpoint.pk]))
        send_on_commit(subject, f"{endpoint.name} ({endpoint.url})\n\n{why}\n\n{address}\n", [endpoint.owner])


def switch_on(endpoint: Endpoint) -> None:
    """Try what waits, and what was parked, again with all its patience."""
    Endpoint.objects.filter(pk=endpoint.pk).update(failing_since=None, failures=0, paused_until=None)
    endpoint.deliveries.exclude(state=Delivery.State.DELIVERED).update(
        state=Delivery.State.PENDING, next_try_at=timezone.now(), first_tried_at=None, tries=0
    )


def _active(endpoint_id: int):
    return Endpoint.objects.filter(_not_paused(timezone.now()), pk=endpoint_id, is_active=True).first()


def _not_paused(now):
    return Q(paused_until=None) | Q(paused_until__lte=now)


def let_go(endpoint_ids: Any) -> None:
    """Give up endpoints that this process can't finish with, so that the next one need not wait for the lease to run
    out.
    """
    Endpoint.objects.filter(pk__in=endpoint_ids).update(lease="", leased_until=None)


def tidy() -> None:
    """Forget deliveries that arrived long ago. A job of `cms.core.due`."""
    old = Delivery.objects.filter(state=Delivery.State.DELIVERED, created_at__lt=timezone.now() - KEPT)
    Attempt.objects.filter(delivery__in=old).delete()
    old.delete()


def _take(endpoint_id: int, lease) -> bool:
    """Take the endpoint for this worker."""
    now = timezone.now()
    free = Endpoint.objects.filter(_free(now), pk=endpoint_id, is_active=True)
    return bool(free.update(lease=lease, leased_until=now + LEASE))


def _held(endpoint_id: int, lease) -> Endpoint | None:
    """Return the endpoint, with the lease renewed where a call could outlast it; None where nothing is to be told now.

    Raise LeaseLost.
    """
    now = timezone.now()
    endpoint = Endpoint.objects.filter(pk=endpoint_id, lease=lease).first()
    if endpoint is None:
        raise LeaseLost
    if (endpoint.leased_until or now) < now + LEASE / 2:
        renewed = Endpoint.objects.filter(pk=endpoint_id, lease=lease).update(leased_until=now + LEASE)
        if not renewed:
            raise LeaseLost
    is_paused = endpoint.paused_until is not None and endpoint.paused_until > now
    return endpoint if endpoint.is_active and not is_paused else None


def _free(now):
    return Q(leased_until=None) | Q(leased_until__lt=now)


def send_again(delivery: Any) -> None:
    """Put a delivery that arrived or was parked back among those that wait, with its old id: the receiver may
    recognise it.
    """
    Delivery.objects.filter(pk=delivery.pk).update(
        state=Delivery.State.PENDING, next_try_at=timezone.now(), first_tried_at=None, tries=0
    )
    _end_pause(delivery.endpoint_id)


def _end_pause(endpoint_id: int) -> None:
    """Somebody asks for a call now; should it fail, the endpoint is left alone again."""
    Endpoint.objects.filter(pk=endpoint_id).update(paused_until=None)


def send_test(endpoint: Endpoint) -> Delivery:
    """Return a message that tells of nothing, to see whether it arrives."""
    now = timezone.now()
    _end_pause(endpoint.pk)
    return Delivery.objects.create(endpoint=endpoint, kind="test", object="test", next_try_at=now)


def due_endpoints() -> Any:
    """Return the endpoints for which there is something to do now."""
    now = timezone.now()
    has_news = Q(position__lt=newest().seq)
    has_due = Exists(
        Delivery.objects.filter(endpoint=OuterRef("pk"), state=Delivery.State.PENDING, next_try_at__lte=now)
    )
    return Endpoint.objects.filter(has_news | has_due, _free(now), _not_paused(now), is_active=True)
