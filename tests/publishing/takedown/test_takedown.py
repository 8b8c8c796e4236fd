"""Hiding at once, taking down by two people, restoring: in the admin, the API and the site."""

from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from articles.models import ArticleAttachment
from cms.accounts.roles import ADMIN, APPROVER, EDITOR, REVIEWER
from cms.core.due import do_what_is_due
from cms.core.workdays import working_day_after
from cms.publishing.proposals.actions import agree, refuse
from cms.publishing.record.models import RecordEntry, RecordKind
from cms.publishing.takedown.actions import in_effect, take_down, waiting
from home.models import StandardPage
from tests.factories import fresh, make_document


@pytest.fixture
def document(db):
    return make_document("so-lieu.txt")


@pytest.fixture
def page(office, document):
    page = office.article("Số điện thoại sai")
    page.attachments = [ArticleAttachment(document=document)]
    return office.publish(office.news, page)


@pytest.fixture
def other(office):
    return office.publish(office.news, office.article("Trang thay thế"))


def act(client, page, **data):
    return client.post(reverse("takedown", args=[page.pk]), data)


def decide(client, page, **data):
    return client.post(reverse("proposal", args=[waiting(page).pk]), data)


def address(page):
    return f"/tin-bai/{page.slug}/"


def trace(client, page, document):
    """Whether a reader or another app meets the page or its file anywhere."""
    places = [
        "/",
        "/tin-bai/",
        "/so-do/",
        "/tim-kiem/?q=so+dien+thoai",
        "/api/v2/pages/",
        "/api/v2/search/?q=dien+thoai",
        "/api/v2/documents/",
    ]
    found = [
        path
        for path in places
        if "sai" in client.get(path).content.decode() or document.filename in client.get(path).content.decode()
    ]
    return found + [path for path in (f"/api/v2/pages/{page.pk}/", document.url) if client.get(path).status_code != 404]


@pytest.mark.parametrize("role", [REVIEWER, APPROVER, ADMIN])
def test_one_person_hides_at_once_and_another_restores(office, page, document, login, client, role):
    assert trace(client, page, document)
    assert (
        act(login(role), page, begin=1, **{"takedown-kind": "hidden", "takedown-reason": "Số sai."}).status_code == 302
    )
    client.logout()
    assert trace(client, page, document) == []
    response = client.get(address(page))
    assert response.status_code == 404
    assert "đang kiểm tra" in response.content.decode()
    assert "Số sai." not in response.content.decode()
    decide(login(role), page, refuse=1, reason="Nhầm.")
    assert in_effect(page) is not None, "not by the same person"
    second = APPROVER if role != APPROVER else REVIEWER
    assert decide(login(second), page, refuse=1, reason="Đã kiểm tra, số đúng.").status_code == 302
    client.logout()
    assert client.get(address(page)).status_code == 200
    assert trace(client, page, document)
    kinds = list(RecordEntry.objects.filter(page_id=page.pk).order_by("pk").values_list("kind", "user_name"))[-2:]
    assert kinds == [("hidden", role.title()), ("restored", second.title())]
    call_command("verify_publications")


def test_an_editor_does_not_hide(page, login):
    act(login(EDITOR), page, begin=1, **{"takedown-kind": "hidden", "takedown-reason": "Số sai."})
    assert in_effect(page) is None


