"""The approver sets or clears the time at which what they approve is published."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from wagtail.models import Revision

from cms.accounts.roles import APPROVER, EDITOR, REVIEWER
from cms.publishing.proposals.actions import refuse
from cms.publishing.record.models import RecordEntry, RecordKind
from cms.publishing.review import corrections
from cms.publishing.review.publication_time import set_time
from cms.publishing.review.schedule import carry_out_due
from cms.publishing.takedown.actions import take_down
from tests.factories import fresh
from tests.publishing.bundles.building import make_bundle

FORMAT = "%d/%m/%Y %H:%M"


@pytest.fixture
def waiting(office):
    """An article whose content review is passed, with the time that its editor wished for."""
    page = office.draft(office.news, office.article(go_live_at=timezone.now() + timedelta(days=2)))
    office.submit(page)
    office.decide(page, REVIEWER)
    return page


def screen(page):
    return reverse("review_page", args=[page.pk])


def post(client, page, **data):
    state = fresh(page).current_workflow_task_state
    return client.post(screen(page), {"task_state": state.pk, **data})


def test_the_approver_sets_a_time_and_the_decision_says_so(office, waiting, login, clock):
    client = login(APPROVER)
    moment = timezone.localtime(timezone.now() + timedelta(hours=5)).replace(second=0, microsecond=0)
    answer = post(client, waiting, set_time="1", **{"time-go_live_at": moment.strftime(FORMAT)})
    assert answer.status_code == 200
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
    entry = RecordEntry.objects.get(kind=RecordKind.TIME_SET)
    assert (entry.user_id, entry.data["go_live_at"]) == (office.users[APPROVER].pk, None)
    assert entry.data["before"]
    assert not RecordEntry.objects.filter(kind=RecordKind.CONTENT_CHANGED, user_id=office.users[APPROVER].pk).exists()


def test_a_time_that_was_typed_and_not_kept_is_never_thrown_away(office, waiting, login):
    client = login(APPROVER)
    moment = timezone.localtime(timezone.now() + timedelta(hours=5)).replace(second=0, microsecond=0)
    typed = {"time-go_live_at": f"{moment:%H:%M %d/%m/%Y}", "approve-comment": "Đợi đến giờ"}
    answer = post(client, waiting, approve="1", **typed)
    assert answer.status_code == 200
    page = fresh(waiting)
    assert not page.live
    assert page.current_workflow_task_state is not None, "nothing is decided yet"
    text = answer.content.decode()
    assert "Đã lưu giờ, chưa duyệt" in text
    assert "Đợi đến giờ" in text, "the remark stays"
    post(client, waiting, approve="1", **fields(answer))
    assert fresh(waiting).approved_schedule


def fields(answer):
    """What the form of the decision would send as it stands."""
    form = answer.context["time_form"]
    values = {name: form[name].field.widget.format_value(form[name].value()) or "" for name in form.fields}
    return {form.add_prefix(name): value for name, value in values.items()}


def test_the_decision_is_on_the_time_that_was_shown(office, waiting, login, client):
    state = fresh(waiting).current_workflow_task_state
    shown = login(APPROVER).get(screen(waiting))
    set_time(fresh(waiting), state, office.users[APPROVER], timezone.now() + timedelta(days=5))
    answer = post(client, waiting, approve="1", **fields(shown))
    assert answer.status_code == 302
    page = fresh(waiting)
    assert page.current_workflow_task_state is not None
    assert parse_datetime(page.latest_revision.content["go_live_at"]) > timezone.now() + timedelta(days=4)
    assert "đặt giờ xuất bản khác" in client.get(screen(waiting)).content.decode()


def test_a_wrong_time_loses_no_remark(waiting, login):
    typed = {"time-go_live_at": "mai", "approve-comment": "Nhận xét dài"}
    answer = post(login(APPROVER), waiting, approve="1", **typed)
    assert answer.status_code == 422
    assert "Nhận xét dài" in answer.content.decode()


def test_a_time_that_is_over_is_none(office, login, clock):
    page = office.draft(office.news, office.article(go_live_at=timezone.now() + timedelta(hours=1)))
    office.approve(page)
    clock(hours=2)
    call_command("publish_scheduled")
    office.revise(page, lead="Sửa sau", change_kind="minor")
    office.submit(page)
    office.decide(page, REVIEWER)
    client = login(APPROVER)
    shown = client.get(screen(page))
    assert "Duyệt và xuất bản ngay" in shown.content.decode()
    assert "Xuất bản lúc" not in shown.content.decode()
    post(client, page, approve="1", **fields(shown))
    assert fresh(page).lead == "Sửa sau"


def test_nothing_is_published_before_its_time(office, waiting, clock):
    office.decide(waiting, APPROVER)
    revision = fresh(waiting).scheduled_revision
    content = {**revision.content, "go_live_at": None}
    Revision.objects.filter(pk=revision.pk).update(content=content, approved_go_live_at=timezone.now())
    assert carry_out_due() == (0, 1)
    assert not fresh(waiting).live


def test_a_takedown_that_ends_does_not_bring_an_older_time_back(office, clock):
    page = office.draft(office.news, office.article(go_live_at=timezone.now() + timedelta(hours=1)))
    office.approve(page)
    proposal = take_down(fresh(page), office.users[REVIEWER], "hidden", "Chờ.")
    office.revise(page, go_live_at=timezone.now() + timedelta(days=10))
    office.approve(page)
    clock(hours=2)
    refuse(proposal, office.users[APPROVER], "Đúng rồi.")
    assert not fresh(page).live
    clock(days=9)
    call_command("publish_scheduled")
    assert not fresh(page).live
    clock(days=11)
    call_command("publish_scheduled")
    assert fresh(page).live
    call_command("verify_publications")


def test_a_takedown_ends_though_another_time_was_returned(office, clock):
    page = office.draft(office.news, office.article(go_live_at=timezone.now() + timedelta(hours=1)))
    office.approve(page)
    proposal = take_down(fresh(page), office.users[REVIEWER], "hidden", "Chờ.")
    office.revise(page, go_live_at=timezone.now() + timedelta(days=10))
    office.submit(page)
    office.decide(page, REVIEWER, "reject", "Chưa.")
    clock(hours=2)
    refuse(proposal, office.users[APPROVER], "Đúng rồi.")
    assert not fresh(page).live


def test_a_draft_that_was_set_aside_keeps_its_time(office):
    page = office.publish(office.news, office.article("Tin"))
    moment = (timezone.now() + timedelta(days=3)).replace(microsecond=0)
    office.revise(page, title="Lớn", go_live_at=moment)
    corrections.start(fresh(page), office.users[EDITOR])
    draft = fresh(page).get_latest_revision_as_object()
    draft.lead, draft.change_kind, draft.change_note = "Sửa lỗi", "correction", "Sửa."
    draft.save_revision(user=office.users[EDITOR], log_action=True)
    office.approve(page)
    corrections.take_up(fresh(page), office.users[EDITOR], taken=())
    assert fresh(page).get_latest_revision_as_object().go_live_at == moment


def test_what_is_wrong_is_said_at_the_top_too(waiting, login):
    answer = post(login(APPROVER), waiting, reject="1")
    assert answer.status_code == 422
    text = answer.content.decode()
    assert text.index("Lý do trả lại: Hãy ghi lý do trả lại") < text.index("Bạn đọc sẽ thấy")


@pytest.mark.parametrize(
    "typed", ["2036-11-28T08:00", "8:00 28/11/2036", "8h00 28/11/2036", "28/11/2036 8h00", "28-11-2036 08:00"]
)
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
    assert not RecordEntry.objects.filter(kind=RecordKind.TIME_SET).exists()


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
    assert not RecordEntry.objects.filter(kind=RecordKind.TIME_SET).exists()


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


def test_in_a_bundle_a_time_can_only_be_cleared(office, login):
    page = office.draft(office.news, office.article(go_live_at=timezone.now() + timedelta(days=2)))
    make_bundle(office, [page])
    office.submit(page)
    office.decide(page, REVIEWER)
    client = login(APPROVER)
    assert "Duyệt, xuất bản cùng" in client.get(screen(page)).content.decode()
    later = timezone.localtime(timezone.now() + timedelta(days=3)).strftime(FORMAT)
    assert post(client, page, set_time="1", **{"time-go_live_at": later}).status_code == 422
    assert post(client, page, set_time="1", **{"time-go_live_at": ""}).status_code == 200
    assert fresh(page).latest_revision.content["go_live_at"] is None
