"""Mails to those who have to decide. They go out on commit."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from cms.accounts.holders import those_who_may
from cms.core.mail import admin_address, send_on_commit
from cms.core.workdays import working_day_after
from cms.publishing.erasure.models import Erasure


def ask_second_person(erasure: Erasure, users: Iterable[Any]) -> None:
    """Tell those who may decide that somebody proposes to delete or purge."""
    _send(_("Please decide: %(title)s") % {"title": erasure.get_kind_display()}, erasure, users)


def remind() -> int:
    """Remind those who may decide of what has waited for a working day, once a working day; return of how many."""
    now, count = timezone.now(), 0
    for erasure in Erasure.objects.filter(decided_at=None).select_related("proposed_by"):
        if working_day_after(erasure.reminded_at or erasure.proposed_at) > now:
            continue
        with transaction.atomic():
            # Another process may have reminded meanwhile.
            waiting = Erasure.objects.filter(pk=erasure.pk, decided_at=None, reminded_at=erasure.reminded_at)
            if waiting.update(reminded_at=now):
                users = those_who_may("erasure.change_erasure").exclude(pk=erasure.proposed_by_id)
                subject = _("Reminder, please decide: %(title)s") % {"title": erasure.get_kind_display()}
                _send(subject, erasure, users)
                count += 1
    return count


def _send(subject: str, erasure: Erasure, users: Iterable[Any]) -> None:
    # The title of what is to be purged is not mailed around.
    body = _("%(name)s: %(kind)s.\n\nReason: %(reason)s\n\nAgree or refuse: %(address)s\n") % {
        "name": erasure.proposed_by.get_full_name() if erasure.proposed_by else "–",
        "kind": erasure.get_kind_display(),
        "reason": erasure.reason,
        "address": admin_address(reverse("erasure", args=[erasure.what, erasure.object_id])),
    }
    send_on_commit(subject, body, users)
