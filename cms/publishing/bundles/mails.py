"""Mails about bundles. They go out on commit."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cms.accounts.holders import those_who_may
from cms.core.mail import admin_address, send_on_commit
from cms.publishing.bundles.models import Bundle


def tell_that_it_is_ready(bundle: Bundle) -> None:
    """Tell those who may release it."""
    body = _("Every page of it is approved. Look at it and release it: %(address)s\n") % {"address": _address(bundle)}
    subject = _("The bundle “%(name)s” is ready") % {"name": bundle}
    send_on_commit(subject, body, those_who_may("bundles.publish_bundle"))


def tell_that_it_failed(bundle: Bundle, reasons: Any, users: Iterable[Any]) -> None:
    """Tell who made it and who released it that nothing was published, and why."""
    body = _("No page of it was published, because of:\n\n%(reasons)s\n\nThe bundle: %(address)s\n") % {
        "reasons": "\n".join(reasons),
        "address": _address(bundle),
    }
    subject = _("The bundle “%(name)s” was not published") % {"name": bundle}
    send_on_commit(subject, body, {user.pk: user for user in users if user is not None}.values())


def _address(bundle):
    return admin_address(reverse("bundles:inspect", args=[bundle.pk]))
