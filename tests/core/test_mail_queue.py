"""Mail goes by the queue: nobody waits for the server, and a server that is away loses nothing."""

import smtplib
import socket
import time

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives, send_mail
from django.core.mail.backends.base import BaseEmailBackend
from django.core.management import call_command
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from cms.core.mail_queue import DELAYS

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def queued(settings):
    """Settings as in production, but that mails arrive in the outbox of the test."""
    settings.EMAIL_BACKEND = "cms.core.mail_queue.QueuedEmailBackend"
    settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    mail.outbox = []


def work():
    call_command("db_worker", "--backend", "queue", "--batch", "--no-startup-delay", "--interval", "0", verbosity=0)


class Refusing(BaseEmailBackend):
    """A server that takes nothing; `problem` is what it says."""

    problem = OSError("no route")

    def send_messages(self, email_messages):
        raise self.problem


def test_a_mail_arrives_whole_by_the_worker(queued):
    message = EmailMultiAlternatives("Chủ đề", "Nội dung", "a@example.org", ["b@example.org"], headers={"X-A": "1"})
    message.attach_alternative("<p>Nội dung</p>", "text/html")
    message.send()
    assert mail.outbox == []
    work()
    (sent,) = mail.outbox
    assert (sent.subject, sent.body, sent.to, sent.extra_headers) == (
        "Chủ đề",
        "Nội dung",
        ["b@example.org"],
        {"X-A": "1"},
    )
    assert sent.alternatives[0][0] == "<p>Nội dung</p>"


def test_what_is_rolled_back_tells_nobody(queued):
    with transaction.atomic():
        send_mail("A", "B", None, ["b@example.org"])
        transaction.set_rollback(True)
    work()
    assert mail.outbox == []


def test_a_request_does_not_wait_for_a_dead_server(settings, client):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(5)
        settings.EMAIL_BACKEND = "cms.core.mail_queue.QueuedEmailBackend"
        settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = listener.getsockname()
        settings.EMAIL_TIMEOUT = 1
        from tests.factories import make_user

        make_user("quen", "editor")
        began = time.monotonic()
        client.post("/admin/password_reset/", {"email": "quen@example.org"})
        assert time.monotonic() - began < 1
        assert DBTaskResult.objects.ready().count() == 1
        work()
        # The server did not answer in time: it is tried again later.
        again = DBTaskResult.objects.get(status="READY")
        assert again.run_after is not None
        assert again.args_kwargs["args"][1] == 1


def test_it_is_given_up_after_a_day_of_tries(queued, settings, caplog):
    from cms.core.mail_queue import send

    settings.MAIL_DELIVERY_BACKEND = f"{__name__}.Refusing"
    send_mail("A", "B", None, ["b@example.org"])
    message = DBTaskResult.objects.get().args_kwargs["args"][0]
    DBTaskResult.objects.all().delete()
    send.call(message, len(DELAYS))
    assert not DBTaskResult.objects.exists()
    assert "b@example.org" in caplog.text


def test_a_refused_address_is_not_asked_again(queued, settings, monkeypatch):
    settings.MAIL_DELIVERY_BACKEND = f"{__name__}.Refusing"
    monkeypatch.setattr(Refusing, "problem", smtplib.SMTPRecipientsRefused({"b@example.org": (550, b"no such user")}))
    send_mail("A", "B", None, ["b@example.org"])
    work()
    assert not DBTaskResult.objects.filter(status="READY").exists()


def test_a_mail_that_a_killed_worker_had_in_hand_is_sent(queued):
    from datetime import timedelta

    from django.utils import timezone

    from cms.core.mail_queue import tidy

    send_mail("A", "B", None, ["b@example.org"])
    DBTaskResult.objects.update(status="RUNNING", started_at=timezone.now() - timedelta(hours=1))
    work()
    assert mail.outbox == []
    tidy()
    work()
    assert [letter.to for letter in mail.outbox] == [["b@example.org"]]


def test_a_report_that_the_database_is_away_does_not_fail_with_it(queued, monkeypatch):
    from django.core.mail import mail_admins
    from django.db import DatabaseError

    from cms.core import mail_queue

    class Away:
        def enqueue(self, *args):
            raise DatabaseError

    monkeypatch.setattr(mail_queue, "send", Away())
    assert send_mail("A", "B", None, ["b@example.org"], fail_silently=True) == 0
    with pytest.raises(DatabaseError):
        send_mail("A", "B", None, ["b@example.org"])
    mail_admins("A", "B", fail_silently=True)
