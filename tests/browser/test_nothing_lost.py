"""What an editor types survives the end of a session, a lost line and half-done fields."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from articles.models import Issuer
from cms.accounts.roles import EDITOR
from tests.factories import Office, fresh

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


# On a phone and on a large screen.
BOTH = pytest.mark.parametrize("opened", [360, 1280], indirect=True)


def latest(page):
    return fresh(page).get_latest_revision_as_object()


@pytest.fixture(params=[1280])
def opened(live_server, log_in, request):
    """`(office, draft of a document, the editor's browser page)`; tests name the widths of the page."""
    office = Office()
    draft = office.draft(office.documents, office.directive())
    page = log_in(EDITOR, width=request.param)
    page.goto(f"{live_server.url}/admin/pages/{draft.pk}/edit/")
    page.wait_for_load_state("networkidle")
    # Wagtail looks at the form some time after it was opened, and takes what differs from then on for a change.
    page.wait_for_timeout(3000)
    yield office, draft, page
    # An autosave that is about to begin would meet the flush of the database.
    page.wait_for_timeout(1500)
    page.wait_for_load_state("networkidle")


@BOTH
def test_a_date_that_is_none_is_marked_and_the_rest_saved(opened):
    _office, draft, page = opened
    page.get_by_label("Trích yếu", exact=False).first.fill("Trích yếu mới")
    page.locator("[name=issued_on]").fill("31/2/2016")
    page.locator("[name=issued_on]").press("Tab")
    expect(page.locator(".portal-mark")).to_contain_text("Nhập một ngày hợp lệ.")
    expect(page.locator(".portal-editor-bar")).to_contain_text("Ngày ban hành")
    assert latest(draft).subject == "Trích yếu mới"


@BOTH
def test_a_session_that_ends_asks_within_the_page(opened):
    _office, draft, page = opened
    Session.objects.all().delete()
    page.get_by_label("Trích yếu", exact=False).first.fill("Viết khi phiên đã hết")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Phiên làm việc đã hết")
    dialog.get_by_label("Tên đăng nhập").fill(EDITOR)
    dialog.get_by_label("Mật khẩu").fill("wrong")
    dialog.get_by_role("button", name="Đăng nhập").click()
    expect(dialog).to_contain_text("không đúng")
    dialog.get_by_label("Mật khẩu").fill("password")
    dialog.get_by_role("button", name="Đăng nhập").click()
    expect(dialog).to_be_hidden()
    expect(page.locator(".w-autosave-indicator__state--saved")).to_be_visible()
    assert latest(draft).subject == "Viết khi phiên đã hết"


def test_saving_after_the_session_has_ended(opened):
    _office, draft, page = opened
    page.get_by_label("Trích yếu", exact=False).first.fill("Bấm lưu khi phiên đã hết")
    Session.objects.all().delete()
    page.locator("form[data-edit-form] button[type=submit]", has_text="Lưu nháp").first.click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Tên đăng nhập").fill(EDITOR)
    dialog.get_by_label("Mật khẩu").fill("password")
    dialog.get_by_role("button", name="Đăng nhập").click()
    expect(page.get_by_text("Đã lưu trang").first).to_be_visible()
    assert latest(draft).subject == "Bấm lưu khi phiên đã hết"


def test_without_a_line_the_text_stays_in_the_browser(opened):
    _office, draft, page = opened
    address = page.url
    page.context.set_offline(True)
    page.get_by_label("Trích yếu", exact=False).first.fill("Viết khi mất mạng")
    expect(page.locator(".portal-editor-bar")).to_contain_text("giữ trong trình duyệt")
    # The tab is lost before the line comes back.
    page.goto("about:blank")
    page.context.set_offline(False)
    page.goto(address)
    expect(page.locator(".portal-editor-bar")).to_contain_text("chưa được lưu")
    page.get_by_role("button", name="Khôi phục").click()
    expect(page.get_by_label("Trích yếu", exact=False).first).to_have_value("Viết khi mất mạng")
    assert latest(draft).subject == "Viết khi mất mạng"


def test_of_two_people_the_second_sees_the_difference_first(opened):
    office, draft, page = opened
    office.revise(draft, subject="Người khác viết")
    page.get_by_label("Trích yếu", exact=False).first.fill("Tôi viết")
    page.wait_for_timeout(1500)
    page.locator("form[data-edit-form] button[type=submit]", has_text="Lưu nháp").first.click()
    # Wagtail's dialog where it knows of the other, else ours.
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("link", name="Xem khác biệt")).to_be_visible()
    assert "...latest/" in dialog.get_by_role("link", name="Xem khác biệt").get_attribute("href")
    overwrite = dialog.locator("button.button-secondary")
    assert latest(draft).subject == "Người khác viết"
    overwrite.click()
    expect(page.get_by_text("Đã lưu trang").first).to_be_visible()
    assert latest(draft).subject == "Tôi viết"


@BOTH
def test_a_refused_submission_offers_nothing_that_is_there(opened):
    _office, draft, page = opened
    page.get_by_label("Trích yếu", exact=False).first.fill("Gửi mà quên cam đoan")
    page.locator("form[data-edit-form]").evaluate("(form) => form.noValidate = true")
    with page.expect_navigation():
        page.locator("[name=action-submit]").first.dispatch_event("click")
    page.wait_for_load_state("networkidle")
    expect(page.get_by_text("Hãy xác nhận trước khi gửi duyệt.").first).to_be_attached()
    assert page.get_by_label("Trích yếu", exact=False).first.input_value() == "Gửi mà quên cam đoan"
    expect(page.get_by_role("button", name="Khôi phục")).to_have_count(0)


def test_what_is_still_to_be_filled_in_is_no_mistake(opened):
    _office, draft, page = opened
    page.locator("#id_directive_files-ADD").click()
    page.locator("[name=directive_files-0-kind]").select_option("copy")
    mark = page.locator(".portal-mark").first
    expect(mark).to_contain_text("bắt buộc")
    expect(mark).not_to_contain_text("lưu trước")
    expect(page.locator(".error-message.portal-mark")).to_have_count(0)


def test_the_focus_comes_back_from_a_chooser_and_a_removed_row(opened):
    Issuer.objects.create(name="Ban Bí thư")
    _office, _draft, page = opened
    page.locator("#id_directive_issuers-ADD").click()
    page.locator("[id='id_directive_issuers-0-issuer-chooser'] [data-chooser-action-choose]").first.click()
    search = page.locator(".modal input[name=q]")
    expect(search).to_be_focused()
    page.locator(".modal").get_by_role("link", name="Ban Bí thư").click()
    expect(page.locator("[id='id_directive_issuers-0-issuer-chooser']")).to_contain_text("Ban Bí thư")
    page.wait_for_timeout(1000)
    focused = "document.activeElement.closest('[id=\"id_directive_issuers-0-issuer-chooser\"]') !== null"
    assert page.evaluate(focused)
    page.locator("#id_signers-ADD").click()
    page.locator("[id='id_signers-0-DELETE-button']").click()
    expect(page.locator("#id_signers-ADD")).to_be_focused()
