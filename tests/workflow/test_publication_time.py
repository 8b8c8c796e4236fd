"""The approver sets or clears the time at which what they approve is published."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from cms.accounts.roles import APPROVER, EDITOR, REVIEWER
from cms.record.models import Entry, Kind
from cms.workflow.publication_time import set_time
from tests.bundles.building import make_bundle
from tests.factories import fresh

FORMAT = "%d/%m/%Y %H:%M"


@pytest.fixture
def waiting(office):
    """An article whose content review is passed, with the time that its editor wished for."""
    page = office.draft(office.news, office.article(go_live_at=timezone.now() + timedelta(days=2)))
    office.submit(page)
    office.decide(page, REVIEWER)
    return page


def screen(page):
    return reverse("workflow_review", args=[page.pk])


def post(client, page, **data):
    state = fresh(page).current_workflow_task_state
    return client.post(screen(page), {"task_state": state.pk, **data})


def test_the_approver_sets_a_time_and_the_decision_says_so(office, waiting, login, clock):
    client = login(APPROVER)
    moment = timezone.localtime(timezone.now() + timedelta(hours=5)).replace(second=0, microsecond=0)
    answer = post(client, waiting, set_time="1", **{"time-go_live_at": moment.strftime(FORMAT)})
    assert answer.status_code == 302
    text = client.get(screen(waiting)).content.decode()
    assert f"Duyệt, xuất bản lúc {date_format(moment, 'SHORT_DATETIME_FORMAT')}" in text
    post(client, waiting, approve="1")
    assert not fresh(waiting).live
    assert fresh(waiting).approved_schedule
    clock(hours=4)
    call_command("publish_scheduled")
    assert not fresh(waiting).live
    clock(hours=6)
    call_command("publish_scheduled")
    assert fresh(waiting).live
    call_command("verify_publications")


def test_the_approver_clears_the_time(office, waiting, login):
    client = login(APPROVER)
    post(client, waiting, set_time="1", **{"time-go_live_at": ""})
    assert "Duyệt và xuất bản ngay" in client.get(screen(waiting)).content.decode()
    post(client, waiting, approve="1")
    assert fresh(waiting).live
    call_command("verify_publications")
    entry = Entry.objects.get(kind=Kind.TIME_SET)
    assert (entry.user_id, entry.data["go_live_at"]) == (office.users[APPROVER].pk, None)
    assert entry.data["before"]
    assert not Entry.objects.filter(kind=Kind.CONTENT_CHANGED, user_id=office.users[APPROVER].pk).exists()


def test_a_time_that_was_typed_and_not_kept_is_never_thrown_away(office, waiting, login):
    client = login(APPROVER)
    moment = timezone.localtime(timezone.now() + timedelta(hours=5)).replace(second=0, microsecond=0)
    answer = post(client, waiting, approve="1", **{"time-go_live_at": f"{moment:%H:%M %d/%m/%Y}"})
    assert answer.status_code == 302
    page = fresh(waiting)
    assert not page.live
    assert page.current_workflow_task_state is not None, "nothing is decided yet"
    text = client.get(screen(waiting), follow=True).content.decode()
    assert "Đã lưu giờ, chưa duyệt" in text
    stored = text[text.index('name="time-go_live_at"') :].split('value="')[1].split('"')[0]
    post(client, waiting, approve="1", **{"time-go_live_at": stored})
    assert fresh(waiting).approved_schedule


def test_what_is_wrong_is_said_at_the_top_too(waiting, login):
    answer = post(login(APPROVER), waiting, reject="1")
    assert answer.status_code == 422
    text = answer.content.decode()
    assert text.index("Lý do trả lại: Hãy ghi lý do trả lại") < text.index("Bạn đọc sẽ thấy")


@pytest.mark.parametrize("typed", ["8:00 28/11/2036", "8h00 28/11/2036", "28/11/2036 8h00", "28-11-2036 08:00"])
def test_a_time_is_taken_as_people_write_it(waiting, login, typed):
    post(login(APPROVER), waiting, set_time="1", **{"time-go_live_at": typed})
    assert fresh(waiting).latest_revision.content["go_live_at"].startswith("2036-11-28T08:00")


@pytest.mark.parametrize(
    ("typed", "says"),
    [("01/01/2020 08:00", "đã qua"), ("31/02/2027 08:00", "hợp lệ"), ("mai", "hợp lệ")],
)
def test_a_time_that_makes_no_sense_is_an_error_at_the_field(waiting, login, typed, says):
    answer = post(login(APPROVER), waiting, set_time="1", **{"time-go_live_at": typed})
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Entry.objects.filter(kind=Kind.TIME_SET).exists()


def test_a_time_after_the_page_has_gone_off_line_again(office, login):
    page = office.draft(office.news, office.article(expire_at=timezone.now() + timedelta(days=1)))
    office.submit(page)
    office.decide(page, REVIEWER)
    moment = timezone.localtime(timezone.now() + timedelta(days=3))
    answer = post(login(APPROVER), page, set_time="1", **{"time-go_live_at": moment.strftime(FORMAT)})
    assert answer.status_code == 422


def test_only_who_takes_the_last_step_sets_it(office, login):
    page = office.draft(office.news, office.article())
    office.submit(page)
    for role in (EDITOR, REVIEWER, APPROVER):
        client = login(role)
        assert 'name="set_time"' not in client.get(screen(page)).content.decode()
        answer = post(client, page, set_time="1", **{"time-go_live_at": ""})
        # Wagtail sends who may not back to the first page.
        assert (answer.status_code, answer.url) == (302, reverse("wagtailadmin_home"))
    assert not Entry.objects.filter(kind=Kind.TIME_SET).exists()


def test_a_decision_that_came_first_counts(office, waiting):
    state = fresh(waiting).current_workflow_task_state
    office.decide(waiting, APPROVER, "reject", "Sai.")
    with pytest.raises(PermissionDenied):
        set_time(fresh(waiting), state, office.users[APPROVER], None)


def test_a_bundle_has_a_time_of_its_own(office, login):
    page = office.draft(office.news, office.article())
    make_bundle(office, [page])
    office.submit(page)
    office.decide(page, REVIEWER)
    assert 'name="set_time"' not in login(APPROVER).get(screen(page)).content.decode()
