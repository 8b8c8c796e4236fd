"""The roles in the admin."""

import re

import pytest
from django.urls import reverse
from wagtail.models import Page, TaskState

from cms.accounts.roles import APPROVER, EDITOR, REVIEWER
from cms.publishing.record.digest import digest_of
from cms.publishing.record.models import RecordEntry, RecordKind
from cms.publishing.review.four_eyes import author_ids
from cms.publishing.review.models import ReviewTask
from tests.articles.directives.test_duplicates import DAY
from tests.articles.directives.test_duplicates import edit_data as directive_data
from tests.factories import fresh


def edit_data(page):
    """A minimal valid POST of the article editor."""
    formsets = ("attachments", "article_directives", "related_links", "comments")
    data = {
        "title": page.title, "lead": page.lead, "slug": page.slug, "category": page.category_id,
        "published_on": "12/07/2021", "body-count": "0", "tags": "", "nothing_secret": "on",
    }  # fmt: skip
    for name in formsets:
        data |= {f"{name}-{part}": "0" for part in ("TOTAL_FORMS", "INITIAL_FORMS", "MIN_NUM_FORMS")}
    return data


@pytest.mark.parametrize(
    "name", ["wagtailadmin_home", "wagtailadmin_explore_root", "wagtailadmin_reports:site_history"]
)
def test_every_role_has_its_desk_in_vietnamese(login, role, name):
    response = login(role).get(reverse(name), follow=True)
    assert response.status_code == 200
    assert 'lang="vi"' in response.content.decode()


@pytest.mark.parametrize("role", [REVIEWER, APPROVER])
def test_reviewers_read_the_editor_and_the_history_but_change_nothing(office, login, role):
    page = office.publish(office.news, office.article())
    client = login(role)
    for name in ("edit", "history", "view_draft", "workflow_history"):
        assert client.get(reverse(f"wagtailadmin_pages:{name}", args=[page.pk])).status_code == 200
    client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {**edit_data(page), "lead": "Sửa trộm"})
    assert fresh(page).get_latest_revision_as_object().lead == page.lead
    assert client.get(reverse("wagtailadmin_pages:delete", args=[page.pk])).status_code == 302
    assert Page.objects.filter(pk=page.pk).exists()


def test_a_post_cannot_publish(office, login):
    page = office.draft(office.news, office.article())
    login(EDITOR).post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {**edit_data(page), "action-publish": "1"})
    assert not fresh(page).live


def test_content_in_review_is_locked_and_can_be_withdrawn(office, login):
    page = office.draft(office.news, office.article())
    office.submit(page)
    client = login(EDITOR)
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    client.post(url, {**edit_data(page), "lead": "Sửa khi đang duyệt"})
    assert fresh(page).get_latest_revision_as_object().lead == "Tóm tắt."
    client.post(url, {**edit_data(page), "action-cancel-workflow": "1"})
    assert fresh(page).current_workflow_state is None
    client.post(url, {**edit_data(page), "lead": "Sửa sau khi rút"})
    assert fresh(page).get_latest_revision_as_object().lead == "Sửa sau khi rút"


def test_submission_says_who_acts_next(office, login):
    page = office.draft(office.news, office.article())
    response = login(EDITOR).post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), {**edit_data(page), "action-submit": "1"}, follow=True
    )
    assert "Người có thể thực hiện: Reviewer" in response.content.decode()
    assert fresh(page).current_workflow_task.name == "Thẩm định"


def test_submission_says_when_nobody_can_act(office, login):
    office.users[REVIEWER].groups.clear()
    page = office.draft(office.news, office.article())
    response = login(EDITOR).post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), {**edit_data(page), "action-submit": "1"}, follow=True
    )
    assert "không ai thực hiện được" in response.content.decode()


def test_the_review_screen_returns_with_a_reason_and_passes(office, login):
    page = office.draft(office.news, office.article())
    office.submit(page)
    url = reverse("review_page", args=[page.pk])
    client = login(REVIEWER)
    assert "Trả lại" in client.get(url).content.decode()
    state = fresh(page).current_workflow_task_state
    response = client.post(url, {"task_state": state.pk, "reject": "1", "reject-comment": ""})
    assert response.status_code == 422
    assert "Hãy ghi lý do trả lại" in response.content.decode()
    client.post(url, {"task_state": state.pk, "approve": "1"})
    assert fresh(page).current_workflow_task.name == "Duyệt"
    assert client.post(url, {"task_state": state.pk, "approve": "1"}).status_code == 302
    assert fresh(page).current_workflow_task.name == "Duyệt", "an old form does nothing"


def test_an_editor_sees_the_review_but_no_buttons(office, login):
    page = office.draft(office.news, office.article())
    office.submit(page)
    content = login(EDITOR).get(reverse("review_page", args=[page.pk])).content.decode()
    assert 'name="approve"' not in content
    assert "người khác sẽ quyết định" in content


def test_an_administrator_manages_users_but_not_themselves(office, login):
    client = login("admin")
    admin = office.users["admin"]
    form = client.get(reverse("wagtailusers_users:edit", args=[admin.pk])).context["form"]
    assert form.fields["groups"].disabled
    other = office.users[EDITOR]
    form = client.get(reverse("wagtailusers_users:edit", args=[other.pk])).context["form"]
    assert not form.fields["groups"].disabled
    assert "is_superuser" not in form.fields


