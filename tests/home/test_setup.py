"""The set-up step and the demo."""

import json

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command
from wagtail.models import GroupPagePermission, Page, PageLogEntry, Site, Workflow

from articles.models import ArticlePage, DirectivePage, TaskPlanPage
from cms.accounts.roles import GROUPS
from cms.common.publication import exempt
from home.models import HomePage
from home.setup import set_up
from home.site_address import follow


def test_an_empty_database_gets_tree_roles_and_workflow(db):
    assert list(Page.objects.filter(depth__gt=1).values_list("url_path", flat=True).order_by("path")) == [
        "/trang-chu/",
        "/trang-chu/tin-bai/",
        "/trang-chu/van-ban/",
        "/trang-chu/ke-hoach/",
    ]
    assert set(Group.objects.values_list("name", flat=True)) == set(GROUPS.values())
    assert Workflow.objects.count() == 1
    assert not GroupPagePermission.objects.filter(permission__codename="publish_page").exists()


def test_the_set_up_step_only_creates(db):
    home = HomePage.objects.get()
    home.title = "Đổi tên"
    with exempt("system", "a test"):
        home.save()
    Group.objects.get(name=GROUPS["editor"]).permissions.clear()
    set_up(None)
    set_up(None)
    assert HomePage.objects.get().title == "Đổi tên"
    assert not Group.objects.get(name=GROUPS["editor"]).permissions.exists()
    assert Workflow.objects.count() == 1


def test_a_new_installation_knows_its_public_address(db, settings, api):
    settings.WAGTAILADMIN_BASE_URL = "https://portal.example.org"
    Site.objects.all().delete()
    set_up(None)
    assert api("site/")["root"]["html_url"] == "https://portal.example.org/"


def test_the_site_follows_its_address(db, api):
    follow("127.0.0.1", 8123)
    assert api("site/")["root"]["html_url"] == "http://127.0.0.1:8123/"


@pytest.fixture
def demo(db, settings, tmp_path, capsys):
    settings.DATA_DIR = tmp_path
    call_command("load_demo")
    return tmp_path


def test_the_demo_went_through_the_workflow(demo, api):
    assert DirectivePage.objects.live().count() == 22
    assert TaskPlanPage.objects.live().count() == 2
    report = ArticlePage.objects.get(byline="Lý Thị Vinh")
    people = PageLogEntry.objects.filter(page=report.pk).exclude(user=None).values_list("user__username", flat=True)
    assert {"editor", "reviewer", "approver"} == set(people)
    form = api(f"pages/{report.pk}/")
    assert len(form["directives"]) == 13
    assert "10.948" in str(form["body"])
    plan = api("pages/", type="articles.TaskPlanPage", period="2021-H2", fields="*")["items"][0]
    assert len(plan["tasks"]) == 5
    assert {task["timeliness"]["code"] for task in plan["tasks"]} == {"no_deadline"}
    # It is what its record says.
    call_command("verify_publications")
    call_command("verify_audit_log")
    # It invents nothing: what the old page does not say is null; the odd spelling of no. 1 is kept.
    found = api("pages/", type="articles.DirectivePage", reference="18-CT/TW", fields="*")["items"][0]
    assert found["issued_on"] is None
    assert found["issuers"] == []
    assert found["files"] == []
    assert found["reference_as_printed"] == "18 - CT/TW"
    first = api("pages/", type="articles.DirectivePage", reference="16-CT/TTg", fields="*")["items"][0]
    assert first["reference"] == "16-CT/TTg"


def test_the_demo_is_made_once_and_keeps_its_password(demo, monkeypatch):
    kept = json.loads((demo / "demo-accounts.json").read_text())
    count = Page.objects.count()
    call_command("load_demo")
    assert Page.objects.count() == count
    editor = get_user_model().objects.get(username="editor")
    assert editor.check_password(kept["password"])
    monkeypatch.setenv("DEMO_PASSWORD", "khac-hon-1")
    call_command("load_demo")
    editor.refresh_from_db()
    assert editor.check_password("khac-hon-1")