def test_the_second_person_is_told_and_reminded_after_a_working_day(
    office, page, clock, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        proposal = take_down(page, office.users[REVIEWER], "hidden", "Số sai.")
    told = sorted(letter.to[0] for letter in mail.outbox if "Cần quyết định" in letter.subject)
    assert told == ["admin@example.org", "approver@example.org"]
    with django_capture_on_commit_callbacks(execute=True):
        assert do_what_is_due() == 0
    assert not any("Nhắc lại" in letter.subject for letter in mail.outbox)
    late = working_day_after(proposal.proposed_at) - timezone.now() + timedelta(minutes=1)
    clock(seconds=late.total_seconds())
    for _time in range(2):
        with django_capture_on_commit_callbacks(execute=True):
            do_what_is_due()
    assert len([letter for letter in mail.outbox if "Nhắc lại" in letter.subject]) == 2, "once to each of two"


@pytest.mark.parametrize(("day", "due"), [(12, 13), (13, 16), (14, 16), (15, 16)])
def test_working_days_are_monday_to_friday(day, due):
    """13 November 2026 is a Friday."""
    moment = timezone.make_aware(datetime(2026, 11, day, 9))
    assert working_day_after(moment).day == due


def test_published_in_error_is_gone_with_a_notice(office, page, document, api, client):
    proposal = take_down(page, office.users[EDITOR], "error", "Đăng nhầm bản nháp.")
    assert client.get(address(page)).status_code == 200, "proposed, not in effect"
    agree(proposal, office.users[APPROVER], kind="error", reason="Đăng nhầm bản nháp.")
    assert trace(client, page, document) == []
    found = api("pages/lookup/", path=address(page))
    assert found == {
        "kind": "removed",
        "how": {"code": "error", "name": "Đăng nhầm"},
        "reason": "Đăng nhầm bản nháp.",
        "date": timezone.localdate().isoformat(),
        "target": None,
    }
    response = client.get(address(page))
    assert response.status_code == 410
    assert "Đăng nhầm bản nháp." in response.content.decode()


def test_consolidated_leads_to_the_page_that_took_it_over(office, page, other, api, client):
    proposal = take_down(page, office.users[EDITOR], "consolidated", "Nhập vào trang mới.", other)
    agree(proposal, office.users[REVIEWER], kind="consolidated", reason="Nhập vào trang mới.", target=other)
    assert api("pages/lookup/", path=address(page))["target"]["id"] == other.pk
    response = client.get(address(page))
    assert (response.status_code, response["Location"]) == (301, address(other))


def test_withdrawn_stays_readable_under_a_notice(office, page, api, client):
    assert api(f"pages/{page.pk}/")["meta"]["withdrawn"] is None
    proposal = take_down(page, office.users[EDITOR], "withdrawn", "Không còn phù hợp.")
    agree(proposal, office.users[APPROVER], kind="withdrawn", reason="Không còn phù hợp.")
    notice = {"reason": "Không còn phù hợp.", "date": timezone.localdate().isoformat()}
    assert api(f"pages/{page.pk}/")["meta"]["withdrawn"] == notice
    assert api("pages/", type="articles.ArticlePage", fields="withdrawn")["items"][0]["meta"]["withdrawn"] == notice
    content = client.get(address(page)).content.decode()
    assert "Không còn phù hợp." in content
    assert "Số điện thoại sai" in content


def test_two_people_take_down(office, page):
    proposal = take_down(page, office.users[REVIEWER], "error", "Nhầm.")
    for user in (office.users[REVIEWER], office.users[EDITOR]):
        with pytest.raises(PermissionDenied):
            agree(proposal, user, kind="error", reason="Nhầm.")
    with pytest.raises(PermissionDenied):
        refuse(proposal, office.users[EDITOR], "Thôi.")
    agree(proposal, office.users[APPROVER], kind="error", reason="Nhầm.")
    with pytest.raises(PermissionDenied):
        agree(proposal, office.users[ADMIN], kind="error", reason="Nhầm.")


@pytest.mark.parametrize(
    ("kind", "reason", "field"),
    [("error", "", "reason"), ("hidden", "  ", "reason"), ("consolidated", "Nhập.", "target"), ("burned", "x", "kind")],
)
def test_what_leaves_readers_without_an_answer_is_refused(office, page, kind, reason, field):
    with pytest.raises(ValidationError) as error:
        take_down(page, office.users[APPROVER], kind, reason)
    assert field in error.value.message_dict
    assert in_effect(page) is None


def test_a_page_is_not_taken_over_by_itself_or_by_a_draft(office, page):
    draft = office.draft(office.news, office.article("Nháp"))
    for target in (page, draft):
        with pytest.raises(ValidationError):
            take_down(page, office.users[APPROVER], "consolidated", "Nhập.", target)


def test_a_schedule_is_stopped_and_runs_again(office, clock, api):
    draft = office.draft(office.news, office.article("Hẹn giờ"))
    office.revise(draft, go_live_at=timezone.now() + timedelta(hours=1))
    page = office.approve(draft)
    proposal = take_down(page, office.users[REVIEWER], "hidden", "Chờ số liệu.")
    assert not fresh(page).approved_schedule
    clock(hours=2)
    call_command("publish_scheduled")
    assert not fresh(page).live
    refuse(proposal, office.users[APPROVER], "Số liệu đã đúng.")
    assert fresh(page).live
    assert api(f"pages/{page.pk}/")
    call_command("verify_publications")


def test_a_reviewed_correction_ends_what_was_hidden(office, page, client):
    take_down(page, office.users[REVIEWER], "hidden", "Số sai.")
    office.revise(page, lead="Số đúng.")
    office.approve(page)
    assert client.get(address(page)).status_code == 200
    assert in_effect(page) is None
    assert RecordEntry.objects.filter(page_id=page.pk).last().kind == RecordKind.RESTORED


def test_the_screen_says_who_decides(office, page, login):
    take_down(page, office.users[REVIEWER], "hidden", "Số sai.")
    url = reverse("takedown", args=[page.pk])
    content = login(REVIEWER).get(url, follow=True).content.decode()
    assert "Người thứ hai quyết định: Admin, Approver" in " ".join(content.split())
    assert 'name="refuse"' not in content
    content = login(APPROVER).get(url, follow=True).content.decode()
    assert 'name="refuse"' in content
    assert "Đồng ý gỡ" in content
    assert "Số sai." in login(EDITOR).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()


def test_the_notice_goes_with_what_stands_above_the_page(office, api):
    parent = office.publish(office.home, StandardPage(title="Giới thiệu"))
    page = office.publish(parent, StandardPage(title="Chức năng"))
    proposal = take_down(page, office.users[REVIEWER], "hidden", "Sai.")
    agree(proposal, office.users[APPROVER], kind="error", reason="Đăng nhầm.")
    assert api("pages/lookup/", path="/gioi-thieu/chuc-nang/")["reason"] == "Đăng nhầm."
    office.revise(parent, slug="ve-chung-toi", change_kind="minor")
    office.approve(parent)
    assert api("pages/lookup/", path="/ve-chung-toi/chuc-nang/")["reason"] == "Đăng nhầm."
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    api("pages/lookup/", status=404, path="/ve-chung-toi/chuc-nang/")
