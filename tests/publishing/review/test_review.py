"""Draft, review, publication: four eyes, reasons, locks, schedule."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import PageLogEntry, Workflow
from wagtail.signals import page_published

from cms.accounts.roles import APPROVER, EDITOR, REVIEWER
from cms.publishing.review.schedule import carry_out_due
from tests.factories import fresh, make_user


def test_both_steps_publish(office):
    page = office.draft(office.news, office.article())
    office.submit(page)
    office.decide(page, REVIEWER)
    assert not fresh(page).live
    office.decide(page, APPROVER)
    assert fresh(page).live


def test_the_history_says_who_did_what(office):
    page = office.publish(office.news, office.article())
    actions = PageLogEntry.objects.filter(page=page.pk).order_by("pk").values_list("action", "user__username")
    assert ("wagtail.create", "editor") in actions
    assert [entry for entry in actions if entry[0] == "wagtail.workflow.approve"] == [
        ("wagtail.workflow.approve", "reviewer"),
        ("wagtail.workflow.approve", "approver"),
    ]
    assert ("wagtail.publish", "approver") in actions


@pytest.mark.parametrize("role", [EDITOR, APPROVER, "admin"])
def test_only_the_group_of_the_step_takes_it(office, role):
    page = office.draft(office.news, office.article())
    office.submit(page)
    with pytest.raises(PermissionDenied):
        office.decide(page, role)


def test_nobody_passes_their_own_content(office):
    both = make_user("hai-vai", EDITOR, REVIEWER, APPROVER)
    page = office.draft(office.news, office.article(), both)
    office.submit(page, both)
    with pytest.raises(PermissionDenied):
        office.decide(page, both)


def test_an_author_of_an_earlier_revision_is_an_author_too(office):
    both = make_user("hai-vai", EDITOR, REVIEWER)
    page = office.draft(office.news, office.article(), both)
    office.revise(page, lead="Người khác sửa.")
    office.submit(page)
    with pytest.raises(PermissionDenied):
        office.decide(page, both)


def test_after_publication_authorship_starts_anew(office):
    both = make_user("hai-vai", EDITOR, REVIEWER)
    page = office.draft(office.news, office.article(), both)
    page = office.approve(page)
    office.revise(page, lead="Sửa.")
    office.submit(page)
    office.decide(page, both)


def test_a_superuser_is_no_exception(office):
    boss = make_user("boss", is_superuser=True)
    page = office.draft(office.news, office.article())
    office.submit(page)
    with pytest.raises(PermissionDenied):
        office.decide(page, boss)
    with pytest.raises(PermissionDenied):
        fresh(page).get_latest_revision().publish(user=boss)


def test_two_steps_are_taken_by_two_people(office):
    both = make_user("hai-buoc", REVIEWER, APPROVER)
    page = office.draft(office.news, office.article())
    office.submit(page)
    office.decide(page, both)
    with pytest.raises(PermissionDenied):
        office.decide(page, both)
    office.decide(page, APPROVER)
    assert fresh(page).live


def test_returning_needs_a_reason_and_starts_the_steps_again(office):
    page = office.draft(office.news, office.article())
    office.submit(page)
    office.decide(page, REVIEWER)
    with pytest.raises(PermissionDenied):
        office.decide(page, APPROVER, "reject", "  ")
    office.decide(page, APPROVER, "reject", "Thiếu nguồn.")
    office.revise(page, source="Tỉnh ủy")
    fresh(page).current_workflow_state.resume(office.users[EDITOR])
    assert fresh(page).current_workflow_task.name == "Thẩm định"
    office.decide(page, REVIEWER)
    office.decide(page, APPROVER)
    assert fresh(page).source == "Tỉnh ủy"


def test_a_workflow_without_steps_publishes_nothing(office):
    page = office.draft(office.news, office.article())
    workflow = Workflow.objects.get(name="Thẩm định và duyệt")
    workflow.workflow_tasks.all().delete()
    with pytest.raises(PermissionDenied):
        fresh(page).get_workflow().start(fresh(page), office.users[EDITOR])
    assert not fresh(page).live


def test_a_step_removed_in_between_publishes_nothing_early(office):
    page = office.draft(office.news, office.article())
    office.submit(page)
    workflow = Workflow.objects.get(name="Thẩm định và duyệt")
    last = workflow.workflow_tasks.last().task
    last.active = False
    last.save()
    with pytest.raises(PermissionDenied):
        office.decide(page, REVIEWER)
    assert not fresh(page).live


def test_a_correction_leaves_the_old_version_public_meanwhile(office, api):
    page = office.publish(office.news, office.article(lead="Cũ."))
    office.revise(page, lead="Mới.")
    office.submit(page)
    office.decide(page, REVIEWER)
    assert api(f"pages/{page.pk}/")["lead"] == "Cũ."
    office.decide(page, APPROVER)
    assert api(f"pages/{page.pk}/")["lead"] == "Mới."


def test_scheduled_publication_and_expiry(office, api, clock):
    now = timezone.now()
    page = office.draft(office.news, office.article())
    office.revise(page, go_live_at=now + timedelta(hours=1), expire_at=now + timedelta(hours=2))
    page = office.approve(page)
    assert not page.live
    assert page.approved_schedule
    call_command("publish_scheduled")
    assert not fresh(page).live
    clock(hours=1, minutes=1)
    call_command("publish_scheduled")
    assert api(f"pages/{page.pk}/")
    clock(hours=2, minutes=1)
    call_command("publish_scheduled")
    assert fresh(page).expired
    api(f"pages/{page.pk}/", status=404)


def test_one_failure_does_not_hold_up_the_others(office, clock):
    now = timezone.now()
    pages = []
    for title in ("Hỏng", "Lành"):
        page = office.draft(office.news, office.article(title))
        office.revise(page, go_live_at=now + timedelta(hours=1))
        pages.append(office.approve(page))

    def fail(sender, instance, **kwargs):
        if instance.title == "Hỏng":
            raise RuntimeError("no")

    clock(hours=1, minutes=1)
    page_published.connect(fail)
    try:
        assert carry_out_due() == (1, 1)
    finally:
        page_published.disconnect(fail)
    assert [fresh(page).live for page in pages] == [False, True]
