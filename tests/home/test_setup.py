"""The set-up step and the demo."""

from django.contrib.auth.models import Group
from wagtail.models import GroupPagePermission, Page, Site, Workflow

from cms.accounts.roles import GROUPS
from cms.pages.publication import exempt
from home.models import HomePage
from home.set_site_address import follow
from home.setup import set_up


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
