"""All that can be proved of an installation, in one run: by hand (`manage.py verify`), and every night."""

import logging
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import NamedTuple

import django
from django.conf import settings
from django.core.mail import mail_admins
from django.db import connection, transaction
from django.utils import timezone

from cms.store.checking import AnotherVersion, check

from .record import chain, rights
from .record.models import RecordHead
from .review import recorded_models, verification

logger = logging.getLogger(__name__)

# At night, when nobody works; the first hour is that of midnight's own jobs.
HOUR = 1


class Check(NamedTuple):
    """One proof: what it is called, what it finds, and what is to be done about a finding."""

    name: str
    find: Callable[[], list[str]]
    advice: str


def store_findings() -> list[str]:
    """Return what differed in the content store, which is right now."""
    try:
        found = check()
    except AnotherVersion as error:
        return [str(error)]
    return [f"{count} {what} differed and were made anew" for what, count in sorted(found.items()) if count]


def checks(expected: tuple[int, str] | None = None) -> list[Check]:
    """Return the proofs of what is stored, in their order; `expected` is a checkpoint of the record."""
    return [
        Check(
            "record",
            lambda: chain.verify(expected),
            "Somebody wrote to the database behind the CMS: compare with a backup from before, change its password.",
        ),
        Check(
            "rights",
            rights.problems,
            "Take the right away in the admin, and ask who can write to the database.",
        ),
        Check(
            "roles",
            recorded_models.problems,
            "Set roles and workflows right in the admin, by two people, and ask who can write to the database.",
        ),
        Check(
            "publications",
            verification.problems,
            "Hide the page in the admin; publish it anew through the workflow, or restore the file from a backup.",
        ),
    ]


STORE = Check(
    "store",
    store_findings,
    "Readers may have got what was never approved: look at the pages named by changes/ since the last run.",
)


class Outcome(NamedTuple):
    """What a check found, and how many seconds it took."""

    check: Check
    found: list[str]
    seconds: float


def carry_out(wanted: Iterable[Check]) -> Iterator[Outcome]:
    """Yield what each check finds."""
    for one in wanted:
        began = time.monotonic()
        try:
            found = one.find()
        except Exception as error:
            # What can't be read is a finding like any other, and keeps nothing from the other checks.
            logger.exception("the check %s could not be finished", one.name)
            found = [f"could not be finished: {error!r}"]
        yield Outcome(one, found, time.monotonic() - began)


def store_outcome() -> tuple[list[str], float]:
    """Return what is found in the store, and how many seconds it took."""
    (outcome,) = carry_out([STORE])
    return outcome.found, outcome.seconds


def carry_out_all(expected: tuple[int, str] | None) -> Iterator[Outcome]:
    """Yield what all checks find. The store is looked at by another process meanwhile: that takes as long as all the
    others.
    """
    if connection.in_atomic_block:
        # Nobody else sees what stands in it: it is one of a test. tests/backup and tests/reliability run the command.
        yield from carry_out([*checks(expected), STORE])
        return
    with ProcessPoolExecutor(1, get_context("spawn"), initializer=django.setup) as pool:
        store = pool.submit(store_outcome)
        yield from carry_out(checks(expected))
        yield Outcome(STORE, *store.result())


def verify_nightly() -> None:
    """Verify once a day all but the store, which the daily comparison looks at (`cms.store.reconciliation`), and mail
    the administrators what was found. A job of `cms.core.due`.
    """
    now = timezone.localtime()
    if not settings.VERIFY_NIGHTLY or now.hour < HOUR:
        return
    with transaction.atomic():
        head = chain.locked_head()
    if head.verified_on == now.date():
        return
    # Before it is done: one that fails is not begun again every few seconds.
    if not RecordHead.objects.filter(pk=1, verified_on=head.verified_on).update(verified_on=now.date()):
        return
    lines = []
    for one, found, _seconds in carry_out(checks()):
        if found:
            lines += [f"{one.name}: {one.advice}", *(f"  {problem}" for problem in found[:50])]
            lines += [f"  … {len(found)} findings"] if len(found) > 50 else []
    if lines:
        logger.error("verify has findings: %s", lines)
        mail_admins("What is public can't be trusted: verify has findings", "\n".join(lines), fail_silently=True)
