"""What roles may do, and who takes which step of a workflow, is changed by two people."""

import json

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import TestCase
from django.urls import reverse
from wagtail.models import GroupPagePermission, Workflow, WorkflowPage, WorkflowTask

from cms.accounts.roles import ADMIN, APPROVER, EDITOR, GROUPS, REVIEWER
from cms.publishing.proposals.actions import agree, refuse
from cms.publishing.proposals.models import Proposal, Trusted
from cms.publishing.record.models import RecordEntry, RecordKind
from cms.publishing.review.models import ReviewTask
from cms.publishing.review.recorded_models import problems
from tests.factories import fresh, make_user
from tests.forms import filled


@pytest.fixture
def superuser(office):
    return make_user("chu", is_superuser=True)


@pytest.fixture
def client(client, superuser):
    client.force_login(superuser)
    return client


def group(role):
    return Group.objects.get(name=GROUPS[role])


def permission(code):
    app_label, codename = code.split(".")
    return Permission.objects.get(content_type__app_label=app_label, codename=codename)


def edit(client, url, field="name", **changes):
    data = filled(client.get(url), field)
    with TestCase.captureOnCommitCallbacks(execute=True):
        return client.post(url, {**data, **changes}, follow=True)


def edit_group(client, role, gives=(), **changes):
    url = reverse("wagtailusers_groups:edit", args=[group(role).pk])
    if gives:
        known = filled(client.get(url), "permissions").get("permissions", [])
        changes["permissions"] = [*known, *(permission(code).pk for code in gives)]
    return edit(client, url, "permissions", **changes)


def rights_of(role):
    return {f"{one.content_type.app_label}.{one.codename}" for one in group(role).permissions.all()}


def the_proposal():
    return Proposal.objects.get(decided_at=None)


def test_nothing_is_proposed_where_nothing_changes(client):
    edit_group(client, EDITOR)
    edit(client, reverse("wagtailadmin_workflows:edit", args=[Workflow.objects.get().pk]))
    edit(client, reverse("wagtailadmin_workflows:edit_task", args=[ReviewTask.objects.first().pk]))
    assert not Proposal.objects.exists()


def test_a_right_for_a_role(office, client, superuser):
    response = edit_group(client, EDITOR, gives=["accounts.change_user"])
    assert "accounts.change_user" not in rights_of(EDITOR)
    assert "Đã gửi đề nghị" in response.content.decode()
    assert GROUPS[EDITOR] in response.content.decode()
    told = {address for message in mail.outbox for address in message.to}
    assert {f"{role}@example.org" for role in (EDITOR, REVIEWER, APPROVER, ADMIN)} == told
    with pytest.raises(PermissionDenied):
        agree(the_proposal(), superuser)
    with pytest.raises(PermissionDenied):
        agree(the_proposal(), office.users[EDITOR])
    agree(the_proposal(), office.users[APPROVER])
    assert "accounts.change_user" in rights_of(EDITOR)
    entry = RecordEntry.objects.filter(kind=RecordKind.RIGHTS_CHANGED).latest("pk")
    assert entry.user_id == office.users[APPROVER].pk
    assert problems() == []


def test_it_says_what_changes_and_for_whom(client, login):
    edit_group(client, EDITOR, gives=["accounts.change_user"])
    page = login(REVIEWER).get(reverse("proposal", args=[the_proposal().pk])).content.decode()
    assert f"Số người: {group(EDITOR).user_set.count()}." in page
    # The new right alone, among the dozens that the role has.
    lines = the_proposal().changes["words"]
    assert [line[1] for line in lines] == [""]
    assert lines[0][2]


def test_nobody_whom_it_concerns_confirms_it(office, client):
    edit_group(client, APPROVER, gives=["accounts.change_user"])
    with pytest.raises(PermissionDenied):
        agree(the_proposal(), office.users[APPROVER])
    agree(the_proposal(), office.users[REVIEWER])
    assert "accounts.change_user" in rights_of(APPROVER)


