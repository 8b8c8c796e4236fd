"""The approver sets the time of publication, on a phone and on a large screen."""

import pytest
from playwright.sync_api import expect

from cms.accounts.roles import APPROVER, REVIEWER
from tests.chromium import content_width
from tests.factories import Office, fresh

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("width", [360, 1280])
def test_the_decision_follows_the_time(live_server, log_in, width):
    office = Office()
    draft = office.draft(office.news, office.article("Lịch tập huấn"))
    office.submit(draft)
    office.decide(draft, REVIEWER)
    page = log_in(APPROVER, width=width)
    page.get_by_role("link", name="Lịch tập huấn").first.click()
    bar = page.get_by_role("group", name="Quyết định")
    expect(bar.get_by_role("button", name="Duyệt và xuất bản ngay")).to_be_in_viewport()
    page.get_by_label("Giờ xuất bản").fill("2036-11-28T08:00")
    bar.get_by_role("button", name="Duyệt và xuất bản ngay").click()
    decision = bar.get_by_role("button", name="Duyệt, xuất bản lúc 08:00 28/11/2036")
    expect(decision).to_be_in_viewport()
    assert fresh(draft).current_workflow_task_state is not None, "a typed time is kept, and nothing is decided yet"
    assert content_width(page) == width
    decision.click()
    page.wait_for_url("**/admin/")
    assert fresh(draft).approved_schedule
    assert not fresh(draft).live
