"""Every path to publication through the workflow, time, people and code (docs/publication-paths.md)."""

import threading

import pytest
from django.core.checks import run_checks
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import close_old_connections
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from wagtail.models import Page, Revision, Task, TaskState, Workflow, WorkflowPage, WorkflowTask

from articles.models import ArticlePage
from cms.accounts.roles import APPROVER, EDITOR, REVIEWER
from cms.pages.publication import PublicationRefused, exempt
from cms.publishing.review.schedule import carry_out_due
from tests.factories import Office, fresh, make_user

from .conftest import NEW, verified
from .test_admin import edit_data


def edit_url(page):
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


# Through the workflow


def test_a_step_of_another_page(office, draft, client):
    other = office.draft(office.news, office.article("Khác"))
    office.submit(draft)
    office.submit(other)
    office.decide(other, REVIEWER)
    state = fresh(other).current_workflow_task_state
    client.force_login(office.users[APPROVER])
    url = reverse("wagtailadmin_pages:workflow_action", args=[draft.pk, "approve", state.pk])
    client.post(url, {"comment": ""})
    assert not fresh(draft).live
    assert fresh(draft).current_workflow_task.name == "Thẩm định"
    assert verified()


@pytest.mark.parametrize("action", ["finish", "publish", "", "approve; drop"])
def test_a_forged_action(office, draft, action):
    office.submit(draft)
    state = fresh(draft).current_workflow_task_state
    with pytest.raises(PermissionDenied):
        state.task.specific.on_action(state, office.users[REVIEWER], action)


@pytest.mark.parametrize(
    "extra", ["[]", "not json", '"text"', '{"comment": 5}', '{"update": false, "finished_by": 1}', "1"]
)
def test_forged_extra_data(office, draft, client, extra):
    office.submit(draft)
    client.force_login(office.users[REVIEWER])
    data = {
        **edit_data(draft), "action-workflow-action": "1", "workflow-action-name": "reject",
        "workflow-action-extra-data": extra,
    }  # fmt: skip
    response = client.post(edit_url(draft), data, follow=True)
    assert response.status_code == 200
    assert fresh(draft).current_workflow_state.status == "in_progress"


def test_a_task_disabled_while_something_waits_on_it(office, draft, boss, client):
    office.submit(draft)
    office.decide(draft, REVIEWER)
    task = Task.objects.get(name="Duyệt")
    client.force_login(boss)
    client.post(reverse("wagtailadmin_workflows:disable_task", args=[task.pk]))
    assert not fresh(draft).live
    assert verified()


def test_a_step_taken_out_mid_flight_is_still_owed(office, draft):
    office.submit(draft)
    WorkflowTask.objects.get(task__name="Duyệt").delete()
    with pytest.raises(PublicationRefused):
        office.decide(draft, REVIEWER)
    assert not fresh(draft).live


def test_a_workflow_without_steps(office, draft):
    WorkflowTask.objects.all().delete()
    with pytest.raises(PermissionDenied):
        office.submit(draft)
    assert not fresh(draft).live
    assert "review.W001" in {warning.id for warning in run_checks(databases=["default"])}


def test_a_section_without_a_workflow(office, draft, client):
    assert "review.W001" not in {warning.id for warning in run_checks(databases=["default"])}
    WorkflowPage.objects.all().delete()
    assert "review.W001" in {warning.id for warning in run_checks(databases=["default"])}
    client.force_login(office.users[EDITOR])
    assert client.post(edit_url(draft), {**edit_data(draft), "action-submit": "1"}, follow=True).status_code == 200
    assert not fresh(draft).live


def test_one_step_is_enough_for_a_small_office(office, draft):
    workflow = Workflow.objects.create(name="Một bước")
    WorkflowTask.objects.create(workflow=workflow, task=Task.objects.get(name="Duyệt"), sort_order=0)
    WorkflowPage.objects.filter(page=office.news).update(workflow=workflow)
    office.submit(draft)
    office.decide(draft, APPROVER)
    assert fresh(draft).live
    assert verified()


# In time


def test_a_scheduled_revision_changed_after_its_approval(office, draft, clock):
    office.revise(draft, go_live_at=timezone.now() + timezone.timedelta(hours=1))
    revision = office.approve(draft).scheduled_revision
    content = {**revision.content, "lead": "Đổi sau khi duyệt"}
    Revision.objects.filter(pk=revision.pk).update(content=content)
    clock(hours=2)
    assert carry_out_due() == (0, 1)
    assert not fresh(draft).live


def test_a_schedule_that_nobody_approved(office, draft):
    Revision.objects.filter(pk=fresh(draft).latest_revision_id).update(approved_go_live_at=timezone.now())
    assert carry_out_due() == (0, 1)
    assert not fresh(draft).live


