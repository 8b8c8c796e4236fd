"""What two people decide, the second of them on a phone: a take-down, a role, the name of an issuer."""

import pytest
from playwright.sync_api import expect

from articles.models import Issuer
from cms.accounts.roles import ADMIN, APPROVER, EDITOR, GROUPS, REVIEWER
from tests.chromium import content_width
from tests.factories import Office, make_user

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.once, pytest.mark.django_db(transaction=True)]


def look(page, title):
    """From the list to the proposal, as somebody does who has no mail at hand."""
    page.goto(page.url.split("/admin/")[0] + "/admin/proposals/")
    page.get_by_role("link", name=title).first.click()
    page.wait_for_url("**/proposals/*/")
    assert content_width(page) <= 360


def decide(page, title):
    """Look at it, and confirm it."""
    look(page, title)
    page.get_by_role("button", name="Xác nhận").click()
    expect(page.get_by_text("Đã xác nhận và thực hiện").first).to_be_visible()


def propose_to_take_down(page, address, kind, reason):
    """From the page in the editor, by the menu of its header."""
    page.goto(address)
    page.get_by_role("button", name="Thao tác").first.click()
    page.get_by_role("link", name="Gỡ bài").first.click()
    page.wait_for_url("**/take-down/")
    page.get_by_label(kind).check()
    page.get_by_label("Lý do").fill(reason)
    page.get_by_role("button", name="Gỡ bài").click()
    expect(page.get_by_text("Người thứ hai quyết định").first).to_be_visible()


def grant(page, address, role, reason):
    """Ask for a role of the account that stands at `address`."""
    page.goto(address)
    page.get_by_label(role).check()
    page.get_by_label("Lý do, cho người thứ hai").fill(reason)
    page.get_by_role("button", name="Lưu").first.click()
    expect(page.get_by_text("Phần còn lại chờ người thứ hai").first).to_be_visible()


def rename(page, address, name):
    """Ask for another name of the issuer that stands at `address`."""
    page.goto(address)
    page.locator("[name=name]").fill(name)
    page.get_by_role("button", name="Lưu").first.click()
    expect(page.get_by_text("Người thứ hai sẽ quyết định").first).to_be_visible()


def test_a_take_down_is_proposed_by_an_editor_and_decided_on_a_phone(live_server, log_in, open_page):
    office = Office()
    page = office.publish(office.news, office.article("Thông báo tuyển dụng"))
    edit = f"{live_server.url}/admin/pages/{page.pk}/edit/"
    editor = log_in(EDITOR)
    propose_to_take_down(editor, edit, "Đăng nhầm", "Bản nháp của cơ quan khác.")
    expect(editor.get_by_role("button", name="Đồng ý gỡ")).to_have_count(0)
    reader = open_page(width=360)
    reader.goto(f"{live_server.url}/tin-bai/{page.slug}/")
    expect(reader.get_by_role("heading", level=1)).to_have_text("Thông báo tuyển dụng")

    approver = log_in(APPROVER, width=360)
    approver.goto(f"{live_server.url}/admin/")
    expect(approver.get_by_text("Bản nháp của cơ quan khác.").first).to_be_visible()
    look(approver, "Thông báo tuyển dụng")
    for words in ("Editor", "Bản nháp của cơ quan khác.", "thông báo bài được đăng nhầm"):
        expect(approver.get_by_text(words).first).to_be_visible()
    approver.get_by_role("button", name="Đồng ý gỡ").click()
    expect(approver.get_by_text("Đã gỡ “").first).to_be_visible()
    reader.reload()
    expect(reader.get_by_text("Bản nháp của cơ quan khác.")).to_be_visible()

    editor.goto(f"{live_server.url}/admin/proposals/")
    expect(editor.get_by_text("Đã xác nhận và thực hiện").first).to_be_visible()


def test_an_office_of_three_does_all_of_it(live_server, log_in, open_page):
    lan = make_user("lan", EDITOR, full_name="Lan")
    minh = make_user("minh", REVIEWER, ADMIN, full_name="Minh")
    nga = make_user("nga", APPROVER, full_name="Nga")
    office = Office({EDITOR: lan, REVIEWER: minh, APPROVER: nga})
    page = office.publish(office.documents, office.directive(issuers=["Ban Vùng cao"]))
    issuer = Issuer.objects.get()
    writer, admin, second = log_in("lan"), log_in("minh"), log_in("nga", width=360)

    grant(admin, f"{live_server.url}/admin/users/edit/{lan.pk}/", GROUPS[REVIEWER], "Thay người nghỉ phép")
    decide(second, "Lan (lan)")
    assert lan.groups.filter(name=GROUPS[REVIEWER]).exists()

    rename(admin, f"{live_server.url}/admin/snippets/articles/issuer/edit/{issuer.pk}/", "Ban Dân vận")
    decide(second, "Ban Vùng cao")
    reader = open_page(width=360)
    reader.goto(f"{live_server.url}{page.get_url()}")
    expect(reader.get_by_text("Ban Dân vận").first).to_be_visible()

    edit = f"{live_server.url}/admin/pages/{page.pk}/edit/"
    propose_to_take_down(writer, edit, "Đã gỡ, vẫn đọc được", "Đã có văn bản mới.")
    look(second, "18-CT/TU")
    second.get_by_role("button", name="Đồng ý gỡ").click()
    expect(second.get_by_text("Đã gỡ “").first).to_be_visible()
    reader.reload()
    expect(reader.get_by_text("Đã có văn bản mới.").first).to_be_visible()
    second.goto(f"{live_server.url}/admin/proposals/")
    expect(second.get_by_text("Không có gì chờ bạn")).to_be_visible()


def test_a_role_is_granted_by_two(live_server, log_in):
    office = Office()
    editor = office.users[EDITOR]
    grant(log_in(ADMIN), f"{live_server.url}/admin/users/edit/{editor.pk}/", GROUPS[REVIEWER], "Thay người nghỉ phép")
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
    rename(log_in(ADMIN), f"{live_server.url}/admin/snippets/articles/issuer/edit/{issuer.pk}/", "Ban Dân vận")

    reviewer = log_in(REVIEWER, width=360)
    decide(reviewer, "Ban Vùng cao")
    issuer.refresh_from_db()
    assert issuer.name == "Ban Dân vận"

    reviewer.goto(f"{live_server.url}/admin/pages/{page.pk}/record/")
    expect(reviewer.get_by_text("Ban Vùng cao → Ban Dân vận").first).to_be_visible()
    assert content_width(reviewer) <= 360
