"""What can't wait goes straight to the last step, and stays owed until the first has looked at it."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import TaskState

from cms.accounts.roles import APPROVER, EDITOR, REVIEWER
from cms.pages.publication import PublicationRefused
from cms.publishing.proposals.actions import agree, refuse
from cms.publishing.proposals.models import Proposal
from cms.publishing.record.models import RecordEntry, RecordKind
from cms.publishing.review.urgent import hasten
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
    assert not Proposal.objects.exists(), "nothing is public yet"
    office.decide(urgent, APPROVER)
    assert fresh(urgent).live
    entry = RecordEntry.objects.get(kind=RecordKind.URGENT)
    assert (entry.reason, entry.user_id) == ("Lũ về trong đêm.", office.users[EDITOR].pk)
    proposal = Proposal.objects.get(decided_at=None)
    call_command("verify_publications")
    client, url = login(REVIEWER), reverse("proposal", args=[proposal.pk])
    for address in ("/admin/", reverse("proposals"), url):
        assert "Cảnh báo lũ" in client.get(address).content.decode()
    assert 'name="refuse"' not in client.get(url).content.decode()
    client.post(url, {"agree": 1, "remark": "Đúng."})
    done = RecordEntry.objects.get(kind=RecordKind.REVIEWED_AFTERWARDS)
    assert (done.user_id, done.reason) == (office.users[REVIEWER].pk, "Đúng.")
    assert not Proposal.objects.filter(decided_at=None).exists()
    with pytest.raises(PermissionDenied):
        agree(proposal, office.users[REVIEWER])


def test_who_owes_it_is_told(office, urgent, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        office.decide(urgent, APPROVER)
    told = [letter for letter in mail.outbox if "Cần quyết định: Cảnh báo lũ" in letter.subject]
    assert [letter.to for letter in told] == [["reviewer@example.org"]]


def test_authors_and_approvers_do_not_review_it_afterwards(office):
    writer, both = make_user("viet", EDITOR, REVIEWER), make_user("hai-vai", REVIEWER, APPROVER)
    page = office.draft(office.news, office.article("Khẩn"), writer)
    office.submit(page, writer)
    hasten(fresh(page), writer, "Gấp.")
    office.decide(page, both)
    proposal = Proposal.objects.get()
    for user in (writer, both, office.users[APPROVER], office.users[EDITOR]):
        with pytest.raises(PermissionDenied):
            agree(proposal, user)
    with pytest.raises(PermissionDenied):
        refuse(proposal, office.users[REVIEWER], "Không có gì để từ chối.")
    agree(proposal, office.users[REVIEWER])


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