def test_what_was_approved_is_published_though_a_later_draft_was_returned(office, draft, clock):
    office.revise(draft, go_live_at=timezone.now() + timezone.timedelta(hours=1))
    office.approve(draft)
    office.revise(draft, lead="Bản sau")
    office.submit(draft)
    office.decide(draft, REVIEWER, "reject", "Sai số liệu.")
    clock(hours=2)
    assert carry_out_due() == (1, 0)
    assert fresh(draft).lead == "Tóm tắt."
    assert verified()


def test_an_expired_page_does_not_come_back_by_itself(office, live):
    fresh(live).unpublish(set_expired=True)
    with pytest.raises(PublicationRefused):
        fresh(live).latest_revision.publish()
    assert not fresh(live).live


# By people


def test_authorship_outlives_revisions(office, draft):
    both = make_user("hai-vai", EDITOR, REVIEWER)
    office.revise(draft, both, lead="Hai vai viết")
    office.revise(draft, lead="Người khác sửa")
    call_command("purge_revisions")
    assert not fresh(draft).revisions.filter(user=both).exists()
    office.submit(draft)
    with pytest.raises(PermissionDenied):
        office.decide(draft, both)


def test_a_superuser_who_wrote_it(office, boss):
    page = office.draft(office.news, office.article(NEW), boss)
    office.submit(page, boss)
    with pytest.raises(PermissionDenied):
        office.decide(page, boss)
    with pytest.raises(PublicationRefused):
        fresh(page).latest_revision.publish(user=boss, skip_permission_checks=True)


def test_who_joins_the_group_mid_flight_may_act_and_who_leaves_may_not(office, draft):
    office.submit(draft)
    newcomer = make_user("moi", REVIEWER)
    office.users[REVIEWER].groups.clear()
    with pytest.raises(PermissionDenied):
        office.decide(draft, REVIEWER)
    office.decide(draft, newcomer)
    assert fresh(draft).current_workflow_task.name == "Duyệt"


@pytest.mark.django_db(transaction=True)
def test_two_approvers_at_the_same_moment():
    office = Office()
    second = make_user("duyet-2", APPROVER)
    page = office.draft(office.news, office.article())
    office.submit(page)
    office.decide(page, REVIEWER)
    state = fresh(page).current_workflow_task_state
    barrier, outcomes = threading.Barrier(2), []

    def approve(user):
        barrier.wait()
        try:
            state.task.specific.on_action(state, user, "approve")
            outcomes.append("approved")
        except PermissionDenied:
            outcomes.append("refused")
        finally:
            close_old_connections()

    threads = [threading.Thread(target=approve, args=[user]) for user in (office.users[APPROVER], second)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["approved", "refused"]
    assert fresh(page).live
    assert TaskState.objects.filter(status="approved", task__name="Duyệt").count() == 1
    assert verified()


# By code


def test_publish_by_code(draft):
    for options in ({}, {"skip_permission_checks": True}):
        with pytest.raises(PublicationRefused):
            fresh(draft).latest_revision.publish(**options)
    assert not fresh(draft).live


def test_live_by_code(draft, live):
    page = fresh(draft)
    page.live = True
    with pytest.raises(PublicationRefused):
        page.save()
    with pytest.raises(PublicationRefused):
        page.save(update_fields=["live"])
    page = fresh(live)
    page.lead = "Đổi thẳng"
    with pytest.raises(PublicationRefused):
        page.save()
    assert fresh(live).lead == "Tóm tắt."


def test_what_goes_behind_the_models_is_found(draft, live):
    assert verified()
    Page.objects.filter(pk=draft.pk).update(live=True)
    assert not verified()
    Page.objects.filter(pk=draft.pk).update(live=False)
    assert verified()
    ArticlePage.objects.filter(pk=live.pk).update(lead="Đổi thẳng")
    assert not verified()


def test_a_file_swapped_on_disk_is_found(office):
    from tests.factories import make_document
    from tests.media.test_files import publish_with

    document = make_document(content=b"da duyet")
    publish_with(office, document)
    assert verified()
    with open(document.file.path, "wb") as file:
        file.write(b"khac")
    assert not verified()


def test_the_system_publishes_with_a_reason_in_the_record(office, draft):
    with exempt("system", "khôi phục sau sự cố"):
        fresh(draft).latest_revision.publish()
    assert fresh(draft).live
    assert verified()


def test_no_writing_api_is_mounted():
    with pytest.raises(NoReverseMatch):
        reverse("wagtailapi_v3:pages:listing")