def test_an_unsaved_draft_is_previewed_in_the_site(office, login):
    page = office.draft(office.news, office.article())
    client = login(EDITOR)
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert client.post(url, {**edit_data(page), "lead": "Chưa lưu"}).json()["is_valid"]
    content = client.get(url).content.decode()
    assert "Chưa lưu" in content
    assert "Bản xem trước" in content


def test_a_step_can_be_taken_whatever_its_number(office, login):
    """Ids above 999 are not written with a dot."""
    page = office.draft(office.news, office.article())
    office.submit(page)
    state = fresh(page).current_workflow_task_state
    TaskState.objects.filter(pk=state.pk).update(id=1234567)
    state.workflow_state.current_task_state_id = 1234567
    state.workflow_state.save()
    client = login(REVIEWER)
    url = reverse("review_page", args=[page.pk])
    content = client.get(url).content.decode()
    number = re.search(r'name="task_state" value="([^"]+)"', content)[1]
    client.post(url, {"task_state": number, "approve": "1"})
    assert fresh(page).current_workflow_task.name == "Duyệt"


@pytest.mark.parametrize("name", ["workflow", "workflow_tasks", "site_history", "aging_pages", "page_types_usage"])
def test_every_role_reads_the_reports(login, role, name):
    assert login(role).get(reverse(f"wagtailadmin_reports:{name}")).status_code == 200


def test_a_reviewer_returns_with_a_reason_and_does_not_withdraw(office, login):
    page = office.draft(office.news, office.article())
    office.submit(page)
    login(REVIEWER).post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), {**edit_data(page), "action-cancel-workflow": "1"}
    )
    assert fresh(page).current_workflow_state.status == "in_progress"


def test_returned_content_says_why(office, login):
    page = office.draft(office.news, office.article())
    office.submit(page)
    office.decide(page, REVIEWER, "reject", "Thiếu nguồn.")
    content = login(EDITOR).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "Lý do: “Thiếu nguồn.”" in content


@pytest.mark.parametrize("relied_on", ["published", "returned"])
def test_autosave_leaves_what_others_relied_on_as_it_was(office, login, relied_on):
    page = office.draft(office.news, office.article())
    if relied_on == "published":
        office.approve(page)
    else:
        office.submit(page)
        office.decide(page, REVIEWER, "reject", "Thiếu nguồn.")
    revision = fresh(page).latest_revision
    response = login(EDITOR).post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        {**edit_data(page), "lead": "Sửa sau.", "overwrite_revision_id": revision.pk},
        headers={"accept": "application/json"},
    )
    assert response.status_code == 200
    revision.refresh_from_db()
    assert revision.content["lead"] == "Tóm tắt."
    latest = fresh(page).latest_revision
    assert latest.pk != revision.pk
    assert latest.content["lead"] == "Sửa sau."
    assert office.users[EDITOR].pk in author_ids(page, digest_of(latest))


def test_autosave_overwrites_a_draft_that_nobody_has_seen(office, login):
    page = office.draft(office.news, office.article())
    revision = fresh(page).latest_revision
    login(EDITOR).post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        {**edit_data(page), "lead": "Sửa.", "overwrite_revision_id": revision.pk},
        headers={"accept": "application/json"},
    )
    assert fresh(page).latest_revision.pk == revision.pk


def test_autosave_does_not_pile_up_warnings(office, login):
    office.publish(office.documents, office.directive("18-CT/TU", issued_on=DAY))
    page = office.draft(office.documents, office.directive("18-CT/TU", issued_on=DAY))
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    data = directive_data(page)
    client = login(EDITOR)
    for _time in range(3):
        assert client.post(url, data, headers={"accept": "application/json"}).status_code == 200
    assert "Văn bản này đã có trong danh mục" not in client.get(url).content.decode()
    assert "Văn bản này đã có trong danh mục" in client.post(url, data, follow=True).content.decode()


def test_what_waits_for_a_reviewer_is_found_at_once(office, django_assert_num_queries):
    for number in range(8):
        office.submit(office.draft(office.news, office.article(f"Tin {number}")))
    task = ReviewTask.objects.get(name="Thẩm định")
    reviewer = office.users[REVIEWER]
    with django_assert_num_queries(6):
        assert len(task.get_task_states_user_can_moderate(reviewer)) == 8


def test_the_editor_declares_that_nothing_is_secret(office, login):
    page = office.draft(office.news, office.article())
    client, url = login(EDITOR), reverse("wagtailadmin_pages:edit", args=[page.pk])
    data = {name: value for name, value in edit_data(page).items() if name != "nothing_secret"}
    assert client.post(url, data).status_code == 302, "a draft needs no declaration"
    response = client.post(url, {**data, "action-submit": "1"})
    assert "nothing_secret" in response.context["form"].errors
    assert fresh(page).current_workflow_state is None
    client.post(url, {**data, "nothing_secret": "on", "action-submit": "1"})
    entry = RecordEntry.objects.get(kind=RecordKind.DECLARED, page_id=page.pk)
    assert (entry.user_id, entry.digest) == (
        office.users[EDITOR].pk,
        digest_of(fresh(page).latest_revision),
    )
    assert "nothing_secret" not in fresh(page).latest_revision.content