def test_rights_on_pages(office, client):
    edit_group(client, REVIEWER, **{"page_permissions-0-permissions": ["lock_page", "publish_page"]})
    assert not GroupPagePermission.objects.filter(permission__codename="publish_page").exists()
    refuse(the_proposal(), office.users[ADMIN], "Không ai được xuất bản một mình")
    assert not GroupPagePermission.objects.filter(permission__codename="publish_page").exists()


def test_a_new_role_and_its_end(office, client):
    url = reverse("wagtailusers_groups:add")
    home = office.news.get_parent()
    data = {
        "name": ["Cộng tác viên"], "permissions": [permission("wagtailadmin.access_admin").pk],
        "page_permissions-TOTAL_FORMS": 1, "page_permissions-0-page": home.pk,
        "page_permissions-0-permissions": ["add_page"],
    }  # fmt: skip
    edit(client, url, "permissions", **data)
    assert not Group.objects.filter(name="Cộng tác viên").exists()
    # Another one made meanwhile takes the number that it would have had.
    other = Group.objects.create(name="Khác")
    agree(the_proposal(), office.users[ADMIN])
    made = Group.objects.get(name="Cộng tác viên")
    assert [one.page_id for one in made.page_permissions.all()] == [home.pk]
    assert made.permissions.count() == 1
    assert not other.page_permissions.exists()
    client.post(reverse("wagtailusers_groups:delete", args=[made.pk]))
    assert Group.objects.filter(pk=made.pk).exists()
    agree(the_proposal(), office.users[ADMIN])
    assert not Group.objects.filter(pk=made.pk).exists()
    assert problems() == []


def test_who_takes_a_step(office, client):
    task = ReviewTask.objects.get(groups=group(APPROVER))
    url = reverse("wagtailadmin_workflows:edit_task", args=[task.pk])
    edit(client, url, groups=[group(APPROVER).pk, group(EDITOR).pk])
    assert set(task.groups.all()) == {group(APPROVER)}
    # Nobody became somebody who decides while it waits.
    assert not Trusted.objects.filter(user=office.users[EDITOR]).exists()
    agree(the_proposal(), office.users[REVIEWER])
    assert set(task.groups.all()) == {group(APPROVER), group(EDITOR)}
    assert problems() == []


def test_a_workflow_without_its_first_step(office, client):
    workflow = Workflow.objects.get()
    first = workflow.workflow_tasks.first()
    url = reverse("wagtailadmin_workflows:edit", args=[workflow.pk])
    edit(client, url, **{"workflow_tasks-0-DELETE": "1"})
    assert workflow.workflow_tasks.count() == 2
    page = client.get(reverse("proposal", args=[the_proposal().pk])).content.decode()
    assert first.task.name in page
    agree(the_proposal(), office.users[ADMIN])
    assert [one.task.name for one in WorkflowTask.objects.filter(workflow=workflow)] == ["Duyệt"]
    assert problems() == []


def test_steps_keep_their_order(office, client):
    workflow = Workflow.objects.get()
    url = reverse("wagtailadmin_workflows:edit", args=[workflow.pk])
    edit(client, url, **{"workflow_tasks-0-ORDER": "2", "workflow_tasks-1-ORDER": "1"})
    agree(the_proposal(), office.users[ADMIN])
    assert [one.task.name for one in workflow.workflow_tasks.all()] == ["Duyệt", "Thẩm định"]


@pytest.mark.parametrize("name", ["disable", "disable_task"])
def test_a_workflow_or_step_switched_off(office, client, name):
    of = ReviewTask.objects.first() if name == "disable_task" else Workflow.objects.get()
    client.post(reverse(f"wagtailadmin_workflows:{name}", args=[of.pk]))
    of.refresh_from_db()
    assert of.active
    agree(the_proposal(), office.users[ADMIN])
    of.refresh_from_db()
    assert not of.active


def test_a_workflow_taken_off_a_page(office, client):
    place = WorkflowPage.objects.first()
    client.post(reverse("wagtailadmin_workflows:remove", args=[place.page_id, place.workflow_id]))
    assert WorkflowPage.objects.filter(page=place.page_id).exists()
    assert Workflow.objects.get().name in the_proposal().subject
    agree(the_proposal(), office.users[ADMIN])
    assert not WorkflowPage.objects.filter(page=place.page_id).exists()


