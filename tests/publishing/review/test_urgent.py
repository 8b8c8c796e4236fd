"""What can't wait goes straight to the last step, and stays owed until the first has looked at it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import TaskState

from cms.accounts.roles import APPROVER, EDITOR, REVIEWER
from cms.pages.publication import PublicationRefused
from cms.publishing.record.models import RecordEntry, RecordKind
from cms.publishing.review.urgent import hasten, owed, review_afterwards
from tests.factories import fresh, make_user

from .test_admin import edit_data


@pytest.fixture
def urgent(office, login):
    """A page that its editor has submitted as urgent, in the admin."""
    page = office.draft(office.news, office.article("Cảnh báo lũ"))
    data = {**edit_data(page), "action-submit": "1", "urgent_reason": "Lũ về trong đêm."}
    response = login(EDITOR).post(reverse("wagtailadmin_pages:edit", args=[page.pk]), data, follow=True)
    assert "Bước tiếp theo: Duyệt" in response.content.decode()
    return fresh(page)


def test_it_goes_straight_to_the_last_step_and_the_first_is_owed(office, urgent, login):
    assert urgent.current_workflow_task.name == "Duyệt"
    assert "Lũ về trong đêm." in login(APPROVER).get(reverse("review_page", args=[urgent.pk])).content.decode()
    assert owed() == [], "nothing is public yet"
    office.decide(urgent, APPROVER)
    assert fresh(urgent).live
    entry = RecordEntry.objects.get(kind=RecordKind.URGENT)
    assert (entry.reason, entry.user_id) == ("Lũ về trong đêm.", office.users[EDITOR].pk)
    assert owed() == [entry]
    call_command("verify_publications")
    client = login(REVIEWER)
    assert "chờ bạn thẩm định" in client.get("/admin/").content.decode()
    assert "Cảnh báo lũ" in client.get(reverse("review_urgent")).content.decode()
    client.post(reverse("review_urgent"), {"entry": entry.pk, "remark": "Đúng."})
    assert owed() == []
    assert RecordEntry.objects.get(kind=RecordKind.REVIEWED_AFTERWARDS).user_id == office.users[REVIEWER].pk
    with pytest.raises(PermissionDenied):
        review_afterwards(entry, office.users[REVIEWER], "Lại.")


def test_authors_and_approvers_do_not_review_it_afterwards(office, login):
    writer, both = make_user("viet", EDITOR, REVIEWER), make_user("hai-vai", REVIEWER, APPROVER)
    page = office.draft(office.news, office.article("Khẩn"), writer)
    office.submit(page, writer)
    hasten(fresh(page), writer, "Gấp.")
    office.decide(page, both)
    entry = RecordEntry.objects.get(kind=RecordKind.URGENT)
    for user in (writer, both, office.users[APPROVER], office.users[EDITOR]):
        with pytest.raises(PermissionDenied):
            review_afterwards(entry, user, "")
    review_afterwards(entry, office.users[REVIEWER], "")


def test_an_author_does_not_approve_in_a_hurry_either(office):
    writer = make_user("viet", EDITOR, APPROVER)
    page = office.draft(office.news, office.article("Khẩn"), writer)
    office.submit(page, writer)
    hasten(fresh(page), writer, "Gấp.")
    with pytest.raises(PermissionDenied):
        office.decide(page, writer)


def test_a_step_skipped_without_a_word_is_still_owed(office):
    page = office.draft(office.news, office.article())
    office.submit(page)
    state = fresh(page).current_workflow_state
    TaskState.objects.filter(pk=state.current_task_state_id).update(status=TaskState.STATUS_SKIPPED)
    state.refresh_from_db()
    state.update(user=office.users[EDITOR])
    with pytest.raises(PublicationRefused):
        office.decide(page, APPROVER)
    assert not fresh(page).live


def test_it_is_marked_when_it_is_submitted_or_not_at_all(office):
    page = office.draft(office.news, office.article())
    with pytest.raises(PermissionDenied):
        hasten(fresh(page), office.users[EDITOR], "Gấp.")
    office.submit(page)
    office.decide(page, REVIEWER)
    with pytest.raises(PermissionDenied):
        hasten(fresh(page), office.users[EDITOR], "Gấp.")


@pytest.mark.parametrize("entry", ["", "abc", "99999999", "9" * 30])
def test_a_senseless_number_changes_nothing(office, login, entry):
    assert login(REVIEWER).post(reverse("review_urgent"), {"entry": entry}).status_code in {302, 403, 404}
