"""What readers see of the configuration is changed by two people."""

import json
import re

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from articles.models import Category, DirectiveIssuer, DirectivePage, Issuer, Unit
from cms.accounts.roles import ADMIN, APPROVER, REVIEWER
from cms.core.links import check_link
from cms.publishing.proposals.actions import agree
from cms.publishing.proposals.models import Proposal
from cms.publishing.record.models import RecordEntry
from home.models import MenuItem, SiteSettings
from tests.factories import fresh, make_user


def post(client, address, data):
    with TestCase.captureOnCommitCallbacks(execute=True):
        return client.post(address, data, follow=True)


def rename(client, entry, **values):
    """Changes an entry of the register by its form."""
    model = type(entry)
    data = {"name": entry.name, "code": entry.code, "slug": entry.slug}
    if isinstance(entry, Issuer):
        data |= {"level": entry.level, "exists_from": "", "exists_until": "", "other_names": entry.other_names}
    url = reverse(f"wagtailsnippets_articles_{model._meta.model_name}:edit", args=[entry.pk])
    return post(client, url, {**data, **values})


def the_proposal():
    return Proposal.objects.get(decided_at=None)


def confirm(client):
    return post(client, reverse("proposal", args=[the_proposal().pk]), {"agree": "1"})


@pytest.fixture
def issuer(office):
    """An issuer that one approved document names."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        office.publish(office.documents, office.directive(issuers=["Ban Vùng cao"]))
    mail.outbox.clear()
    return Issuer.objects.get()


def test_a_renamed_issuer(office, login, issuer, api):
    content = rename(login(ADMIN), issuer, name="Ban Dân vận").content.decode()
    assert "Ban Vùng cao" in content
    assert "Ban Dân vận" in content
    assert "Trang công khai" in content
    issuer.refresh_from_db()
    assert issuer.name == "Ban Vùng cao"
    assert {address for message in mail.outbox for address in message.to} == {
        "reviewer@example.org",
        "approver@example.org",
    }
    with pytest.raises(PermissionDenied):
        agree(the_proposal(), office.users[ADMIN])
    confirm(login(REVIEWER))
    issuer.refresh_from_db()
    assert issuer.name == "Ban Dân vận"
    assert api("issuers/")["items"][0]["name"] == "Ban Dân vận"
    page = DirectivePage.objects.get()
    content = login(APPROVER).get(reverse("record_trail", args=[page.pk])).content.decode()
    assert "Ban Vùng cao → Ban Dân vận" in content
    entries = RecordEntry.objects.filter(data__model="articles.Issuer", data__object=str(issuer.pk))
    changed = entries.filter(kind="configuration_changed", data__has_key="changes").last()
    assert changed.data["changes"]["name"] == ["Ban Vùng cao", "Ban Dân vận"]
    assert list(entries.filter(kind__startswith="propos").values_list("kind", flat=True)) == [
        "proposed",
        "proposal_agreed",
    ]


def test_level_and_successors_of_an_issuer(login, issuer):
    other = Issuer.objects.create(name="Ban cũ")
    rename(login(ADMIN), issuer, level="district", predecessors=[other.pk])
    issuer.refresh_from_db()
    assert (issuer.level, list(issuer.predecessors.all())) == ("province", [])
    confirm(login(APPROVER))
    issuer.refresh_from_db()
    assert (issuer.level, list(issuer.predecessors.all())) == ("district", [other])


def test_what_only_drafts_name_is_changed_by_one(office, login):
    office.draft(office.documents, office.directive(issuers=["Ban Vùng cao"]))
    issuer = Issuer.objects.get()
    rename(login(ADMIN), issuer, name="Ban Dân vận")
    issuer.refresh_from_db()
    assert issuer.name == "Ban Dân vận"
    assert not Proposal.objects.exists()


def test_what_people_are_asked_to_approve_is_not_renamed_meanwhile(office, login):
    page = office.draft(office.documents, office.directive(issuers=["Ban Vùng cao"]))
    office.submit(page)
    rename(login(ADMIN), Issuer.objects.get(), name="Ban Dân vận")
    assert Issuer.objects.get().name == "Ban Vùng cao"
    assert the_proposal().changes["pages"] == 0


def test_a_new_category_and_its_name(office, login, api):
    url = reverse("wagtailsnippets_articles_category:add")
    post(login(ADMIN), url, {"name": "Chuyên mục mới", "code": "", "slug": ""})
    assert not Category.objects.filter(name="Chuyên mục mới").exists()
    confirm(login(APPROVER))
    category = Category.objects.get(name="Chuyên mục mới")
    assert category.slug == "chuyen-muc-moi"
    rename(login(ADMIN), category, name="Tên khác")
    assert Category.objects.filter(name="Chuyên mục mới").exists()
    Category.objects.filter(pk=category.pk).update(name="Đã đổi")
    content = confirm(login(APPROVER)).content.decode()
    assert "đề nghị lại" in content
    assert Category.objects.get(pk=category.pk).name == "Đã đổi"


def test_a_unit_that_nobody_names(login, office):
    unit = Unit.objects.create(name="Phòng")
    rename(login(ADMIN), unit, name="Phòng Tổng hợp")
    unit.refresh_from_db()
    assert unit.name == "Phòng Tổng hợp"


def settings_form(**changes):
    """What the form of the settings sends."""
    data = {
        "name": "", "tagline": "", "managing_body": "", "address": "", "phone": "", "email": "",
        "person_responsible": "", "emblem": "", "emblem_alt": "", "footer_text": "null", "contact": "null",
        "information_access": "null", "accessibility": "null", "menu_items-TOTAL_FORMS": "0",
        "menu_items-INITIAL_FORMS": "0", "menu_items-MIN_NUM_FORMS": "0", "menu_items-MAX_NUM_FORMS": "1000",
    }  # fmt: skip
    return {**data, **changes}


CONTACT = {
    "blocks": [
        {"key": "zzzzz", "text": "Giờ làm việc", "type": "unstyled", "depth": 0, "inlineStyleRanges": [],
         "entityRanges": []}
    ],
    "entityMap": {},
}  # fmt: skip


def item(number, **values):
    fields = {"menu": "main", "title": "", "page": "", "url": "", "id": "", "ORDER": str(number), "DELETE": ""}
    return {f"menu_items-{number}-{name}": value for name, value in {**fields, **values}.items()}


def test_a_menu_and_the_footer(office, login, api):
    site = Site.objects.get()
    url = reverse("wagtailsettings:edit", args=["home", "sitesettings", site.pk])
    SiteSettings.objects.create(site=site, contact='<p data-block-key="a">Giờ làm việc</p>')
    data = settings_form(
        contact=json.dumps(CONTACT), phone="0210 000 000", **item(0, title="Nơi khác", url="https://example.org/")
    )
    data["menu_items-TOTAL_FORMS"] = "1"
    content = post(login(ADMIN), url, data).content.decode()
    assert "https://example.org/" in content
    assert not MenuItem.objects.exists()
    assert api("site/")["phone"] in (None, "")
    # Rich text that nobody touched is no change, though the editor numbers its paragraphs anew.
    assert set(the_proposal().changes["values"]) == {"phone", "menu_items"}
    confirm(login(REVIEWER))
    assert [(one.title, one.url) for one in MenuItem.objects.all()] == [("Nơi khác", "https://example.org/")]
    assert SiteSettings.objects.get().phone == "0210 000 000"
    assert api("site/")["phone"] == "0210 000 000"


def test_a_redirect_to_another_site(office, login, client):
    url = reverse("wagtailredirects:add")
    data = {"old_path": "/cu", "site": "", "is_permanent": "on", "redirect_page": ""}
    post(login(ADMIN), url, {**data, "redirect_link": "https://example.org/"})
    assert not Redirect.objects.exists()
    confirm(login(APPROVER))
    assert Redirect.objects.get().redirect_link == "https://example.org/"
    post(login(ADMIN), url, {**data, "old_path": "/khac", "redirect_link": "/van-ban/?year=2016"})
    assert Redirect.objects.filter(old_path="/khac").exists()
    assert not Proposal.objects.filter(decided_at=None).exists()
    own = Redirect.objects.get(old_path="/khac")
    edit = reverse("wagtailredirects:edit", args=[own.pk])
    post(login(ADMIN), edit, {**data, "old_path": "/khac", "redirect_link": "https://example.org/"})
    own.refresh_from_db()
    assert own.redirect_link == "/van-ban/?year=2016"


def test_the_address_of_the_site(office, client):
    client.force_login(make_user("chu", is_superuser=True))
    site = Site.objects.get()
    data = {"hostname": "gia.example.org", "port": 443, "site_name": "", "root_page": site.root_page_id}
    post(client, reverse("wagtailsites:edit", args=[site.pk]), {**data, "is_default_site": "on"})
    assert Site.objects.get().hostname == site.hostname
    post(client, reverse("wagtailsites:add"), data)
    post(client, reverse("wagtailsites:delete", args=[site.pk]), {})
    assert Site.objects.count() == 1
    agree(Proposal.objects.get(object_id=None), office.users[ADMIN])
    assert Site.objects.filter(hostname="gia.example.org").exists()


def bring_in(client, rows):
    """Imports redirects from a file, as Wagtail's two screens do."""
    file = SimpleUploadedFile("r.csv", f"from,to\n{rows}".encode(), "text/csv")
    confirming = post(client, reverse("wagtailredirects:start_import"), {"import_file": file, "input_format": "0"})
    hidden = r'name="(import_file_name|original_file_name|input_format)" value="([^"]*)"'
    data = dict(re.findall(hidden, confirming.content.decode()))
    data |= {"from_index": "0", "to_index": "1", "site": "", "permanent": "on"}
    return post(client, reverse("wagtailredirects:process_import"), data)


