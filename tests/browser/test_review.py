"""The decision stays in reach on a phone, however long the page is, and the next one is a tap away."""

import pytest
from playwright.sync_api import expect

from cms.accounts.roles import REVIEWER
from tests.chromium import content_width
from tests.factories import Office, fresh


@pytest.mark.browser
@pytest.mark.once
@pytest.mark.django_db(transaction=True)
def test_deciding_on_a_phone(live_server, log_in):
    office = Office()
    paragraphs = [("paragraph", f"<p>{'Một đoạn dài của bài viết. ' * 20}</p>")] * 15
    pages = []
    for title in ("Bài dài", "Bài tiếp"):
        page = office.article(title)
        page.body = paragraphs
        pages.append(office.draft(office.news, page))
        office.submit(page)

    reviewer = log_in(REVIEWER, width=360)
    reviewer.goto(f"{live_server.url}/admin/pages/{pages[0].pk}/edit/")
    button = reviewer.get_by_role("button", name="Đạt, chuyển người duyệt")
    # Without scrolling: the bar sticks to the foot of the screen.
    expect(button).to_be_in_viewport()
    assert button.bounding_box()["height"] >= 44
    assert content_width(reviewer) <= 360
    frame = reviewer.frame_locator("iframe.portal-preview")
    expect(frame.get_by_role("heading", level=1)).to_have_text("Bài dài")
    reviewer.mouse.wheel(0, 3000)
    expect(button).to_be_in_viewport()
    button.click()
    reviewer.get_by_role("link", name="Mục tiếp theo").click()
    expect(
        reviewer.get_by_role("heading", level=1, name="Thẩm định").or_(reviewer.get_by_text("Bài tiếp").first)
    ).to_be_visible()
    assert fresh(pages[0]).current_workflow_task.name == "Duyệt"

    reviewer.get_by_role("link", name="Trả lại…").click()
    expect(reviewer.get_by_label("Lý do trả lại")).to_be_in_viewport()
