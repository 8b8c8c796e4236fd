"""A typo in a live page is corrected while a larger draft is pending."""

import pytest
from playwright.sync_api import expect

from cms.accounts.roles import EDITOR
from tests.factories import Office, fresh


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_typo_is_corrected_beside_a_pending_draft(live_server, log_in):
    office = Office()
    page = office.publish(office.news, office.article("Lịch tiếp dân", lead="Tiếp dân thứ tu hằng tuần."))
    office.revise(page, title="Lịch tiếp dân quý I", lead="Tiếp dân thứ tư và thứ sáu hằng tuần.")
    edit, correction = (f"{live_server.url}/admin/pages/{page.pk}/{name}/" for name in ("edit", "correction"))

    editor = log_in(EDITOR)
    editor.goto(correction)
    editor.get_by_role("button", name="Sửa bản đang công khai").click()
    expect(editor.locator("[name=lead]")).to_have_value("Tiếp dân thứ tu hằng tuần.")
    editor.locator("[name=lead]").fill("Tiếp dân thứ tư hằng tuần.")
    editor.get_by_label("Loại thay đổi").select_option(label="Sửa lỗi trên cổng")
    editor.get_by_label("Ghi chú về thay đổi").fill("Sửa lỗi chính tả.")
    editor.get_by_label("không phải bí mật nhà nước").check()
    editor.wait_for_load_state("networkidle")
    menu = editor.locator("nav.footer, .footer__container, footer")
    menu.locator("[data-w-dropdown-target=toggle]").last.click()
    with editor.expect_navigation():
        menu.get_by_role("button", name="Gửi duyệt").click()
    office.decide(page, "reviewer")
    office.decide(page, "approver")
    live = fresh(page)
    assert (live.title, live.lead) == ("Lịch tiếp dân", "Tiếp dân thứ tư hằng tuần.")

    editor.goto(edit)
    expect(editor.get_by_text("đã được cất để sửa lỗi").first).to_be_visible()
    editor.goto(correction)
    expect(editor.get_by_text("Xung đột").first).to_be_visible()
    editor.get_by_label("Lấy theo bản nháp").check()
    editor.get_by_role("button", name="Mở lại bản nháp").click()
    expect(editor.locator("[name=lead]")).to_have_value("Tiếp dân thứ tư và thứ sáu hằng tuần.")
    draft = fresh(page).get_latest_revision_as_object()
    assert (draft.title, fresh(page).title) == ("Lịch tiếp dân quý I", "Lịch tiếp dân")
