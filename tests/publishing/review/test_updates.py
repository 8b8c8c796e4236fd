"""What readers are told of changes of live pages."""

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import ArticlePage
from cms.accounts.roles import EDITOR
from tests.factories import fresh

from .test_admin import edit_data


@pytest.fixture
def page(office):
    return office.publish(office.news, office.article("Tin"))


def change(office, page, kind, note, **fields):
    office.revise(page, change_kind=kind, change_note=note, **fields)
    return office.approve(page)


def test_updates_and_corrections_are_told_with_their_dates(office, page, api, client):
    assert api(f"pages/{page.pk}/")["meta"]["updates"] == []
    change(office, page, "update", "Thêm số liệu quý III.", lead="Một")
    change(office, page, "minor", "", lead="Hai")
    change(office, page, "correction", "Sửa số điện thoại.", lead="Ba")
    today = timezone.localdate().isoformat()
    expected = [
        {"kind": {"code": "correction", "name": "Sửa lỗi trên cổng"}, "note": "Sửa số điện thoại.", "date": today},
        {"kind": {"code": "update", "name": "Cập nhật"}, "note": "Thêm số liệu quý III.", "date": today},
    ]
    assert api(f"pages/{page.pk}/")["meta"]["updates"] == expected
    listed = api("pages/", type="articles.ArticlePage", fields="updates")["items"][0]
    assert listed["meta"]["updates"] == expected
    content = client.get(f"/tin-bai/{page.slug}/").content.decode()
    assert "Sửa lỗi trên cổng: Sửa số điện thoại." in content
    assert "Thay đổi của trang" in content


@pytest.mark.parametrize(
    ("kind", "note", "field"),
    [
        ("", "", "change_kind"),
        ("update", "", "change_note"),
        ("correction", " ", "change_note"),
        ("minor", "x", "change_note"),
    ],
)
def test_a_change_of_a_live_page_says_what_it_is(office, page, login, kind, note, field):
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    data = {**edit_data(page), "lead": "Sửa", "change_kind": kind, "change_note": note}
    client = login(EDITOR)
    response = client.post(url, {**data, "action-submit": "1"})
    assert field in response.context["form"].errors
    assert fresh(page).current_workflow_state is None
    assert client.post(url, data).status_code == 302, "a draft may leave it open"


def test_a_first_version_needs_no_note(office, login):
    draft = office.draft(office.news, office.article("Mới"))
    client, url = login(EDITOR), reverse("wagtailadmin_pages:edit", args=[draft.pk])
    assert "change_kind" not in client.get(url).content.decode()
    client.post(url, {**edit_data(draft), "action-submit": "1"})
    assert fresh(draft).current_workflow_task.name == "Thẩm định"


def test_what_is_created_and_submitted_at_once_needs_none_either(office, login):
    url = reverse("wagtailadmin_pages:add", args=["articles", "articlepage", office.news.pk])
    client = login(EDITOR)
    assert "change_kind" not in client.get(url).content.decode()
    page = office.article("Mới")
    assert client.post(url, {**edit_data(page), "action-submit": "1"}).status_code == 302
    assert ArticlePage.objects.get().current_workflow_task.name == "Thẩm định"


def test_the_note_of_the_last_change_is_not_offered_for_the_next(office, page, login):
    change(office, page, "update", "Thêm số liệu quý III.", lead="Một")
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert "Thêm số liệu quý III." not in login(EDITOR).get(url).content.decode()
