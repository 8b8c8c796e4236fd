"""`/metrics` for Prometheus: requests by view (django-prometheus), answers by what made them, and how far the parts of
the installation are behind.

It is for the machine itself, or for whoever has METRICS_KEY. With several processes PROMETHEUS_MULTIPROC_DIR must name
a folder in which they count together, empty at the start.
"""

import logging
import os
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django_prometheus.exports import ExportToDjangoView
from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily

from cms.store import replica

from . import state

logger = logging.getLogger(__name__)

OF_PROXIES = ("X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Real-IP", "Forwarded", "Via")
LOOPBACK = {"127.0.0.1", "::1"}


class StateCollector:
    """What is read when it is asked for, the same from whichever process answers."""

    def collect(self) -> Iterator[Any]:
        """Yield the metrics; without a database those that need none."""
        disk = state.disk()
        yield GaugeMetricFamily("portal_disk_free_bytes", "Free on the disk of DATA_DIR", disk.free)
        yield GaugeMetricFamily("portal_disk_bytes", "Size of the disk of DATA_DIR", disk.whole)
        together = float(bool(os.environ.get("PROMETHEUS_MULTIPROC_DIR")))
        yield GaugeMetricFamily("portal_counts_together", "Whether all processes count in one folder", together)
        yield from _single("portal_backup_age_seconds", "Age of the newest backup", state.since_backup())
        try:
            yield from list(self._of_database())
        except DatabaseError:
            logger.exception("the state could not be read")

    def _of_database(self) -> Iterator[Any]:
        if replica.REPLICA in settings.DATABASES:
            text = "Bytes of the log that the replica is behind"
            yield from _single("portal_replica_behind_bytes", text, replica.lag())
        waiting = {"projector": state.projection(), "queue": state.queue(), "webhooks": state.deliveries()}
        yield _gauge("portal_waiting", "What waits to be worked off", {k: v.count for k, v in waiting.items()})
        seconds = {name: found.seconds for name, found in waiting.items()}
        yield _gauge("portal_waiting_seconds", "For how long the oldest of it waits", seconds)
        reviews = state.reviews()
        yield _gauge("portal_reviews", "Pages in review", {k: v.count for k, v in reviews.items()}, "step")
        oldest = {name: found.seconds for name, found in reviews.items()}
        yield _gauge("portal_reviews_oldest_seconds", "For how long the oldest page is in a step", oldest, "step")
        yield from _single("portal_schedule_seen_seconds", "Since the schedule was last seen", state.since_beat())


def _gauge(name, text, values: dict[str, float], label="part"):
    family = GaugeMetricFamily(name, text, labels=[label])
    for key, value in values.items():
        family.add_metric([key], value)
    return family


def _single(name, text, value: float | None):
    # A metric that is absent is what alerts ask for where there is no value.
    if value is not None:
        yield GaugeMetricFamily(name, text, value)


def metrics(request: HttpRequest) -> HttpResponse:
    """Answer all metrics. Raise Http404 for everybody else: that there is something is nobody's business."""
    if not may_see(request):
        raise Http404
    response = ExportToDjangoView(request)
    registry = CollectorRegistry()
    registry.register(StateCollector())
    response.content += generate_latest(registry)
    response["Cache-Control"] = "no-store"
    return response


def may_see(request: HttpRequest) -> bool:
    """Return whether a request has the key; where none is set, whether it comes from this machine and by no proxy."""
    if settings.METRICS_KEY:
        return constant_time_compare(request.headers.get("Authorization", ""), f"Bearer {settings.METRICS_KEY}")
    return request.META.get("REMOTE_ADDR") in LOOPBACK and not any(name in request.headers for name in OF_PROXIES)
