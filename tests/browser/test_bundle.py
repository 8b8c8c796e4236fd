"""Three pages are reviewed one by one and published together."""

import pytest
from django.test import Client
from playwright.sync_api import expect

from articles.models import ArticleDirective
from cms.accounts.roles import APPROVER, EDITOR
from tests.chromium import content_width
from tests.factories import Office


def choose_page(page, number, title):
    """Adds a page through its chooser."""
    page.get_by_role("button", name="Thêm Trang").click()
    page.locator(f"#inline_child_items-{number} [data-chooser-action-choose]").first.click()
    modal = page.locator(".modal")
    modal.get_by_role("textbox").first.fill(title)
    modal.get_by_role("link", name=title, exact=True).first.click()
    modal.wait_for(state="hidden")


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_bundle_of_three(live_server, log_in):
    office = Office()
    directive = office.draft(office.documents, office.directive("21-CT/TU", subject="Phòng chống lũ ống"))
    plan = office.draft(office.plans, office.plan("Kế hoạch trực ban mùa lũ", tasks=[{"title": "Trực ban"}]))
    news = office.article("Tỉnh ủy ban hành chỉ thị mới")
    news.article_directives = [ArticleDirective(directive=directive)]
    news = office.draft(office.news, news)
    addresses = [f"/van-ban/{directive.slug}/", f"/ke-hoach/{plan.slug}/", f"/tin-bai/{news.slug}/"]

    def answers():
        return [Client().get(address).status_code for address in addresses]

    editor = log_in(EDITOR)
    editor.goto(f"{live_server.url}/admin/bundles/new/")
    editor.locator("[name=name]").fill("Phòng chống lũ")
    for number, page in enumerate((directive, plan, news)):
        choose_page(editor, number, page.title)
    with editor.expect_navigation():
        editor.get_by_role("button", name="Tạo").click()

    approver = log_in(APPROVER, width=360)
    approver.goto(f"{live_server.url}/admin/bundles/")
    bundle = editor.url.split("/")[-2]
    approver.goto(f"{live_server.url}/admin/bundles/inspect/{bundle}/")
    expect(approver.get_by_text("Chưa gửi duyệt")).to_have_count(3)
    assert content_width(approver) <= 360
    for page in (directive, plan):
        office.approve(page)
    office.submit(news)
    approver.reload()
    expect(approver.get_by_text("Sẵn sàng: đã duyệt")).to_have_count(2)
    expect(approver.get_by_text("Đang chờ: Thẩm định")).to_have_count(1)
    expect(approver.get_by_role("button", name="Cho phát hành")).to_have_count(0)

    editor.goto(f"{live_server.url}/admin/pages/{directive.pk}/edit/")
    expect(editor.get_by_text("không ai sửa được").first).to_be_visible()
    expect(editor.get_by_role("button", name="Lưu nháp")).to_have_count(0)

    office.decide(news, "reviewer")
    office.decide(news, "approver")
    assert answers() == [404, 404, 404]
    approver.reload()
    approver.get_by_role("button", name="Cho phát hành").click()
    expect(approver.get_by_text("Mọi trang trong gói đã được xuất bản").first).to_be_visible()
    assert answers() == [200, 200, 200]
