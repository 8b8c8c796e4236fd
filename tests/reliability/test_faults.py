"""What the portal stands on fails for a while: people are told, nothing is lost, and it goes on by itself."""

import contextlib
import resource
import sqlite3
import threading
import time

import psycopg
import pytest
from django.db import connection

from tests.installation import form_of

pytestmark = [pytest.mark.slow, pytest.mark.alone]

SOONER = """
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
DBTaskResult.objects.filter(status="READY").update(run_after=timezone.now())
"""


def approve(approver, pk):
    """Publish a page that waits; give the last answer."""
    path = f"/admin/pages/{pk}/review/"
    answer = approver.get(path)
    return answer if answer.status != 200 else approver.post(path, {**form_of(answer, "task_state"), "approve": "1"})


def until(what, seconds=60):
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end
        time.sleep(0.3)


def let_files_grow(served, may):
    """A disk without room: no file of these processes grows any more, or all may again."""
    limit = resource.RLIM_INFINITY if may else 0
    for pid in served.pids():
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))


def test_a_disk_that_is_full(portal):
    content = portal.pages(2, 1)
    editor, approver = portal.served.person("editor"), portal.served.person("approver")
    first, second = content["waiting"]
    let_files_grow(portal.served, False)
    try:
        upload = editor.upload("/admin/documents/multiple/add/", "so-lieu.txt", b"Sai" * 2000, title="Số liệu")
        assert upload.status == 503, upload.text
        assert "không lưu được" in upload.json()["error_message"]
        if connection.vendor == "sqlite":
            # The disk of PostgreSQL is another one.
            told = approve(approver, first)
            assert told.status == 503, told.text
            assert "không lưu được" in told.text
            assert not portal.is_public(first)
        assert portal.is_public(content["live"][0]), "readers go on"
    finally:
        let_files_grow(portal.served, True)
    assert editor.upload("/admin/documents/multiple/add/", "b.txt", b"Sai" * 2000, title="B").json()["success"]
    for pk in (first, second):
        approve(approver, pk)
        assert portal.is_public(pk)


@contextlib.contextmanager
def locked(served):
    """Somebody else holds what every publication needs."""
    if connection.vendor == "sqlite":
        other = sqlite3.connect(served.folder / "db.sqlite3", isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
    else:
        other = psycopg.connect(served.environment["DATABASE_URL"])
        other.execute("LOCK TABLE wagtailcore_page IN EXCLUSIVE MODE")
    try:
        yield
    finally:
        other.close()


def test_a_database_that_is_locked_for_a_while(portal):
    content, answers = portal.pages(1, 1), []
    approver, (pk,) = portal.served.person("approver"), content["waiting"]
    with locked(portal.served):
        thread = threading.Thread(target=lambda: answers.append(approve(approver, pk)))
        thread.start()
        time.sleep(3)
        assert portal.is_public(content["live"][0]), "readers do not wait"
        assert portal.served.person().get("/tin-bai/").status == 200
        assert answers == []
    thread.join(60)
    assert answers[0].status == 302, "it has waited"
    assert portal.is_public(pk)


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite is a file: there is no server to be stopped")
def test_a_database_that_is_stopped_and_started(portal):
    first, second = portal.pages(2)["waiting"]
    approver, editor, reader = (portal.served.person(name) for name in ("approver", "editor", ""))
    assert approve(approver, first).status == 302
    portal.server.stop("immediate")
    try:
        told = editor.post(f"/admin/pages/{second}/edit/", {"title": "Đã gõ"})
        assert told.status == 503, told.text
        assert "không kết nối được" in told.text
        assert "Đã gõ" in told.text
        api = reader.get(f"/api/v2/pages/{second}/")
        assert (api.status, api.json()["status"]) == (503, 503)
        assert reader.get("/healthz").status == 200
        ready = reader.get("/readyz")
        assert (ready.status, ready.json()["checks"]["database"]) == (503, "the database does not answer")
    finally:
        portal.server.start()
    until(lambda: approve(approver, second).status == 302)
    assert portal.is_public(first)
    assert portal.is_public(second)
    # What runs beside the server has come back too.
    until(lambda: reader.get("/readyz").json()["checks"]["schedule"] == "ok", 90)


def test_redis_that_is_gone(portal, redis):
    approver, reader = portal.served.person("approver"), portal.served.person()
    first, second, third = portal.pages(3)["waiting"]
    approve(approver, first)
    assert portal.is_public(first)
    redis.kill()
    try:
        approve(approver, second)
        assert portal.is_public(second)
        began = time.monotonic()
        assert reader.get("/tin-bai/").status == 200
        assert time.monotonic() - began < 5
    finally:
        redis.start()
    approve(approver, third)
    assert portal.is_public(third)


def test_a_mail_server_that_hangs(portal):
    content = portal.pages(3, 1)
    approver, reviewer = portal.served.person("approver"), portal.served.person("reviewer")
    portal.mail.hangs = True
    approver.seconds.clear()
    portal.mail.got.clear()
    try:
        for pk in content["waiting"]:
            assert approve(approver, pk).status == 302
        assert max(seconds for _method, _path, seconds in approver.seconds) < 5, "nobody waits for mail"
        path = f"/admin/pages/{content['live'][0]}/take-down/"
        form = form_of(reviewer.get(path), "takedown-kind")
        hidden = {**form, "takedown-kind": "hidden", "takedown-reason": "Số sai.", "begin": "1"}
        assert reviewer.post(path, hidden).status == 302
        # Longer than the worker waits for the server.
        time.sleep(12)
        assert portal.mail.got == []
    finally:
        portal.mail.hangs = False
    # The next try would be a minute later.
    portal.served.manage("shell", "--command", SOONER)
    until(lambda: b"To: approver@example.org" in b"".join(portal.mail.got))
