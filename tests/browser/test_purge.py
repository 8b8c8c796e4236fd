"""A secret that slipped through is hidden by one person and purged when a second one agrees."""

import pytest
from django.core.files.storage import default_storage
from django.test import Client
from playwright.sync_api import expect

from articles.models import ArticleAttachment
from cms.accounts.roles import ADMIN, APPROVER
from cms.media.models import CustomDocument
from tests.chromium import content_width
from tests.factories import Office, fresh, make_document


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_purge_by_two_people(live_server, log_in):
    office = Office()
    document = make_document("danh-sach.txt", b"noi dung khong duoc o day")
    page = office.article("Thông báo kèm danh sách")
    page.attachments = [ArticleAttachment(document=document)]
    page = office.publish(office.news, page)
    address = f"/tin-bai/{page.slug}/"
    assert Client().get(document.url).status_code == 200

    approver = log_in(APPROVER, width=360)
    approver.goto(f"{live_server.url}/admin/erasure/page/{page.pk}/")
    approver.get_by_role("link", name="danh-sach.txt").click()
    approver.get_by_label("Lý do").fill("Tệp lọt bí mật.")
    assert content_width(approver) <= 360
    approver.get_by_role("button", name="Đề nghị").click()
    expect(approver.get_by_text("Người thứ hai sẽ quyết định").first).to_be_visible()
    expect(approver.get_by_role("button", name="Đồng ý")).to_have_count(0)
    assert (Client().get(document.url).status_code, Client().get(address).status_code) == (404, 404)
    assert default_storage.exists(document.file.name)

    second = log_in(ADMIN)
    second.goto(f"{live_server.url}/admin/")
    second.goto(f"{live_server.url}/admin/erasure/")
    second.get_by_role("link", name="danh-sach.txt").click()
    second.wait_for_url("**/proposals/*/")
    second.get_by_role("button", name="Đồng ý").click()
    expect(second.get_by_text("không ai khôi phục được").first).to_be_visible()
    assert not default_storage.exists(document.file.name)
    assert CustomDocument.objects.get(pk=document.pk).purged_at

    second.goto(f"{live_server.url}/admin/erasure/page/{page.pk}/")
    second.get_by_label("Xóa vĩnh viễn").check()
    second.get_by_label("Lý do").fill("Nội dung cũng lọt bí mật.")
    second.get_by_role("button", name="Đề nghị").click()
    approver.goto(f"{live_server.url}/admin/erasure/page/{page.pk}/")
    approver.wait_for_url("**/proposals/*/")
    approver.get_by_role("button", name="Đồng ý").click()
    expect(approver.get_by_text("không ai khôi phục được").first).to_be_visible()
    assert not fresh(page).live

    reader = log_in(APPROVER, width=360)
    reader.goto(f"{live_server.url}{address}")
    expect(reader.get_by_text("Trang này đã được xóa hẳn.")).to_be_visible()
