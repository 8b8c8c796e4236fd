"""Mails to those who have to decide. They go out on commit."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.core.mail import admin_address, send_on_commit
from cms.core.workdays import working_day_after

from .models import Takedown
from .permissions import deciders


def ask_second_person(takedown: Takedown, users: Iterable[Any]) -> None:
    """Tell those who may decide that somebody has begun."""
    subject = _("Please decide: %(title)s") % {"title": takedown.page.get_admin_display_title()}
    _send(subject, takedown, users)


def remind() -> int:
    """Remind those who may decide of what is hidden for more than a working day, once a day; return of how many
    pages.
    """
    now, count = timezone.now(), 0
    waiting = Takedown.objects.filter(ended_at=None, decided_at=None).select_related("page", "proposed_by")
    for takedown in waiting:
        since = takedown.reminded_at or takedown.proposed_at
        if working_day_after(since) > now:
            continue
        with transaction.atomic():
            # Another process may have reminded meanwhile.
            fresh = Takedown.objects.filter(pk=takedown.pk, reminded_at=takedown.reminded_at).update(reminded_at=now)
            if fresh:
                subject = _("Reminder, please decide: %(title)s") % {"title": takedown.page.get_admin_display_title()}
                _send(subject, takedown, deciders(takedown))
                count += 1
    return count


def _send(subject: str, takedown, users) -> None:
    body = _("%(name)s: %(kind)s.\n\nReason: %(reason)s\n\nAgree or restore: %(address)s\n") % {
        "name": takedown.proposed_by.get_full_name() if takedown.proposed_by else "–",
        "kind": takedown.get_kind_display(),
        "reason": takedown.reason,
        "address": admin_address(reverse("takedown", args=[takedown.page_id])),
    }
    send_on_commit(subject, body, users)
