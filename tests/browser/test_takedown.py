"""A wrong number is hidden at once on a phone, and restored by a second person."""

import pytest
from django.test import Client
from playwright.sync_api import expect

from cms.accounts.roles import APPROVER, REVIEWER
from tests.chromium import content_width
from tests.factories import Office


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_wrong_number_is_hidden_and_restored(live_server, log_in, open_page):
    office = Office()
    page = office.publish(office.news, office.article("Đường dây nóng 0214 000 0000"))
    address = f"/tin-bai/{page.slug}/"

    reviewer = log_in(REVIEWER, width=360)
    reviewer.goto(f"{live_server.url}/admin/pages/{page.pk}/take-down/")
    reviewer.get_by_label("Tạm ẩn").check()
    reviewer.get_by_label("Lý do").fill("Số điện thoại sai.")
    assert content_width(reviewer) <= 360
    reviewer.get_by_role("button", name="Gỡ bài").click()
    expect(reviewer.get_by_text("người thứ hai được mời").first).to_be_visible()
    expect(reviewer.get_by_text("Người thứ hai quyết định").first).to_be_visible()

    reader = open_page(width=360)
    reader.goto(f"{live_server.url}{address}")
    expect(reader.get_by_text("đang kiểm tra")).to_be_visible()
    assert Client().get(f"/api/v2/pages/{page.pk}/").status_code == 404

    approver = log_in(APPROVER, width=360)
    approver.goto(f"{live_server.url}/admin/pages/{page.pk}/take-down/")
    approver.wait_for_url("**/proposals/*/")
    approver.locator("[name=reason]").fill("Đã gọi thử, số đúng.")
    approver.get_by_role("button", name="Khôi phục").click()
    expect(approver.get_by_text("đã trở lại như trước").first).to_be_visible()
    reader.goto(f"{live_server.url}{address}")
    expect(reader.get_by_role("heading", level=1)).to_have_text("Đường dây nóng 0214 000 0000")
