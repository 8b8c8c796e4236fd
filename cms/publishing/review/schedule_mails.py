"""Mails about what the schedule did otherwise than people expect: to the authors and reviewers of the page."""

from typing import Any

from django.contrib.auth import get_user_model
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.core.mail import admin_address, send_on_commit
from cms.publishing.record.models import RecordEntry, RecordKind


def people_of(page: Page) -> Any:
    """Return who submitted the page or passed one of its steps last, and its owner: active accounts."""
    submission = RecordEntry.objects.filter(page_id=page.pk, kind=RecordKind.SUBMITTED).order_by("-pk").first()
    ids = {page.owner_id}
    if submission is not None:
        ids.add(submission.user_id)
        ids |= set(
            RecordEntry.objects.filter(base=submission, kind=RecordKind.PASSED).values_list("user_id", flat=True)
        )
    return get_user_model().objects.filter(pk__in=ids - {None}, is_active=True)


def tell_of_failure(page: Page, revision: Any, attempt: Any) -> None:
    """Tell that a scheduled publication or expiry was not possible."""
    title = revision.object_str if revision is not None else page.get_admin_display_title()
    if revision is not None:
        subject = _("Not published at its time: %(title)s") % {"title": title}
    else:
        subject = _("Not taken off line at its time: %(title)s") % {"title": title}
    _send(
        page,
        subject,
        _(
            "Reason: %(reason)s\n\nIt is tried again at %(time)s, and then less and less often. What was approved "
            "stays approved. To change it, open the page: %(address)s\n"
        ),
        reason=attempt.reason,
        time=_moment(attempt.next_try_at),
    )


def tell_of_kept_version(page: Page, at: Any) -> None:
    """Tell that a page expired before its next version goes live."""
    _send(
        page,
        _("Expired, with a next version waiting: %(title)s") % {"title": page.get_admin_display_title()},
        _(
            "The page has expired, so readers don't see it now. Its next version is approved and is published at "
            "%(time)s. To change that, open the page: %(address)s\n"
        ),
        time=_moment(at),
    )


def _moment(value: Any):
    return date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")


def _send(page: Page, subject: str, body, **words) -> None:
    address = admin_address(reverse("wagtailadmin_pages:history", args=[page.pk]))
    send_on_commit(subject, body % {**words, "address": address}, people_of(page))
