"""Pasting from Word in the editor, with the clipboard as Word fills it."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from cms.accounts.roles import EDITOR
from tests.factories import Office, fresh

REPORT = (Path(__file__).parent.parent / "articles/pasting/clipboard/word_report.html").read_text()
PASTE = """
(target, html) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  data.setData("text/plain", "Văn bản thường");
  target.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}
"""


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("width", [360, 1280])
def test_headings_and_tables_become_blocks(live_server, log_in, width):
    office = Office()
    article = office.article()
    article.body = [("paragraph", "")]
    draft = office.draft(office.news, article)
    page = log_in(EDITOR, width=width)
    page.goto(f"{live_server.url}/admin/pages/{draft.pk}/edit/")
    editor = page.locator("#panel-child-noi_dung-body-content .public-DraftEditor-content").first
    editor.click()
    editor.evaluate(PASTE, REPORT)
    expect(page.locator(".portal-paste-bar")).to_contain_text("Không đưa sang được 1 ảnh")
    page.get_by_role("button", name="Lưu nháp").click()
    page.get_by_text("Đã lưu trang").first.wait_for()
    body = fresh(draft).get_latest_revision_as_object().body
    assert [block.block_type for block in body] == [
        "heading",
        "paragraph",
        "heading",
        "paragraph",
        "table",
        "paragraph",
    ]
    assert body[4].value.columns[1]["heading"] == "Nội dung"


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_an_empty_body_takes_what_is_pasted_onto_the_page(live_server, log_in):
    office = Office()
    draft = office.draft(office.news, office.article())
    page = log_in(EDITOR)
    page.goto(f"{live_server.url}/admin/pages/{draft.pk}/edit/")
    page.locator(".portal-editor-bar").first.wait_for(state="attached")
    page.locator("body").evaluate(PASTE, REPORT)
    expect(page.locator(".portal-paste-bar")).to_contain_text("Không đưa sang được 1 ảnh")
    page.get_by_role("button", name="Lưu nháp").click()
    page.get_by_text("Đã lưu trang").first.wait_for()
    assert len(fresh(draft).get_latest_revision_as_object().body) == 6


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_full_text_of_a_document_keeps_headings_and_lists(live_server, log_in):
    office = Office()
    draft = office.draft(office.documents, office.directive())
    page = log_in(EDITOR)
    page.goto(f"{live_server.url}/admin/pages/{draft.pk}/edit/")
    editor = page.locator("#panel-child-noi_dung-body-content .public-DraftEditor-content").first
    editor.click()
    editor.evaluate(PASTE, REPORT)
    expect(page.locator(".portal-paste-bar")).to_contain_text("cột của bảng")
    expect(page.locator("[name=body]")).to_have_value(re.compile("Cuộc đối thoại – 176"))
    page.get_by_role("button", name="Lưu nháp").click()
    page.get_by_text("Đã lưu trang").first.wait_for()
    body = fresh(draft).get_latest_revision_as_object().body
    for kept in (
        "<h3",
        "I. KẾT QUẢ SÁU THÁNG</h3>",
        "<h4",
        "Công tác tôn giáo</h4>",
        "<b>176 cuộc đối thoại</b>",
        "<ul>",
        "<ol>",
    ):
        assert kept in body, body
    assert "Cuộc đối thoại – 176" in body
