"""The mail to those who have to decide. It goes out on commit."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cms.core.mail import admin_address, send_on_commit
from cms.publishing.erasure.models import Erasure


def ask_second_person(erasure: Erasure, users: Iterable[Any]) -> None:
    """Tell those who may decide that somebody proposes to delete or purge.

    The title of what is to be purged is not mailed around.
    """
    body = _("%(name)s: %(kind)s.\n\nReason: %(reason)s\n\nAgree or refuse: %(address)s\n") % {
        "name": erasure.proposed_by.get_full_name(),
        "kind": erasure.get_kind_display(),
        "reason": erasure.reason,
        "address": admin_address(reverse("erasure", args=[erasure.what, erasure.object_id])),
    }
    send_on_commit(_("Please decide: %(title)s") % {"title": erasure.get_kind_display()}, body, users)
