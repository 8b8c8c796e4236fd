"""Mails to those who have to decide. They go out on commit."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cms.accounts.holders import those_who_may
from cms.core.mail import admin_address, send_on_commit
from cms.core.reminders import remind_of
from cms.publishing.erasure.models import Erasure


def ask_second_person(erasure: Erasure, users: Iterable[Any]) -> None:
    """Tell those who may decide that somebody proposes to delete or purge."""
    _send(_("Please decide: %(title)s") % {"title": erasure.get_kind_display()}, erasure, users)


def remind() -> int:
    """Remind those who may decide, once a working day; return of how many proposals."""

    def tell(erasure: Erasure) -> None:
        users = those_who_may("erasure.change_erasure").exclude(pk=erasure.proposed_by_id)
        _send(_("Reminder, please decide: %(title)s") % {"title": erasure.get_kind_display()}, erasure, users)

    return remind_of(Erasure.objects.filter(decided_at=None).select_related("proposed_by"), tell)


def _send(subject: str, erasure: Erasure, users: Iterable[Any]) -> None:
    # The title of what is to be purged is not mailed around.
    body = _("%(name)s: %(kind)s.\n\nReason: %(reason)s\n\nAgree or refuse: %(address)s\n") % {
        "name": erasure.proposed_by.get_full_name() if erasure.proposed_by else "–",
        "kind": erasure.get_kind_display(),
        "reason": erasure.reason,
        "address": admin_address(reverse("erasure", args=[erasure.what, erasure.object_id])),
    }
    send_on_commit(subject, body, users)
