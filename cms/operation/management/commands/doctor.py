from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError

from cms.operation.doctor.configuration import data_findings, database_findings, settings_findings
from cms.operation.doctor.findings import Finding
from cms.operation.doctor.people import people_findings
from cms.operation.doctor.services import (
    backup_findings,
    bucket_findings,
    health_findings,
    mail_findings,
    redis_findings,
)

SUBJECTS: dict[str, Callable[[], Iterable[Finding]]] = {
    "settings": settings_findings,
    "files": data_findings,
    "database": database_findings,
    "services": health_findings,
    "backup": backup_findings,
    "mail": mail_findings,
    "redis": redis_findings,
    "bucket": bucket_findings,
    "people": people_findings,
}


class Command(BaseCommand):
    """Looks an installation over."""

    help = "Checks a production installation, says how to mend each finding, and fails where there is one."
    # What is wrong is said here, all of it.
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        count = 0
        for name, find in SUBJECTS.items():
            found = list(_carried_out(find))
            self.stdout.write(f"{name}: {f'{len(found)} findings' if found else 'right'}")
            for one in found:
                self.stdout.write(f"  {one.what}\n    → {one.mend}")
            count += len(found)
        if count:
            raise CommandError(f"{count} findings.")


def _carried_out(find: Callable[[], Iterable[Finding]]) -> Iterator[Finding]:
    try:
        yield from find()
    except DatabaseError:
        yield Finding("the database does not answer, or has other tables", "start it; `manage.py migrate`")
