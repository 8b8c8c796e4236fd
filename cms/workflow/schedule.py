"""What has to happen in time: scheduled publication and expiry."""

import logging

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision

logger = logging.getLogger(__name__)


def carry_out_due() -> tuple[int, int]:
    """Publishes and takes down what is due. Returns how many pages it did, and how many failed.

    Each page is a transaction of its own: one that fails is logged and tried again the next time, and holds up no other.
    """
    now = timezone.now()
    expired = Page.objects.filter(live=True, expire_at__lt=now).order_by("expire_at").values_list("pk", flat=True)
    due = Revision.page_revisions.filter(approved_go_live_at__lt=now).order_by("approved_go_live_at")
    jobs = [(_expire, pk) for pk in expired] + [(_publish, pk) for pk in due.values_list("pk", flat=True)]
    failures = 0
    for job, pk in jobs:
        try:
            with transaction.atomic():
                job(pk)
        except Exception:
            # Whatever is wrong with one page, the others are due.
            logger.exception("%s failed for %s", job.__name__, pk)
            failures += 1
    return len(jobs) - failures, failures


def _expire(page_id):
    page = Page.objects.select_for_update().get(pk=page_id).specific
    page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")


def _publish(revision_id):
    # Read again: another process may have done it, or somebody may have stopped it, since the list was made.
    revision = Revision.objects.select_for_update().filter(pk=revision_id, approved_go_live_at__isnull=False).first()
    if revision is not None:
        revision.publish(log_action="wagtail.publish.scheduled")