def test_an_import_brings_no_redirect_to_another_site(office, login):
    client = login(ADMIN)
    bring_in(client, "/a,/van-ban/\n")
    assert Redirect.objects.get().redirect_link == "/van-ban/"
    bring_in(client, "/b,https://example.org/\n/c,/tin-bai/\n")
    assert set(Redirect.objects.values_list("old_path", flat=True)) == {"/a", "/c"}


@pytest.mark.parametrize(
    "link", ["//example.org/", "/\\example.org", "\\\\example.org", "javascript:alert(1)", "/a\tb", "ht\ntp://a.vn/",
             "/\x7f", "https://", "example.org", "ftp://example.org/", "https://example.org/\\@a"],
)  # fmt: skip
def test_links_that_lead_elsewhere_than_they_look(link):
    with pytest.raises(ValidationError):
        check_link(link)


@pytest.mark.parametrize("link", ["/", "/van-ban/?year=2016", "https://example.org/a?b=c#d", "http://vi.example.org"])
def test_links_that_are_taken(link):
    check_link(link)


def test_the_first_administrator_sets_up_the_site(db, client):
    client.force_login(make_user("dau", ADMIN))
    site = Site.objects.get()
    url = reverse("wagtailsettings:edit", args=["home", "sitesettings", site.pk])
    post(client, url, settings_form(name="Cổng thông tin"))
    assert SiteSettings.objects.get().name == "Cổng thông tin"
    assert "dau@example.org" in {address for message in mail.outbox for address in message.to}


