"""Dates are what was typed: the picker corrects nothing behind the editor's back."""

import pytest

from articles.models import DirectivePage
from cms.accounts.roles import EDITOR
from tests.factories import Office


@pytest.mark.browser
@pytest.mark.once
@pytest.mark.django_db(transaction=True)
def test_a_date_that_does_not_exist_is_said_and_not_changed(live_server, log_in):
    office = Office()
    page = log_in(EDITOR)
    page.goto(f"{live_server.url}/admin/pages/add/articles/directivepage/{office.documents.pk}/")
    page.get_by_label("Loại văn bản").select_option(label="Chỉ thị")
    page.get_by_label("Trích yếu").fill("Thử ngày")
    for typed in ("31/2/2016", "abc"):
        page.get_by_label("Ngày ban hành").fill(typed)
        page.get_by_label("Trích yếu").click()
        assert page.get_by_label("Ngày ban hành").input_value() == typed
    page.get_by_role("button", name="Lưu nháp").click()
    page.get_by_text("Hãy nhập ngày").or_(page.get_by_text("ngày hợp lệ")).first.wait_for()
    assert not DirectivePage.objects.filter(issued_on__isnull=False).exists()
    page.get_by_label("Ngày ban hành").fill("5/9/2016")
    page.get_by_label("Trích yếu").click()
    page.get_by_role("button", name="Lưu nháp").click()
    page.get_by_text("Đã lưu trang").or_(page.get_by_text("Đã tạo trang")).first.wait_for()
    assert DirectivePage.objects.get().issued_on.isoformat() == "2016-09-05"
