"""A role is granted and an issuer renamed by two people, the second of them on a phone."""

import pytest
from playwright.sync_api import expect

from articles.models import Issuer
from cms.accounts.roles import ADMIN, APPROVER, EDITOR, GROUPS, REVIEWER
from tests.chromium import content_width
from tests.factories import Office

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.once, pytest.mark.django_db(transaction=True)]


def decide(page, title):
    """From the first page by the menu's list to the decision, as somebody does who has no mail at hand."""
    page.goto(page.url.split("/admin/")[0] + "/admin/proposals/")
    page.get_by_role("link", name=title).first.click()
    assert content_width(page) <= 360
    page.get_by_role("button", name="Xác nhận").click()
    expect(page.get_by_text("Đã xác nhận và thực hiện").first).to_be_visible()


def test_a_role_is_granted_by_two(live_server, log_in):
    office = Office()
    editor = office.users[EDITOR]
    admin = log_in(ADMIN)
    admin.goto(f"{live_server.url}/admin/users/edit/{editor.pk}/")
    admin.get_by_label(GROUPS[REVIEWER]).check()
    admin.get_by_label("Lý do, cho người thứ hai").fill("Thay người nghỉ phép")
    admin.get_by_role("button", name="Lưu").first.click()
    expect(admin.get_by_text("Phần còn lại chờ người thứ hai").first).to_be_visible()
    assert not editor.groups.filter(name=GROUPS[REVIEWER]).exists()

    approver = log_in(APPROVER, width=360)
    approver.goto(f"{live_server.url}/admin/")
    expect(approver.get_by_text("Thay người nghỉ phép").first).to_be_visible()
    decide(approver, "Editor (editor)")
    assert editor.groups.filter(name=GROUPS[REVIEWER]).exists()


def test_an_issuer_is_renamed_by_two(live_server, log_in):
    office = Office()
    page = office.publish(office.documents, office.directive(issuers=["Ban Vùng cao"]))
    issuer = Issuer.objects.get()
    admin = log_in(ADMIN)
    admin.goto(f"{live_server.url}/admin/snippets/articles/issuer/edit/{issuer.pk}/")
    admin.locator("[name=name]").fill("Ban Dân vận")
    admin.get_by_role("button", name="Lưu").first.click()
    expect(admin.get_by_text("Người thứ hai sẽ quyết định").first).to_be_visible()

    reviewer = log_in(REVIEWER, width=360)
    decide(reviewer, "Ban Vùng cao")
    issuer.refresh_from_db()
    assert issuer.name == "Ban Dân vận"

    reviewer.goto(f"{live_server.url}/admin/pages/{page.pk}/record/")
    expect(reviewer.get_by_text("Ban Vùng cao → Ban Dân vận").first).to_be_visible()
    assert content_width(reviewer) <= 360
