"""What answers to mistakes, uploads and choosers, and what comes by mail: no English but names. (Every screen is looked
at in `test_every_screen.py`.)
"""

import pytest
from django.core import mail

from cms.accounts.roles import ADMIN, EDITOR, GROUPS
from tests.browser.crawl import furnish
from tests.english import COLLECT, english_in
from tests.factories import Office

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.once, pytest.mark.django_db(transaction=True)]

# What people are called here.
NAMES = set(GROUPS)


@pytest.fixture
def read(live_server):
    """`read(page, address)` opens it and gives the English on it."""

    def open_and_read(page, address):
        response = page.goto(live_server.url + address)
        page.wait_for_load_state("networkidle")
        assert response is None or response.status < 500, address
        return english_in(page.evaluate(COLLECT), NAMES)

    return open_and_read


def errors_of(page):
    page.wait_for_load_state("networkidle")
    return english_in(page.evaluate(COLLECT), NAMES)


def test_forms_with_everything_wrong(live_server, log_in, read):
    office = Office()
    editor = log_in(EDITOR)
    for parent, kind in (
        (office.news, "articlepage"),
        (office.documents, "directivepage"),
        (office.plans, "taskplanpage"),
    ):
        assert not read(editor, f"/admin/pages/add/articles/{kind}/{parent.pk}/")
        editor.locator("form[data-edit-form]").evaluate("(form) => form.noValidate = true")
        with editor.expect_navigation():
            editor.locator("[name=action-submit]").first.dispatch_event("click")
        assert not errors_of(editor)
    admin = log_in(ADMIN)
    for address in ("users/new/", "redirects/add/", "webhooks/new/", "redirects/import/", "account/"):
        assert not read(admin, f"/admin/{address}")
        with admin.expect_navigation():
            admin.locator("main form[method=post]").last.evaluate(
                "(form) => { form.noValidate = true; form.submit(); }"
            )
        assert not errors_of(admin)


def test_uploads_and_choosers(live_server, log_in, read):
    office = Office()
    furnish(office)
    editor = log_in(EDITOR)
    for kind, name, content in (
        ("images", "anh.png", b"no picture"),
        ("documents", "tep.exe", b"MZ"),
        ("documents", "tep.txt", b"noi dung"),
    ):
        assert not read(editor, f"/admin/{kind}/multiple/add/")
        editor.set_input_files("#fileupload", {"name": name, "mimeType": "application/x", "buffer": content})
        editor.wait_for_timeout(1500)
        assert not errors_of(editor)
    assert not read(editor, f"/admin/pages/add/articles/articlepage/{office.news.pk}/")
    editor.locator(".image-chooser button, [data-chooser] button", has_text="Chọn ảnh").first.click()
    editor.locator(".modal-content").wait_for()
    editor.wait_for_timeout(500)
    assert not errors_of(editor)


def test_log_in_and_what_comes_by_mail(live_server, open_page, read):
    office = Office()
    page = open_page()
    for address in ("/admin/login/", "/admin/password_reset/", "/admin/khong-co/"):
        assert not read(page, address)
    page.goto(f"{live_server.url}/admin/login/")
    page.locator("[name=username]").fill("nobody")
    page.locator("[name=password]").fill("wrong")
    with page.expect_navigation():
        page.locator("[name=password]").press("Enter")
    assert not errors_of(page)
    page.goto(f"{live_server.url}/admin/password_reset/")
    page.locator("[name=email]").fill(office.users[EDITOR].email)
    with page.expect_navigation():
        page.locator("[name=email]").press("Enter")
    assert not errors_of(page)
    furnish(office)
    assert len(mail.outbox) > 4
    for message in mail.outbox:
        assert not english_in([message.subject, *message.body.splitlines()], NAMES), message.subject
