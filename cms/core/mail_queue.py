"""Mail by the queue: whoever works waits for no mail server, and one that is away for a while loses nothing.

`EMAIL_BACKEND` names the backend here, so that Wagtail's and Django's own mails go the same way;
`MAIL_DELIVERY_BACKEND` is the one that the worker hands them to, with `EMAIL_TIMEOUT`.
"""

import logging
import smtplib
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import DatabaseError, transaction
from django.utils import timezone
from django_tasks import task

logger = logging.getLogger(__name__)

# Delays before each further try; after the last a mail is given up, and the log says so.
DELAYS = [timedelta(minutes=m) for m in (1, 5, 30, 120, 480, 1440)]
# Finished tasks are kept so long.
KEPT = timedelta(days=1)
# No mail takes longer to send: whoever had it in hand is gone.
TAKES_AT_MOST = timedelta(minutes=15)
# The server will never take it: asking again does no good (RFC 5321, 4.2.1).
_FINAL = range(500, 600)


class QueuedEmailBackend(BaseEmailBackend):
    """Puts each message into the queue, in the transaction that is open: what is rolled back tells nobody."""

    def send_messages(self, email_messages: Any) -> Any:
        try:
            with transaction.atomic():
                for message in email_messages:
                    send.enqueue(_plain(message))
        except DatabaseError:
            # What reports that the database is away must not fail with it.
            if not self.fail_silently:
                raise
            return 0
        return len(email_messages)


def _plain(message) -> dict:
    """Return a message as JSON. Raise ValueError for attachments: nothing here sends any."""
    if message.attachments:
        raise ValueError("mails with attachments are not queued")
    return {
        "subject": str(message.subject),
        "body": str(message.body),
        "from_email": message.from_email,
        "to": list(message.to),
        "cc": list(message.cc),
        "bcc": list(message.bcc),
        "reply_to": list(message.reply_to),
        "headers": {name: str(value) for name, value in message.extra_headers.items()},
        "alternatives": [[str(content), kind] for content, kind in getattr(message, "alternatives", [])],
    }


@task(backend="queue")
def send(message: dict, tries: int = 0) -> None:
    """Hand one message to the mail server; where it does not take it now, again later."""
    alternatives = [tuple(one) for one in message["alternatives"]]
    connection = get_connection(settings.MAIL_DELIVERY_BACKEND)
    mail = EmailMultiAlternatives(**{**message, "alternatives": alternatives}, connection=connection)
    try:
        mail.send()
    except (OSError, smtplib.SMTPException) as problem:
        if tries >= len(DELAYS) or _is_final(problem):
            logger.error("a mail to %s was given up: %s", ", ".join(mail.recipients()), problem)
            return
        send.using(run_after=timezone.now() + DELAYS[tries]).enqueue(message, tries + 1)
    except Exception:
        logger.exception("a mail to %s could not be sent", ", ".join(mail.recipients()))


def _is_final(problem):
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        return all(code in _FINAL for code, _words in problem.recipients.values())
    return isinstance(problem, smtplib.SMTPDataError | smtplib.SMTPSenderRefused) and problem.smtp_code in _FINAL


def tidy() -> None:
    """Forget finished tasks, and put back what a worker that was killed had in hand. A job of `cms.core.due`."""
    from django_tasks_db.models import DBTaskResult

    left = DBTaskResult.objects.running().filter(
        task_path=send.module_path, started_at__lt=timezone.now() - TAKES_AT_MOST
    )
    left.update(status="READY", started_at=None)
    DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEPT).delete()
