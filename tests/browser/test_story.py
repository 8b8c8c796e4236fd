"""The whole story in a browser: a document is drafted, returned, corrected, passed twice, and only then seen by
anyone.
"""

import pytest
from django.test import Client
from playwright.sync_api import expect

from articles.models import DirectivePage, Issuer
from cms.accounts.roles import APPROVER, EDITOR, REVIEWER
from cms.media.models import CustomDocument
from tests.chromium import content_width
from tests.factories import Office
from tests.media.made import pdf

SUBJECT = "Tăng cường nắm tình hình nhân dân ở vùng cao"
PDF = pdf("CHỈ THỊ", "Về công tác dân vận")

# Every listing, feed and search; the words that are searched for are not those that are looked for in the answer.
PLACES = [
    "/",
    "/van-ban/",
    "/van-ban/?so=77-CT/TU",
    "/tim-kiem/?q=77-CT/TU",
    "/tim-kiem/?q=vung+cao",
    "/so-do/",
    "/sitemap-1.xml",
    "/api/v2/pages/?limit=100",
    "/api/v2/pages/?type=articles.DirectivePage&fields=*",
    "/api/v2/pages/?search=vung+cao",
    "/api/v2/search/?q=77-CT/TU",
    "/api/v2/documents/",
    "/api/v2/issuers/",
]


def open_from_desk(page, title):
    """Opens what waits for this person from the first page of the admin."""
    page.goto(page.url.split("/admin/")[0] + "/admin/")
    page.get_by_role("link", name=title).first.click()


def open_review(page):
    """From the (locked) editor to the screen on which the step is taken."""
    page.get_by_role("link", name="Thẩm định, duyệt").click()


def more_actions(page):
    """The menu beside "save draft", opened when no autosave is under way: Wagtail does not wait for one itself."""
    page.wait_for_load_state("networkidle")
    menu = page.locator("nav.footer, .footer__container, footer")
    menu.locator("[data-w-dropdown-target=toggle]").last.click()
    return menu


def choose_issuer(page, name):
    """Adds an issuer through its chooser, when no autosave is under way: the first one of a new page gives its form
    another address.
    """
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="Thêm Cơ quan ban hành").click()
    page.locator("#id_directive_issuers-FORMS [data-chooser-action-choose]:visible").click()
    page.locator(".modal").get_by_role("link", name=name).click()
    page.locator(".modal").wait_for(state="hidden")


def upload_file(page, title, name):
    """Adds a file through the chooser's upload form, likewise."""
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="Thêm Tệp").click()
    page.locator("#id_directive_files-FORMS [data-chooser-action-choose]:visible").click()
    modal = page.locator(".modal")
    modal.get_by_role("tab").last.click()
    modal.locator("input[type=file]").set_input_files({"name": name, "mimeType": "application/pdf", "buffer": PDF})
    modal.locator("input[name$=title]").fill(title)
    modal.locator("form[enctype] [type=submit]").click()
    modal.wait_for(state="hidden")


def trace_of(directive, document):
    """The places in which a reader or another app meets the document or what it is made of."""
    client = Client()
    words = (SUBJECT, "77-ct-tu", document.filename, "Ban Vùng cao")
    places = {path: client.get(path) for path in PLACES}
    assert {answer.status_code for answer in places.values()} == {200}
    addresses = [
        f"/van-ban/{directive.slug}/",
        f"/api/v2/pages/{directive.pk}/",
        f"/api/v2/pages/lookup/?path=/van-ban/{directive.slug}/",
        f"/api/v2/documents/{document.pk}/",
        document.url,
    ]
    found = [path for path, answer in places.items() if any(word in answer.content.decode() for word in words)]
    return found + [path for path in addresses if client.get(path).status_code != 404]


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_nobody_sees_a_document_before_two_others_have_passed_it(live_server, log_in, open_page):
    office = Office()
    Issuer.objects.create(name="Ban Vùng cao")

    editor = log_in(EDITOR)
    editor.goto(f"{live_server.url}/admin/pages/add/articles/directivepage/{office.documents.pk}/")
    editor.get_by_label("Loại văn bản").select_option(label="Chỉ thị")
    editor.get_by_label("Số, ký hiệu (như bản in)").fill("77 - CT/TU")
    editor.get_by_label("Trích yếu").fill(SUBJECT)
    editor.get_by_label("Ngày ban hành").fill("05/9/2026")
    editor.keyboard.press("Escape")
    choose_issuer(editor, "Ban Vùng cao")
    upload_file(editor, "Bản quét chỉ thị", "ban-quet-77.pdf")
    editor.get_by_label("không phải bí mật nhà nước").check()
    with editor.expect_navigation():
        more_actions(editor).get_by_role("button", name="Gửi duyệt").click()
    expect(editor.get_by_text("Người có thể thực hiện: Reviewer").first).to_be_visible()

    directive, document = DirectivePage.objects.get(), CustomDocument.objects.get()
    assert (directive.reference, directive.title) == ("77-CT/TU", "Chỉ thị 77-CT/TU ngày 05/9/2026")
    assert trace_of(directive, document) == []

    reviewer = log_in(REVIEWER, width=360)
    open_from_desk(reviewer, "77-CT/TU")
    open_review(reviewer)
    reviewer.get_by_role("button", name="Trả lại").click()
    expect(reviewer.get_by_text("Hãy ghi lý do trả lại").first).to_be_visible()
    reviewer.get_by_label("Lý do trả lại").fill("Trích yếu thiếu địa bàn.")
    reviewer.get_by_role("button", name="Trả lại").click()
    reviewer.wait_for_url("**/admin/")
    assert trace_of(directive, document) == []

    open_from_desk(editor, "77-CT/TU")
    expect(editor.get_by_text("Trích yếu thiếu địa bàn.").first).to_be_visible()
    editor.get_by_label("Trích yếu").fill(f"{SUBJECT}, biên giới")
    editor.get_by_label("không phải bí mật nhà nước").check()
    with editor.expect_navigation():
        more_actions(editor).get_by_role("button", name="Gửi duyệt lại").click()
    assert trace_of(directive, document) == []

    for role, decision in ((REVIEWER, "Đạt, chuyển người duyệt"), (APPROVER, "Duyệt và xuất bản ngay")):
        person = log_in(role, width=360)
        open_from_desk(person, "77-CT/TU")
        open_review(person)
        assert content_width(person) <= 360
        assert trace_of(directive, document) == []
        person.get_by_role("button", name=decision, exact=True).click()
        person.wait_for_url("**/admin/")
    expect(person.get_by_text("đã được duyệt và xuất bản").first).to_be_visible()

    assert len(trace_of(directive, document)) == len(PLACES) + 5, "seen everywhere"
    assert Client().get(document.file.url).status_code == 404, "files leave by their own view only"
    reader = open_page(width=360)
    reader.goto(f"{live_server.url}/van-ban/")
    reader.get_by_role("link", name=f"{SUBJECT}, biên giới").click()
    assert reader.get_by_role("heading", level=1).inner_text() == f"{SUBJECT}, biên giới"
    assert content_width(reader) <= 360
