"""Mails that tell of something that has happened: they are queued when it is committed, and nothing fails with them."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction


def send_on_commit(subject: str, body: str, users: Iterable[Any]) -> None:
    """Send one mail to each of `users` who has an address: they need not learn each other's.

    All of them go into the queue (`cms.core.mail_queue`) at once. What goes wrong there is logged by Django; what is
    committed stays so.
    """
    messages = [EmailMessage(subject, body, to=[user.email]) for user in users if user.email]
    if messages:
        transaction.on_commit(lambda: get_connection().send_messages(messages), robust=True)


def send_to_on_commit(subject: str, body: str, addresses: Iterable[str]) -> None:
    """Send one mail to each of these addresses, once: an old one of somebody whose address changes has no account."""
    messages = [EmailMessage(subject, body, to=[address]) for address in dict.fromkeys(addresses) if address]
    if messages:
        transaction.on_commit(lambda: get_connection().send_messages(messages), robust=True)


def admin_address(path: str) -> str:
    """Return the whole address of a page of the admin, for mails."""
    return f"{settings.WAGTAILADMIN_BASE_URL}{path}"
