"""Mails to those who have to decide. They go out on commit."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cms.core.mail import admin_address, send_on_commit
from cms.core.reminders import remind_of

from .models import Takedown
from .permissions import deciders


def ask_second_person(takedown: Takedown, users: Iterable[Any]) -> None:
    """Tell those who may decide that somebody has begun."""
    subject = _("Please decide: %(title)s") % {"title": takedown.page.get_admin_display_title()}
    _send(subject, takedown, users)


def remind() -> int:
    """Remind those who may decide of what is hidden or proposed, once a working day; return of how many pages."""

    def tell(takedown: Takedown) -> None:
        subject = _("Reminder, please decide: %(title)s") % {"title": takedown.page.get_admin_display_title()}
        _send(subject, takedown, deciders(takedown))

    waiting = Takedown.objects.filter(ended_at=None, decided_at=None).select_related("page", "proposed_by")
    return remind_of(waiting, tell)


def _send(subject: str, takedown, users) -> None:
    body = _("%(name)s: %(kind)s.\n\nReason: %(reason)s\n\nAgree or restore: %(address)s\n") % {
        "name": takedown.proposed_by.get_full_name() if takedown.proposed_by else "–",
        "kind": takedown.get_kind_display(),
        "reason": takedown.reason,
        "address": admin_address(reverse("takedown", args=[takedown.page_id])),
    }
    send_on_commit(subject, body, users)
