"""`/healthz` and `/readyz`: whether this process answers, and whether what it needs is there (django-health-check).

What keeps readers from their answers makes `/readyz` a 503, so that a load balancer asks elsewhere. What is only late
or missing (a backup, the worker of the mail) is said with 200 and "degraded": to take every machine away for it would
make an outage of it. `/readyz?strict` is 503 for those too, for monitors that see the status alone.
"""

import dataclasses
from typing import Any

from asgiref.sync import async_to_sync, sync_to_async
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views import View
from health_check.base import HealthCheck
from health_check.exceptions import ServiceUnavailable, ServiceWarning
from health_check.views import HealthCheckView

from cms.store import replica
from cms.store.models import ChangeLogHead
from cms.store.version import projection_version

from . import state

# Seconds behind which each is not at work; of a backup more than a day, since it takes a while itself.
LATE = {"projector": 60, "worker": 300, "webhooks": 300, "schedule": 120, "backup": 26 * 3600}
# Bytes of the log behind which a replica does not keep up: a segment and a half of PostgreSQL's.
BEHIND = 24 * 2**20
# Of the disk in per cent: a warning, and what a database can't work with.
FREE, LEAST = 10, 1


class Check(HealthCheck):
    """A check that asks in the thread of the request, by its connection to the database."""

    async def run(self) -> None:
        try:
            await sync_to_async(self.look, thread_sensitive=True)()
        except DatabaseError as error:
            raise ServiceUnavailable("the database does not answer") from error

    def look(self) -> None:
        """Raise ServiceUnavailable for what keeps readers from their answers, ServiceWarning for the rest."""
        raise NotImplementedError


@dataclasses.dataclass
class Database(Check):
    """The database answers."""

    def look(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")


@dataclasses.dataclass
class Disk(Check):
    """There is room on the disk."""

    def look(self) -> None:
        found = state.disk()
        percent = 100 * found.free / found.whole
        if percent < LEAST:
            raise ServiceUnavailable("full")
        if percent < FREE:
            raise ServiceWarning(f"{percent:.0f} % are free")


@dataclasses.dataclass
class Replica(Check):
    """The replica that answers are read from, where one is set, keeps up: else the primary has all the work."""

    def look(self) -> None:
        if replica.REPLICA not in settings.DATABASES:
            return
        behind = replica.lag()
        if behind is None or behind > BEHIND:
            raise ServiceWarning("does not answer" if behind is None else f"is {behind / 2**20:.0f} MiB behind")


@dataclasses.dataclass
class Version(Check):
    """This version makes the forms: else one that was installed does not serve, or this one is to go."""

    def look(self) -> None:
        programs = ChangeLogHead.objects.filter(pk=1).values_list("programs", flat=True).first()
        if programs and programs[-1] != projection_version():
            raise ServiceWarning("another version of the program makes the forms")


@dataclasses.dataclass
class Projector(Check):
    """What was published is in the store."""

    def look(self) -> None:
        _complain("projector", state.projection(), "changes wait")


@dataclasses.dataclass
class Worker(Check):
    """The queue is worked off."""

    def look(self) -> None:
        _complain("worker", state.queue(), "tasks wait")


@dataclasses.dataclass
class Webhooks(Check):
    """Other apps are told."""

    def look(self) -> None:
        _complain("webhooks", state.deliveries(), "deliveries wait")


@dataclasses.dataclass
class Schedule(Check):
    """`run_schedule` runs."""

    def look(self) -> None:
        seconds = state.since_beat()
        if seconds is None or seconds > LATE["schedule"]:
            raise ServiceWarning("was never seen" if seconds is None else f"was not seen for {seconds:.0f} s")


@dataclasses.dataclass
class Backup(Check):
    """There is a new backup, where a folder is set for it."""

    def look(self) -> None:
        if not settings.BACKUP_DIR:
            return
        seconds = state.since_backup()
        if seconds is None or seconds > LATE["backup"]:
            raise ServiceWarning("there is none" if seconds is None else f"is {seconds / 3600:.0f} hours old")


CHECKS = (Database, Replica, Disk, Version, Projector, Worker, Webhooks, Schedule, Backup)


def _complain(name: str, found: state.Waiting, what: str) -> None:
    if found.seconds > LATE[name]:
        raise ServiceWarning(f"{found.count} {what}, for {found.seconds:.0f} s")


def healthz(_request: HttpRequest) -> HttpResponse:
    """Answer 200: this process answers. It asks nothing of others, so that none is restarted for their faults."""
    return _not_kept(HttpResponse("ok\n", content_type="text/plain"))


class ReadyView(View):
    """Runs all checks."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Answer `{"status": "ok" | "degraded" | "failing", "checks": {name: "ok" | what is wrong}}`."""
        results = async_to_sync(_results)()
        # Whatever goes wrong with another check, a mistake in it included, keeps no reader from an answer.
        failing = [
            one
            for one in results
            if isinstance(one.check, Database | Disk) and one.error and not isinstance(one.error, ServiceWarning)
        ]
        wrong = [one for one in results if one.error]
        status = "failing" if failing else "degraded" if wrong else "ok"
        said = {type(one.check).__name__.lower(): str(one.error.message) if one.error else "ok" for one in results}
        refused = failing or (wrong and "strict" in request.GET)
        return _not_kept(JsonResponse({"status": status, "checks": said}, status=503 if refused else 200))


async def _results() -> list[Any]:
    # One after the other: they share the connection of the request. Without a database nobody waits for it again.
    found: list[Any] = []
    for check in HealthCheckView(checks=CHECKS).get_checks():
        if isinstance(check, Disk | Backup) or not (found and found[0].error):
            found.append(await check.get_result())
    return found


def failures() -> dict[str, str]:
    """Return what is wrong by the name of the check, for the command line."""
    results = async_to_sync(_results)()
    return {type(one.check).__name__.lower(): str(one.error.message) for one in results if one.error}


def _not_kept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "no-store"
    return response
