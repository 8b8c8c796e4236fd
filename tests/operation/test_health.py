"""What a load balancer, a monitor and a container runtime ask."""

import shutil
from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from cms.core.due import do_what_is_due
from cms.core.mail_queue import send
from cms.delivery.webhooks.models import Delivery, Endpoint
from cms.store.models import ChangeLogKind, Event

MAIL = {
    "subject": "Thư", "body": "", "from_email": "portal@example.org", "to": ["a@example.org"], "cc": [], "bcc": [],
    "reply_to": [], "headers": {}, "alternatives": [],
}  # fmt: skip


@pytest.fixture
def ready(client, db):
    """`ready(status)` gives what is said."""
    do_what_is_due()

    def ask(status=200, address="/readyz"):
        response = client.get(address)
        assert response.status_code == status, response.content
        assert response["Cache-Control"] == "no-store"
        return response.json()

    return ask


def test_a_process_that_answers_asks_nothing_of_others(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get("/healthz")
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert response["Cache-Control"] == "no-store"


def test_all_is_well(ready):
    said = ready()
    assert said["status"] == "ok", said
    assert set(said["checks"]) == {
        "database",
        "replica",
        "disk",
        "version",
        "projector",
        "worker",
        "webhooks",
        "schedule",
        "backup",
    }
    assert set(said["checks"].values()) == {"ok"}


def test_what_is_late_takes_no_machine_away_but_is_said(ready, clock):
    clock(minutes=10)
    assert ready() == {**(said := ready()), "status": "degraded"}
    assert "was not seen for 6" in said["checks"]["schedule"]
    assert ready(503, "/readyz?strict")["status"] == "degraded"


def test_a_schedule_that_never_ran(client, db):
    assert client.get("/readyz").json()["checks"]["schedule"] == "was never seen"


def test_the_schedule_writes_no_more_often_than_is_needed(db, django_assert_num_queries):
    do_what_is_due()
    from cms.operation.state import beat

    with django_assert_num_queries(1):
        beat()


def test_a_clock_that_was_set_back_does_not_hide_the_schedule(ready, clock):
    clock(hours=-2)
    do_what_is_due()
    clock(minutes=5)
    assert "was not seen" in ready()["checks"]["schedule"]


def test_a_publication_that_nobody_projects(ready):
    Event.objects.create(kind=ChangeLogKind.PUBLISHED, page_id=1, at=timezone.now() - timedelta(minutes=3))
    assert "1 changes wait" in ready()["checks"]["projector"]


def test_a_mail_that_nobody_sends(ready, clock):
    send.enqueue(MAIL)
    send.using(run_after=timezone.now() + timedelta(days=1)).enqueue(MAIL)
    assert ready()["checks"]["worker"] == "ok"
    clock(minutes=8)
    assert "1 tasks wait, for 4" in ready()["checks"]["worker"]


def test_a_webhook_that_nobody_calls(ready):
    due = timezone.now() - timedelta(minutes=9)
    endpoint = Endpoint.objects.create(name="Ứng dụng", url="https://app.example.org/")
    Delivery.objects.create(endpoint=endpoint, seq=1, object="x", kind="published", next_try_at=due)
    assert "1 deliveries wait" in ready()["checks"]["webhooks"]
    Endpoint.objects.update(paused_until=timezone.now() + timedelta(hours=1))
    assert ready()["checks"]["webhooks"] == "ok", "it is left alone on purpose"


def test_backups(ready, settings, tmp_path):
    settings.BACKUP_DIR = str(tmp_path)
    assert ready()["checks"]["backup"] == "there is none"
    old = timezone.now() - timedelta(hours=30)
    (tmp_path / f"portal-{old:%Y%m%dT%H%M%SZ}.tar.age").touch()
    assert ready()["checks"]["backup"] == "is 30 hours old"
    (tmp_path / f"portal-{timezone.now():%Y%m%dT%H%M%SZ}.tar.age").touch()
    assert ready()["checks"]["backup"] == "ok"


def test_a_disk_that_fills(ready, monkeypatch):
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(1000, 950, 50))
    assert ready()["checks"]["disk"] == "5 % are free"
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: shutil._ntuple_diskusage(1000, 995, 5))
    assert ready(503)["status"] == "failing"


def test_a_database_that_is_away(ready):
    def refuse(*_arguments):
        raise OperationalError("connection to server at 10.1.2.3 failed")

    with connection.execute_wrapper(refuse):
        said = ready(503)
    assert said["status"] == "failing"
    assert said["checks"]["database"] == "the database does not answer"
    assert "10.1.2.3" not in str(said)


def test_a_mistake_in_a_check_takes_no_machine_away(ready, settings, tmp_path):
    settings.BACKUP_DIR = str(tmp_path / "away" / ("x" * 300))
    said = ready()
    assert said["status"] == "degraded"
    assert said["checks"]["backup"] != "ok"
