"""A plan of twelve tasks, from the first page of the admin to its submission: at most 25 clicks (93 before)."""

import pytest
from playwright.sync_api import expect

from articles.models import TaskPlanPage, Unit
from cms.accounts.roles import EDITOR
from tests.chromium import content_width
from tests.factories import Office

TABLE = "Nhiệm vụ\tChủ trì\tThời hạn\n" + "".join(f"Nhiệm vụ số {n}\tBan Dân vận\t{n}/2026\n" for n in range(1, 13))


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [360, 1280])
def test_clicks(live_server, log_in, width):
    Office()
    Unit.objects.create(name="Ban Dân vận")
    page = log_in(EDITOR, width=width)
    clicks = []

    def click(target):
        clicks.append(target)
        target.click()

    click(page.get_by_role("navigation", name="Soạn nội dung mới").get_by_role("link", name="Kế hoạch nhiệm vụ"))
    click(page.locator("[name=title]"))
    page.keyboard.type("Nhiệm vụ năm 2026")
    click(page.locator("[name=period]"))
    page.keyboard.type("Năm 2026")
    click(page.get_by_role("button", name="Lưu nháp"))
    page.get_by_text("Đã tạo trang").or_(page.get_by_text("Đã lưu trang")).first.wait_for()
    click(page.get_by_role("button", name="Thao tác", exact=True).first)
    click(page.get_by_role("link", name="Thêm nhiều nhiệm vụ"))
    click(page.get_by_label("Dán bảng từ Word hoặc Excel"))
    page.keyboard.insert_text(TABLE)
    click(page.get_by_role("button", name="Thêm các nhiệm vụ này"))
    page.get_by_text("Đã thêm 12 nhiệm vụ.").wait_for()
    assert content_width(page) <= width
    # Details are folded, so that a task is a few lines.
    expect(page.locator("details.portal-folded:not([open])").nth(11)).to_be_attached()
    tops = [page.locator(f"[name=tasks-{n}-title]").bounding_box()["y"] for n in (0, 10)]
    assert (tops[1] - tops[0]) / 10 <= {360: 440, 1280: 300}[width]
    click(page.locator("[name=nothing_secret]"))
    click(page.get_by_role("button", name="Thao tác khác").last)
    click(page.get_by_role("button", name="Gửi duyệt"))
    page.get_by_text("Đã gửi duyệt").or_(page.get_by_text("Bước tiếp theo")).first.wait_for()
    plan = TaskPlanPage.objects.get()
    assert plan.current_workflow_task is not None
    assert plan.get_latest_revision_as_object().tasks.count() == 12
    assert len(clicks) <= 25
