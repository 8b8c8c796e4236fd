"""Mails that tell of something that has happened: they go out when it is committed, and nothing fails with them."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction


def send_on_commit(subject: str, body: str, users) -> None:
    """Sends one mail to each of `users` who has an address: they need not learn each other's.

    A mail server that does not answer is logged by Django; what is committed stays so, and the other mails go out.
    """
    for user in users:
        if user.email:
            transaction.on_commit(EmailMessage(subject, body, to=[user.email]).send, robust=True)


def admin_address(path: str) -> str:
    """The whole address of a page of the admin, for mails."""
    return f"{settings.WAGTAILADMIN_BASE_URL}{path}"