def test_an_issuer_that_a_correction_of_a_public_page_names(office, login, issuer):
    """What is stored of a live page does not know what its draft in review says."""
    page, other = DirectivePage.objects.get(), Issuer.objects.create(name="Ban khác")
    office.revise(page, directive_issuers=[DirectiveIssuer(issuer=other)], change_kind="minor")
    office.submit(page)
    rename(login(ADMIN), other, name="Tên khác")
    other.refresh_from_db()
    assert other.name == "Ban khác"
    assert the_proposal().subject.endswith("Ban khác")


def test_what_readers_see_is_deleted_by_two(office, login):
    category, another = Category.objects.create(name="Trống"), Category.objects.create(name="Khác")
    redirect = Redirect.objects.create(old_path="/cu", redirect_link="https://example.org/")
    own = Redirect.objects.create(old_path="/moi", redirect_link="/van-ban/")
    unit = Unit.objects.create(name="Phòng")
    post(login(ADMIN), reverse("wagtailsnippets_articles_category:delete", args=[category.pk]), {})
    confirm(login(APPROVER))
    assert not Category.objects.filter(pk=category.pk).exists()
    post(login(ADMIN), f"/admin/bulk/articles/category/delete/?id={another.pk}", {})
    assert Category.objects.filter(pk=another.pk).exists()
    confirm(login(APPROVER))
    post(login(ADMIN), reverse("wagtailredirects:delete", args=[redirect.pk]), {})
    assert Redirect.objects.filter(pk=redirect.pk).exists()
    confirm(login(REVIEWER))
    assert not Redirect.objects.filter(pk=redirect.pk).exists()
    post(login(ADMIN), reverse("wagtailredirects:delete", args=[own.pk]), {})
    post(login(ADMIN), reverse("wagtailsnippets_articles_unit:delete", args=[unit.pk]), {})
    assert not Redirect.objects.exists()
    assert not Unit.objects.exists()


def test_a_menu_item_of_a_page_that_is_gone_meanwhile(office, login):
    site, page = Site.objects.get(), office.draft(office.news, office.article("Tin"))
    url = reverse("wagtailsettings:edit", args=["home", "sitesettings", site.pk])
    data = settings_form(**item(0, title="Tin", page=str(page.pk)))
    data["menu_items-TOTAL_FORMS"] = "1"
    post(login(ADMIN), url, data)
    fresh(page).delete()
    answer = confirm(login(APPROVER))
    assert answer.status_code == 200
    assert the_proposal().is_open
    assert not MenuItem.objects.exists()


def test_one_address_leads_to_one_other_site(office, login):
    url = reverse("wagtailredirects:add")
    data = {"old_path": "/cu", "site": "", "is_permanent": "on", "redirect_page": ""}
    post(login(ADMIN), url, {**data, "redirect_link": "https://example.org/"})
    first = the_proposal()
    post(login(ADMIN), url, {**data, "redirect_link": "https://example.com/"})
    assert the_proposal() == first
    both = {**data, "redirect_page": str(office.news.pk), "redirect_link": "https://example.org/"}
    assert "một trong hai" in post(login(ADMIN), url, {**both, "old_path": "/hai"}).content.decode()
