"""Every change of rights and configuration is in the record, with who did it, old and new value."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import GroupPagePermission, Site, Task, WorkflowTask

from articles.models import Category, Unit
from cms.accounts.roles import ADMIN, APPROVER, EDITOR, GROUPS, REVIEWER
from cms.publishing.proposals.actions import agree
from cms.publishing.proposals.models import Proposal
from cms.publishing.record.models import RecordEntry, RecordKind
from home.models import MenuItem, SiteSettings
from tests.english import english_in


def last(kind):
    return RecordEntry.objects.filter(kind=kind).order_by("-pk").first()


def test_a_role_given_in_the_admin(office, login):
    editor, approvers = office.users[EDITOR], Group.objects.get(name=GROUPS[APPROVER])
    client = login(ADMIN)
    client.post(f"/admin/bulk/accounts/user/assign_role/?next=/admin/&id={editor.pk}", {"role": approvers.pk})
    agree(Proposal.objects.get(), office.users[REVIEWER])
    entry = last(RecordKind.RIGHTS_CHANGED)
    assert entry.user_id == office.users[REVIEWER].pk
    assert entry.subject.endswith("editor")
    assert entry.data["changes"]["groups"] == [[GROUPS[EDITOR]], [GROUPS[EDITOR], GROUPS[APPROVER]]]


def test_flags_of_a_user_but_never_a_password(office):
    user = office.users[EDITOR]
    user.is_active = False
    user.set_password("bi-mat-123")
    user.save()
    changes = last(RecordKind.RIGHTS_CHANGED).data["changes"]
    assert changes == {"is_active": [True, False], "password": ["…", "…"]}


def test_a_unit_in_the_admin(office, login):
    unit = Unit.objects.create(name="Tin")
    url = reverse("wagtailsnippets_articles_unit:edit", args=[unit.pk])
    login(ADMIN).post(url, {"name": "Tin hoạt động", "slug": "tin", "code": ""})
    entry = last(RecordKind.CONFIGURATION_CHANGED)
    assert entry.data["changes"] == {"name": ["Tin", "Tin hoạt động"]}
    assert entry.user_name == "Admin"
    unit.refresh_from_db()
    unit.delete()
    assert last(RecordKind.CONFIGURATION_CHANGED).data["removed"]


def test_settings_and_menus(office):
    settings = SiteSettings.for_site(Site.objects.get())
    settings.phone = "0214"
    settings.menu_items = [MenuItem(title="Mục", url="/so-do/")]
    settings.save()
    entries = RecordEntry.objects.filter(kind=RecordKind.CONFIGURATION_CHANGED).order_by("-pk")[:2]
    assert {entry.data["model"] for entry in entries} == {"home.SiteSettings", "home.MenuItem"}


def test_objects_fields_and_values_are_called_as_people_call_them(office):
    settings = SiteSettings.for_site(Site.objects.get())
    item = MenuItem(settings=settings, title="Tin bài", page=office.news)
    item.save()
    added = last(RecordKind.CONFIGURATION_CHANGED)
    assert added.subject == "mục menu: Tin bài"
    assert added.detail == f"menu: → Menu chính; tiêu đề: → Tin bài; trang: → {office.news.title}".replace(
        ": →", ": – →"
    )
    item.page = office.documents
    item.save()
    # The page may be gone when somebody reads it: its name was kept.
    assert last(RecordKind.CONFIGURATION_CHANGED).detail == f"trang: {office.news.title} → {office.documents.title}"


def test_a_right_is_called_by_group_page_and_right(office):
    right = GroupPagePermission.objects.filter(group__name=GROUPS[EDITOR]).first()
    right.delete()
    entry = last(RecordKind.RIGHTS_CHANGED)
    assert GROUPS[EDITOR] in entry.subject
    assert not english_in([entry.subject, entry.detail])


def test_a_footer_that_nobody_changed_is_no_change(office, login):
    """The editor of rich text numbers its paragraphs anew each time."""
    settings = SiteSettings.for_site(Site.objects.get())
    settings.footer_text = '<p data-block-key="abcde">Cổng thông tin</p>'
    settings.save()
    count = RecordEntry.objects.count()
    settings.footer_text = '<p data-block-key="fghij">Cổng thông tin</p>'
    settings.save()
    assert RecordEntry.objects.count() == count


def test_the_steps_of_a_workflow(office):
    WorkflowTask.objects.get(task__name="Duyệt").delete()
    assert last(RecordKind.CONFIGURATION_CHANGED).data["model"] == "wagtailcore.WorkflowTask"
    Task.objects.get(name="Duyệt").specific.groups.clear()
    changes = last(RecordKind.RIGHTS_CHANGED).data["changes"]
    assert changes == {"groups": [[GROUPS[APPROVER]], []]}


@pytest.mark.parametrize("model", [Category])
def test_what_stays_the_same_is_not_recorded(db, model):
    instance = model.objects.create(name="Tin")
    count = RecordEntry.objects.count()
    instance.save()
    assert RecordEntry.objects.count() == count
