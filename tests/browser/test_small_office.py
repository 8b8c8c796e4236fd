"""An office of three people, one step: a wrong number is corrected in the evening by one and approved by another."""

import pytest
from playwright.sync_api import expect
from wagtail.models import Workflow, WorkflowTask

from cms.accounts.roles import APPROVER, EDITOR, REVIEWER
from tests.browser.test_story import more_actions, open_from_desk, open_review
from tests.factories import Office, fresh, make_user


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_an_office_of_three_with_one_step(live_server, log_in):
    office = Office()
    WorkflowTask.objects.filter(workflow=Workflow.objects.get(), task__name="Thẩm định").delete()
    people = [make_user(name, EDITOR, REVIEWER, APPROVER, full_name=full) for name, full in NAMES]
    page = office.draft(office.news, office.article("Trực cứu hộ", lead="Gọi số 0214 111 1111."), people[0])
    office.submit(page, people[0])
    office.decide(page, people[1])
    assert fresh(page).live

    writer = log_in("an")
    writer.goto(f"{live_server.url}/admin/pages/{page.pk}/edit/")
    writer.locator("[name=lead]").fill("Gọi số 0214 222 2222.")
    writer.get_by_label("Loại thay đổi").select_option(label="Sửa lỗi trên cổng")
    writer.get_by_label("Ghi chú về thay đổi").fill("Sửa số điện thoại.")
    writer.get_by_label("không phải bí mật nhà nước").check()
    with writer.expect_navigation():
        more_actions(writer).get_by_role("button", name="Gửi duyệt").click()
    expect(writer.get_by_text("Bình, Chi").first).to_be_visible()
    writer.goto(f"{live_server.url}/admin/pages/{page.pk}/review/")
    expect(writer.get_by_role("button", name="Duyệt và xuất bản ngay")).to_have_count(0)
    expect(writer.get_by_text("Bạn đã sửa nội dung này")).to_be_visible()

    other = log_in("chi", width=360)
    open_from_desk(other, "Trực cứu hộ")
    open_review(other)
    other.get_by_role("button", name="Duyệt và xuất bản ngay").click()
    expect(other.get_by_text("đã được duyệt và xuất bản").first).to_be_visible()

    reader = other.context.new_page()
    reader.goto(f"{live_server.url}/tin-bai/{page.slug}/")
    expect(reader.get_by_text("0214 222 2222").first).to_be_visible()
    expect(reader.get_by_text("Sửa số điện thoại.").first).to_be_visible()


NAMES = [("an", "An"), ("binh", "Bình"), ("chi", "Chi")]
