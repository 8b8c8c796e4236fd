"""Live content is deleted by two people, with a reason, and readers are told."""

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from articles.models import RelatedArticle
from cms.accounts.roles import ADMIN, APPROVER, EDITOR, REVIEWER
from cms.media.models import CustomDocument
from cms.publishing.erasure.actions import propose, waiting
from cms.publishing.proposals.actions import agree, refuse
from cms.publishing.record.models import RecordEntry, RecordKind
from cms.publishing.review.corrections import start
from tests.factories import fresh, make_document
from tests.publishing.review.test_admin import edit_data


@pytest.fixture
def page(office):
    return office.publish(office.news, office.article("Tin trùng"))


def act(client, page, **data):
    return client.post(reverse("erasure", args=["page", page.pk]), data)


def decide(client, page, **data):
    return client.post(reverse("proposal", args=[waiting("page", page.pk).pk]), data)


def test_one_proposes_another_agrees_and_readers_are_told(office, page, login, client, api):
    assert act(login(EDITOR), page, **{"erasure-kind": "delete", "erasure-reason": "Đăng hai lần."}).status_code == 302
    assert fresh(page).live, "proposed only"
    decide(login(EDITOR), page, agree=1)
    assert fresh(page).live, "not by an editor, nor by the same person"
    assert decide(login(APPROVER), page, agree=1).status_code == 302
    client.logout()
    assert not Page.objects.filter(pk=page.pk).exists()
    assert api("pages/lookup/", path=f"/tin-bai/{page.slug}/") == {
        "kind": "removed",
        "how": {"code": "deleted", "name": "Đã xóa"},
        "reason": "Đăng hai lần.",
        "date": timezone.localdate().isoformat(),
        "target": None,
    }
    response = client.get(f"/tin-bai/{page.slug}/")
    assert response.status_code == 410
    assert "Đăng hai lần." in response.content.decode()
    kinds = set(RecordEntry.objects.filter(page_id=page.pk).values_list("kind", "user_name"))
    assert {("erasure_proposed", "Editor"), ("erased", "Approver"), ("deleted", "Approver")} <= kinds
    call_command("verify_publications")
    call_command("verify_audit_log")


def test_those_who_decide_are_told(office, page, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        propose("page", page.pk, "delete", office.users[REVIEWER], "Trùng.")
    told = sorted(letter.to[0] for letter in mail.outbox if "Cần quyết định" in letter.subject)
    assert told == ["admin@example.org", "approver@example.org"]


def test_nobody_agrees_with_themselves(office, page):
    erasure = propose("page", page.pk, "delete", office.users[APPROVER], "Trùng.")
    for user in (office.users[APPROVER], office.users[EDITOR]):
        with pytest.raises(PermissionDenied):
            agree(erasure, user)
    assert fresh(page).live


def test_a_proposal_is_refused_or_taken_back(office, page):
    erasure = propose("page", page.pk, "delete", office.users[EDITOR], "Trùng.")
    refuse(erasure, office.users[REVIEWER], "Không trùng.")
    with pytest.raises(PermissionDenied):
        agree(erasure, office.users[APPROVER])
    again = propose("page", page.pk, "delete", office.users[EDITOR], "Trùng thật.")
    refuse(again, office.users[EDITOR], "Nhầm.")
    assert fresh(page).live
    assert RecordEntry.objects.filter(page_id=page.pk, kind=RecordKind.ERASURE_REFUSED).count() == 2


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_reason_is_needed(office, page, reason, login):
    with pytest.raises(ValidationError):
        propose("page", page.pk, "delete", office.users[EDITOR], reason)
    assert act(login(EDITOR), page, **{"erasure-kind": "delete", "erasure-reason": reason}).status_code == 422
    assert waiting("page", page.pk) is None


def test_what_others_show_is_not_deleted(office, page, login):
    other = office.article("Dẫn lại")
    other.related_links = [RelatedArticle(article=page)]
    office.publish(office.news, other)
    response = act(login(EDITOR), page, **{"erasure-kind": "delete", "erasure-reason": "Trùng."})
    assert "Dẫn lại" in response.content.decode()
    erasure = None
    with pytest.raises(ValidationError):
        erasure = propose("page", page.pk, "delete", office.users[EDITOR], "Trùng.")
    assert erasure is None


def test_what_came_to_be_shown_meanwhile_is_not_deleted(office, page):
    erasure = propose("page", page.pk, "delete", office.users[EDITOR], "Trùng.")
    other = office.article("Dẫn lại")
    other.related_links = [RelatedArticle(article=page)]
    office.publish(office.news, other)
    with pytest.raises(ValidationError):
        agree(erasure, office.users[APPROVER])
    assert fresh(page).live
    call_command("verify_publications")


def test_sections_and_the_home_page_stay(office):
    for page in (office.home, office.news):
        with pytest.raises(ValidationError):
            propose("page", page.pk, "delete", office.users[ADMIN], "Thử.")


def test_nobody_deletes_by_the_usual_way(page, login, role):
    login(role).post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert fresh(page).live


def test_what_does_not_exist(office, login):
    client = login(APPROVER)
    assert client.get(reverse("erasure", args=["page", 999999])).status_code == 404
    assert client.get("/admin/erasure/user/1/").status_code == 404


def test_a_draft_that_was_set_aside_goes_with_its_page(office, page):
    office.revise(page, title="Bản lớn")
    start(fresh(page), office.users[EDITOR])
    agree(propose("page", page.pk, "delete", office.users[EDITOR], "Trùng."), office.users[APPROVER])
    assert not Page.objects.filter(pk=page.pk).exists()


def test_the_decision_is_on_what_was_seen(office, page, login):
    """Between looking and agreeing somebody may put something else in its place."""
    client = login(APPROVER)
    first = propose("page", page.pk, "delete", office.users[EDITOR], "Trùng.")
    url = reverse("proposal", args=[first.pk])
    assert 'name="agree"' in client.get(url).content.decode()
    refuse(first, office.users[EDITOR], "Nhầm.")
    propose("page", page.pk, "purge", office.users[EDITOR], "Khác.")
    response = client.post(url, {"agree": 1}, follow=True)
    assert "đã được quyết định" in response.content.decode()
    assert fresh(page).live


def test_what_is_proposed_stays_as_it_is_until_it_is_decided(office, login):
    draft = office.draft(office.news, office.article("Bản nháp"))
    propose("page", draft.pk, "purge", office.users[REVIEWER], "Lọt.")
    client = login(EDITOR)
    client.post(reverse("wagtailadmin_pages:delete", args=[draft.pk]))
    client.post(reverse("wagtailadmin_pages:edit", args=[draft.pk]), {**edit_data(draft), "title": "Khác"})
    assert fresh(draft).draft_title == "Bản nháp"
    document = make_document()
    propose("document", document.pk, "purge", office.users[REVIEWER], "Lọt.")
    client.post(reverse("wagtaildocs:delete", args=[document.pk]))
    assert CustomDocument.objects.filter(pk=document.pk).exists()
