"""Where the database is busy, or only a part of a form arrives, people get a clear answer and keep what they typed."""

import errno
import sqlite3

import pytest
from django.db import OperationalError, connection
from django.test import Client

from cms.errors import AWAY, BUSY, FULL, reason_of
from tests.factories import fresh


@pytest.fixture
def patient(office):
    """A client that gets answers as a browser does, whatever is raised."""
    client = Client(raise_request_exception=False)
    client.force_login(office.users["editor"])
    return client


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL has no lock of the whole database")
def test_a_lock_longer_than_the_time_out(patient, office, monkeypatch):
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 100")
    other = sqlite3.connect(connection.settings_dict["NAME"], isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        url = f"/admin/pages/add/articles/articlepage/{office.news.pk}/"
        response = patient.post(url, {"title": "Tiêu đề <đã gõ>", "lead": "Dòng một\nDòng hai"})
        anonymous = Client(raise_request_exception=False).post(
            "/admin/login/", {"username": "editor", "password": "password"}
        )
        script = patient.post(url, {"title": "A"}, headers={"X-Requested-With": "XMLHttpRequest"})
    finally:
        other.execute("ROLLBACK")
        other.close()
    assert (response.status_code, anonymous.status_code, script.status_code) == (503, 503, 503)
    assert response["Retry-After"]
    text = response.content.decode()
    assert "Thử lại" in text
    assert "Tiêu đề &lt;đã gõ&gt;" in text
    assert "Dòng một\nDòng hai" in text
    assert script.json()["success"] is False


class OfPostgresql(Exception):
    """What its driver raises."""

    def __init__(self, sqlstate):
        super().__init__()
        self.sqlstate = sqlstate


def database_error(words, *sqlstate):
    error = OperationalError(words)
    if sqlstate:
        error.__cause__ = OfPostgresql(*sqlstate)
    return error


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (database_error("deadlock detected", "40P01"), BUSY),
        (database_error("database is locked"), BUSY),
        (database_error("connection failed", None), AWAY),
        (database_error("terminating connection", "57P01"), AWAY),
        (database_error("could not extend file", "53100"), FULL),
        (database_error("database or disk is full"), FULL),
        (OSError(errno.ENOSPC, "No space left on device"), FULL),
        (OSError(errno.EACCES, "Permission denied"), ""),
        (database_error("no such table"), ""),
        (database_error("column does not exist", "42703"), ""),
        (None, ""),
    ],
)
def test_trying_again_is_advised_where_it_helps(error, reason):
    assert reason_of(error) == reason


@pytest.mark.parametrize(
    ("error", "status", "words"),
    [
        (database_error("connection failed", None), 503, "không kết nối được"),
        (OSError(errno.ENOSPC, "No space left on device"), 503, "không lưu được"),
        (ValueError("a mistake"), 500, "đã được ghi lại"),
    ],
    ids=["away", "full", "mistake"],
)
def test_what_people_and_programs_get(patient, monkeypatch, error, status, words):
    def fail(*arguments, **options):
        raise error

    monkeypatch.setattr("wagtail.models.Page.save", fail)
    monkeypatch.setattr("django.db.models.query.QuerySet.first", fail)
    # The symbol of an issuer is called so too: nothing but passwords is left out.
    typed = {"username": "editor", "password": "khong-dung", "next": "đã gõ", "code": "CT/TU"}
    form = patient.post("/admin/login/", typed)
    assert form.status_code == status
    assert words in form.content.decode()
    assert "khong-dung" not in form.content.decode()
    if status == 503:
        assert "đã gõ" in form.content.decode()
        assert "CT/TU" in form.content.decode()
        assert form["Retry-After"]
    api = patient.get("/api/v2/pages/")
    assert api.status_code == status
    assert api["Content-Type"] == "application/problem+json"
    assert api.json()["status"] == status


def form_of(page):
    return {
        "title": page.title,
        "slug": page.slug,
        "lead": "Tóm tắt đã gõ",
        "category": page.category_id,
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
        **{
            f"{name}-{count}": 0
            for name in ("attachments", "related_links", "article_directives")
            for count in ("TOTAL_FORMS", "INITIAL_FORMS")
        },
    }


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"body-count": "x"},
        {
            "body-count": "1",
            "body-0-type": "document",
            "body-0-order": "0",
            "body-0-deleted": "",
            "body-0-value": "abc",
        },
        {
            "body-count": "1",
            "body-0-type": "image",
            "body-0-order": "0",
            "body-0-deleted": "",
            "body-0-value-image": "x",
        },
        {"body-count": "1"},
    ],
)
def test_half_a_form_and_forged_ids_are_errors_at_the_field(office, patient, body):
    page = office.article("Nháp")
    page.body = [("paragraph", "<p>Đã lưu</p>")]
    office.draft(office.news, page)
    response = patient.post(f"/admin/pages/{page.pk}/edit/", {**form_of(page), **body})
    assert response.status_code == 200
    assert "body" in response.context["form"].errors
    assert "Tóm tắt đã gõ" in response.content.decode()
    assert fresh(page).get_latest_revision_as_object().lead != "Tóm tắt đã gõ"


def test_a_forged_document_that_does_not_exist(office, patient):
    page = office.draft(office.news, office.article("Nháp"))
    body = {
        "body-count": "1",
        "body-0-type": "document",
        "body-0-order": "0",
        "body-0-deleted": "",
        "body-0-value": "9" * 30,
    }
    assert patient.post(f"/admin/pages/{page.pk}/edit/", {**form_of(page), **body}).status_code == 200