def test_a_step_made_in_the_chooser(client):
    url = reverse("wagtailadmin_workflows:task_chooser_create") + "?create_model=review.ReviewTask"
    data = {"create-task-name": "Ký nháy", "create-task-groups": [group(EDITOR).pk]}
    answer = client.post(url, data, headers={"X-Requested-With": "XMLHttpRequest"})
    assert json.loads(answer.content)["step"] == "reshow_create_tab"
    assert reverse("proposal", args=[the_proposal().pk]) in json.loads(answer.content)["htmlFragment"]
    assert not ReviewTask.objects.filter(name="Ký nháy").exists()


def test_what_was_changed_meanwhile_is_proposed_anew(office, client):
    edit_group(client, EDITOR, gives=["accounts.change_user"])
    group(EDITOR).permissions.clear()
    with pytest.raises(Exception, match="thay đổi"):
        agree(the_proposal(), office.users[ADMIN])
    assert rights_of(EDITOR) == set()


def test_a_second_change_waits_for_the_first(client):
    edit_group(client, EDITOR, gives=["accounts.change_user"])
    edit_group(client, EDITOR, permissions=[])
    assert Proposal.objects.count() == 1
    assert rights_of(EDITOR)


def test_a_new_installation_has_nobody_else(client):
    get_user_model().objects.exclude(username="chu").update(is_active=False)
    Trusted.objects.exclude(user__username="chu").delete()
    edit_group(client, EDITOR, gives=["accounts.change_user"])
    assert "accounts.change_user" in rights_of(EDITOR)
    assert any("chu@example.org" in message.to for message in mail.outbox)


def test_what_is_under_way_is_withdrawn_with_its_workflow(office, client):
    """As by Wagtail's own screen: nobody approves by a workflow that is switched off."""
    page = office.draft(office.news, office.article())
    office.submit(page)
    client.post(reverse("wagtailadmin_workflows:disable", args=[Workflow.objects.get().pk]))
    assert page.current_workflow_state.status == "in_progress"
    assert ["", "1"] in [line[1:] for line in the_proposal().changes["words"]]
    agree(the_proposal(), office.users[ADMIN])
    assert fresh(page).current_workflow_state is None
    assert problems() == []


def test_a_role_with_a_step_that_is_renamed_or_deleted(office, client):
    edit_group(client, APPROVER, name=["Lãnh đạo"])
    agree(the_proposal(), office.users[ADMIN])
    assert problems() == []
    renamed = Group.objects.get(name="Lãnh đạo")
    client.post(reverse("wagtailusers_groups:delete", args=[renamed.pk]))
    agree(the_proposal(), office.users[ADMIN])
    assert not Group.objects.filter(name="Lãnh đạo").exists()
    assert problems() == []


def test_who_gains_by_a_step_less_does_not_confirm_it(office, client):
    """Without the approval the reviewers' pass publishes."""
    workflow = Workflow.objects.get()
    edit(client, reverse("wagtailadmin_workflows:edit", args=[workflow.pk]), **{"workflow_tasks-1-DELETE": "1"})
    assert the_proposal().changes["gaining"] == [group(REVIEWER).pk]
    with pytest.raises(PermissionDenied):
        agree(the_proposal(), office.users[REVIEWER])
    agree(the_proposal(), office.users[ADMIN])


def test_who_gains_by_a_workflow_that_is_switched_on(office, client):
    client.post(reverse("wagtailadmin_workflows:disable", args=[Workflow.objects.get().pk]))
    agree(the_proposal(), office.users[ADMIN])
    client.post(reverse("wagtailadmin_workflows:enable", args=[Workflow.objects.get().pk]))
    assert the_proposal().changes["gaining"] == sorted([group(REVIEWER).pk, group(APPROVER).pk])
    agree(the_proposal(), office.users[ADMIN])
    assert Workflow.objects.get().active
    assert problems() == []
