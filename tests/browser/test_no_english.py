"""Every screen that a role can reach, in a browser, menus and dialogs and what is read out included: no English but names."""

import re

import pytest
from django.core import mail

from articles.models import Category
from cms.accounts.roles import ADMIN, APPROVER, EDITOR, GROUPS, REVIEWER
from home.models import MenuItem, SiteSettings
from tests.english import COLLECT, english_in
from tests.factories import Office, make_document, make_image

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

# What people are called here.
NAMES = set(GROUPS)


def furnish(office):
    """Something in every state, so that lists are not empty."""
    image, file = make_image("Ảnh lễ ra quân"), make_document("ke-hoach.txt")
    article = office.article("Tin đã đăng", image=image, image_alt="Đoàn viên trồng cây")
    published = office.publish(office.news, article)
    office.publish(office.documents, office.directive(issuers=["Tỉnh ủy"]))
    office.publish(office.plans, office.plan(tasks=[{"title": "Nhiệm vụ một"}]))
    office.revise(published, lead="Tóm tắt khác.")
    office.submit(office.draft(office.news, office.article("Tin chờ thẩm định")))
    waiting = office.draft(office.news, office.article("Tin chờ duyệt"))
    office.submit(waiting)
    office.decide(waiting, REVIEWER)
    returned = office.draft(office.news, office.article("Tin bị trả lại"))
    office.submit(returned)
    office.decide(returned, REVIEWER, "reject", comment="Thiếu nguồn.")
    office.draft(office.news, office.article("Tin đang soạn", attachments=[]))
    settings = SiteSettings.for_site(office.home.get_site())
    settings.menu_items = [MenuItem(title="Tin bài", page=office.news)]
    settings.save()
    Category.objects.create(name="Nông thôn mới")
    return file


def pattern(address):
    """Addresses that lead to the same screen, for another object."""
    path, _mark, query = address.partition("?")
    names = "&".join(sorted(part.split("=")[0] for part in query.split("&")))
    return re.sub(r"\d+", "N", path) + names


@pytest.fixture
def read(live_server):
    """`read(page, address)` opens it and gives the English on it."""

    def open_and_read(page, address):
        response = page.goto(live_server.url + address)
        page.wait_for_load_state("networkidle")
        assert response is None or response.status < 500, address
        return english_in(page.evaluate(COLLECT), NAMES)

    return open_and_read


@pytest.mark.parametrize("role", [EDITOR, REVIEWER, APPROVER, ADMIN])
def test_every_screen(role, live_server, log_in, read):
    furnish(Office())
    page = log_in(role)
    waiting, seen, found = ["/admin/"], set(), {}
    while waiting:
        address = waiting.pop(0)
        if pattern(address) in seen or "/logout/" in address:
            continue
        seen.add(pattern(address))
        if english := read(page, address):
            found[address] = english
        links = page.evaluate("[...document.querySelectorAll('a[href]')].map((link) => link.href.split('#')[0])")
        waiting += [
            link.removeprefix(live_server.url) for link in links if link.startswith(f"{live_server.url}/admin/")
        ]
    assert len(seen) > 30
    assert found == {}


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
