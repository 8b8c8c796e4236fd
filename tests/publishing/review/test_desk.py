"""One decides where one reads: every way leads to the review screen, which has all that a decision needs."""

import pytest
from django.urls import reverse
from django.utils import timezone

from articles.models import Issuer
from cms.accounts.roles import APPROVER, EDITOR, REVIEWER
from tests.factories import fresh


@pytest.fixture
def waiting(office):
    page = office.draft(office.news, office.article("Chờ"))
    office.submit(page)
    return page


def review(client, page):
    return client.get(reverse("review_page", args=[page.pk])).content.decode()


def test_the_editor_leads_whoever_decides_to_the_review(office, waiting, login):
    edit = reverse("wagtailadmin_pages:edit", args=[waiting.pk])
    response = login(REVIEWER).get(edit)
    assert response.status_code == 302
    assert response.url == reverse("review_page", args=[waiting.pk])
    assert login(REVIEWER).get(f"{edit}?read=1").status_code == 200
    # Whoever can't decide on it now reads it as before.
    for role in (EDITOR, APPROVER):
        assert login(role).get(edit).status_code == 200


def test_the_button_says_what_happens(office, waiting, login):
    assert "Đạt, chuyển người duyệt" in review(login(REVIEWER), waiting)
    office.decide(waiting, REVIEWER)
    assert "Duyệt và xuất bản ngay" in review(login(APPROVER), waiting)


def test_the_button_names_the_time(office, login):
    later = timezone.now() + timezone.timedelta(days=2)
    page = office.draft(office.news, office.article("Hẹn giờ", go_live_at=later))
    office.submit(page)
    office.decide(page, REVIEWER)
    text = review(login(APPROVER), page)
    assert "Duyệt, xuất bản lúc" in text
    assert f"{timezone.localtime(later):%H:%M}" in text


def test_a_change_is_shown_with_its_kind_and_note(office, login):
    page = office.publish(office.news, office.article("Bản một", lead="Năm 2020."))
    office.revise(page, lead="Năm 2021.", change_kind="correction", change_note="Sửa năm.")
    office.submit(page)
    text = review(login(REVIEWER), page)
    assert "Sửa lỗi trên cổng" in text
    assert "Sửa năm." in text
    assert 'class="deletion">2020' in text.replace("\n", "")
    assert 'class="addition">2021' in text.replace("\n", "")
    revision = fresh(page).latest_revision_id
    assert reverse("wagtailadmin_pages:revisions_view", args=[page.pk, revision]) in text


def test_earlier_returns_are_all_there(office, waiting, login):
    for reason in ("Thiếu ảnh.", "Thiếu nguồn."):
        office.decide(waiting, REVIEWER, "reject", reason)
        office.revise(waiting, lead=reason)
        office.submit(waiting)
    text = review(login(REVIEWER), waiting)
    assert "Thiếu ảnh." in text
    assert "Thiếu nguồn." in text


def test_new_entries_of_the_register_are_named(office, login):
    Issuer.objects.create(name="Ban chưa ai biết")
    page = office.draft(office.documents, office.directive("5-CT/TU", issuers=["Ban chưa ai biết"]))
    office.submit(page)
    assert "Ban chưa ai biết" in review(login(REVIEWER), page).split("Mục mới trong danh mục")[1]
    office.decide(page, REVIEWER)
    office.decide(page, APPROVER)
    other = office.draft(office.documents, office.directive("6-CT/TU", issuers=["Ban chưa ai biết"]))
    office.submit(other)
    assert "Mục mới trong danh mục" not in review(login(REVIEWER), other)


def test_the_declaration_is_shown(office, login):
    from .test_admin import edit_data

    page = office.draft(office.news, office.article("Có cam đoan"))
    login(EDITOR).post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {**edit_data(page), "action-submit": "1"})
    text = review(login(REVIEWER), page)
    assert f"{office.users[EDITOR].get_full_name()} đã cam đoan" in text


def test_the_next_item_is_one_tap_away(office, waiting, login):
    other = office.draft(office.news, office.article("Chờ nữa"))
    office.submit(other)
    client = login(REVIEWER)
    assert reverse("review_page", args=[other.pk]) in review(client, waiting)
    state = fresh(waiting).current_workflow_task_state.pk
    response = client.post(
        reverse("review_page", args=[waiting.pk]), {"task_state": state, "approve": "1"}, follow=True
    )
    assert reverse("review_page", args=[other.pk]) in response.content.decode()
    assert "Mục tiếp theo" in response.content.decode()


def test_comparisons_lead_back(office, waiting, login):
    revision = fresh(waiting).latest_revision_id
    url = reverse("wagtailadmin_pages:revisions_compare", args=[waiting.pk, "earliest", revision])
    assert reverse("review_page", args=[waiting.pk]) in login(REVIEWER).get(url).content.decode()


def test_a_task_that_was_moved_is_said(office, login):
    plan = office.publish(
        office.plans,
        office.plan(tasks=[{"title": "Việc một", "sort_order": 0}, {"title": "Việc hai", "sort_order": 1}]),
    )
    draft = fresh(plan).get_latest_revision_as_object()
    first, second = draft.tasks.all()
    first.sort_order, second.sort_order = 1, 0
    draft.tasks = [second, first]
    draft.change_kind = "minor"
    draft.save_revision(user=office.users[EDITOR], log_action=True)
    office.submit(plan)
    text = review(login(REVIEWER), plan)
    assert "Chuyển xuống" in text
