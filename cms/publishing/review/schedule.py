"""What has to happen in time: scheduled publication and expiry."""

import logging
from collections.abc import Callable
from datetime import timedelta

from django.db import OperationalError, transaction
from django.utils import timezone
from wagtail.models import Page, Revision

from cms.publishing.record.models import RecordKind
from cms.publishing.record.write import record

from .models import FailedAttempt
from .schedule_mails import tell_of_failure, tell_of_kept_version

logger = logging.getLogger(__name__)

# Delays after each failed attempt; the last is repeated.
DELAYS = [timedelta(minutes=m) for m in (1, 5, 30, 120, 360, 1440)]


def carry_out_due() -> tuple[int, int]:
    """Publish and take down what is due. Return how many pages it did, and how many failed.

    Each page is a transaction of its own: one that fails holds up no other, is tried again with growing delays, and the
    people concerned are told.
    """
    now = timezone.now()
    _forget_what_is_not_due(now)
    waiting = FailedAttempt.objects.filter(next_try_at__gt=now)
    expired = Page.objects.filter(live=True, expire_at__lt=now).exclude(
        pk__in=waiting.filter(job=FailedAttempt.Job.EXPIRE).values("object_id")
    )
    due = Revision.page_revisions.filter(approved_go_live_at__lt=now).exclude(
        pk__in=waiting.filter(job=FailedAttempt.Job.PUBLISH).values("object_id")
    )
    jobs: list[tuple[FailedAttempt.Job, Callable[[int], None], int]] = [
        (FailedAttempt.Job.EXPIRE, _expire, pk) for pk in expired.order_by("expire_at").values_list("pk", flat=True)
    ]
    jobs += [
        (FailedAttempt.Job.PUBLISH, _publish, pk)
        for pk in due.order_by("approved_go_live_at").values_list("pk", flat=True)
    ]
    failures = 0
    for name, job, pk in jobs:
        try:
            with transaction.atomic():
                job(pk)
                FailedAttempt.objects.filter(job=name, object_id=pk).delete()
        except Exception as error:
            # Whatever is wrong with one page, the others are due.
            logger.exception("%s failed for %s", name, pk)
            failures += 1
            try:
                _remember_failure(name, pk, error)
            except Exception:
                logger.exception("that %s failed for %s could not be written down", name, pk)
    return len(jobs) - failures, failures


def _forget_what_is_not_due(now) -> None:
    """Forget attempts at what got another time, or was taken down or deleted: it is new when it is due again."""
    expired = Page.objects.filter(live=True, expire_at__lt=now).values("pk")
    FailedAttempt.objects.filter(job=FailedAttempt.Job.EXPIRE).exclude(object_id__in=expired).delete()
    due = Revision.page_revisions.filter(approved_go_live_at__lt=now).values("pk")
    FailedAttempt.objects.filter(job=FailedAttempt.Job.PUBLISH).exclude(object_id__in=due).delete()


@transaction.atomic
def _remember_failure(name: str, pk: int, error) -> None:
    if isinstance(error, OperationalError):
        # A lock, or a database that was away: it is due again in a few seconds.
        return
    attempt, _created = FailedAttempt.objects.get_or_create(
        job=name, object_id=pk, defaults={"next_try_at": timezone.now()}
    )
    attempt.failures += 1
    attempt.reason = attempt.reason_of(error)
    attempt.next_try_at = timezone.now() + DELAYS[min(attempt.failures, len(DELAYS)) - 1]
    attempt.save()
    if attempt.failures == 1:
        revision = Revision.objects.filter(pk=pk).first() if name == FailedAttempt.Job.PUBLISH else None
        page = Page.objects.filter(pk=revision.object_id if revision else pk).first()
        if page is not None:
            record(RecordKind.SCHEDULE_FAILED, page=page, revision=revision, reason=attempt.reason, job=name)
            tell_of_failure(page, revision, attempt)


def _expire(page_id: int) -> None:
    # Read again: meanwhile it may have got another time, or be gone.
    page = Page.objects.select_for_update().filter(pk=page_id, live=True, expire_at__lt=timezone.now()).first()
    if page is None:
        return
    page = page.specific
    # Wagtail takes the time from every revision of a page that it unpublishes; what was approved for later stays
    # approved.
    scheduled = dict(page.revisions.exclude(approved_go_live_at=None).values_list("pk", "approved_go_live_at"))
    page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    for pk, at in scheduled.items():
        Revision.objects.filter(pk=pk).update(approved_go_live_at=at)
    if scheduled and min(scheduled.values()) > timezone.now():
        tell_of_kept_version(page, min(scheduled.values()))


def _publish(revision_id) -> None:
    # The page first, as who hides it locks them.
    number = Revision.objects.filter(pk=revision_id).values_list("object_id", flat=True).first()
    Page.objects.select_for_update().filter(pk=number or 0).first()
    # Read again: another process may have done it, or somebody may have stopped it, since the list was made.
    revision = Revision.objects.select_for_update().filter(pk=revision_id, approved_go_live_at__isnull=False).first()
    if revision is not None:
        revision.publish(log_action="wagtail.publish.scheduled")
