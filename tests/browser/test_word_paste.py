"""Pasting from Word in the editor, with the clipboard as Word fills it."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from cms.accounts.roles import EDITOR
from tests.factories import Office, fresh

REPORT = (Path(__file__).parent.parent / "articles/clipboard/word_report.html").read_text()
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
