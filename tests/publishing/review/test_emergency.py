"""The emergency route: closed by default, and loud."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from cms.accounts.roles import APPROVER, EDITOR, REVIEWER
from cms.publishing.record.models import RecordEntry, RecordKind
from cms.publishing.review.emergency import publish_in_emergency
from tests.factories import fresh, make_user


@pytest.fixture
def draft(office):
    return office.draft(office.news, office.article("Sửa số điện thoại cứu hộ"))


@pytest.fixture
def opened(settings):
    settings.EMERGENCY_PUBLICATION = True


def test_it_is_closed_by_default(office, draft, login):
    url = reverse("review_emergency", args=[draft.pk])
    login(APPROVER).post(url, {"reason": "Gấp"})
    assert not fresh(draft).live
    with pytest.raises(PermissionDenied):
        publish_in_emergency(fresh(draft), office.users[APPROVER], "Gấp")


@pytest.mark.parametrize("role", [EDITOR, REVIEWER, "admin"])
def test_only_approvers_may(opened, draft, login, role):
    login(role).post(reverse("review_emergency", args=[draft.pk]), {"reason": "Gấp"})
    assert not fresh(draft).live


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_reason_is_needed(opened, draft, login, reason):
    response = login(APPROVER).post(reverse("review_emergency", args=[draft.pk]), {"reason": reason})
    assert "Hãy nói rõ vì sao không chờ duyệt được" in response.content.decode()
    assert not fresh(draft).live


def test_it_is_in_the_record_and_mailed_to_all_approvers(
    opened, office, draft, login, django_capture_on_commit_callbacks
):
    make_user("duyet-2", APPROVER)
    office.submit(draft)
    client = login(APPROVER)
    url = reverse("review_emergency", args=[draft.pk])
    assert client.get(url).status_code == 200
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(url, {"reason": "Số cứu hộ sai, đang có lũ."}, follow=True)
    assert "khẩn cấp" in response.content.decode()
    page = fresh(draft)
    assert page.live
    assert page.current_workflow_state is None
    entry = RecordEntry.objects.get(kind=RecordKind.PUBLISHED, page_id=draft.pk)
    assert (entry.user_id, entry.reason, entry.data["by"]) == (
        office.users[APPROVER].pk, "Số cứu hộ sai, đang có lũ.", "emergency",
    )  # fmt: skip
    letters = [letter for letter in mail.outbox if "khẩn cấp" in letter.subject]
    assert sorted(letter.to for letter in letters) == [["approver@example.org"], ["duyet-2@example.org"]]
    assert "đang có lũ" in letters[0].body
    assert f"/admin/pages/{draft.pk}/record/" in letters[0].body
    call_command("verify_publications")


def test_what_waits_for_its_time_is_not_published_now(opened, office, draft, login):
    office.revise(draft, go_live_at=timezone.now() + timedelta(days=1))
    response = login(APPROVER).post(reverse("review_emergency", args=[draft.pk]), {"reason": "Gấp"})
    assert "reason" in response.context["form"].errors
    assert not fresh(draft).live
    assert not fresh(draft).approved_schedule


def test_a_draft_that_lacks_something_is_not_published_and_says_what(opened, office, login):
    draft = office.draft(office.news, office.article("Thiếu"))
    draft.lead = ""
    draft.save_revision(clean=False)
    client, url = login(APPROVER), reverse("review_emergency", args=[draft.pk])
    assert "Tóm tắt" in client.get(url).content.decode()
    response = client.post(url, {"reason": "Gấp"})
    assert response.status_code == 200
    assert "Tóm tắt" in " ".join(response.context["form"].non_field_errors())
    assert not fresh(draft).live


def test_it_warns_of_what_was_just_returned(opened, office, draft, login):
    office.submit(draft)
    office.decide(draft, REVIEWER, "reject", "Số điện thoại sai.")
    text = login(APPROVER).get(reverse("review_emergency", args=[draft.pk])).content.decode()
    assert "Số điện thoại sai." in text
    office.revise(draft, lead="Đã sửa số.")
    text = login(APPROVER).get(reverse("review_emergency", args=[draft.pk])).content.decode()
    assert "Số điện thoại sai." not in text
