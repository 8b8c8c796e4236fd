"""What pages show by name is put right in the forms that are kept, without the tables that they were made of; and the
search follows.
"""

import json
import threading
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles.models import ArticleIndexPage, Category, DirectivePage, Issuer, Sector, Unit
from articles.news.models import ArticleAttachment, ArticleDirective, Tag
from articles.register.models import Level
from cms.accounts.roles import APPROVER, EDITOR
from cms.publishing.erasure.actions import propose
from cms.publishing.proposals.actions import agree
from cms.store import events, page_changes, refreshing, related_changes
from cms.store.checking import check
from cms.store.models import Form, Item, Patch
from cms.store.projector import newest
from cms.store.refreshing import refresh_stale_for_a_while
from tests.factories import Office, fresh, make_document

BATCH = 3


@pytest.fixture
def many(monkeypatch):
    """Makes what any two pages show be shown by many."""
    for module in (page_changes, related_changes, events):
        monkeypatch.setattr(module, "EXACT", 1)


@pytest.fixture
def shown(office):
    """Some of each type, which show one another and what is in the register; by name."""
    issuers = ["Tỉnh ủy", "Ban Dân vận"]
    sector = Sector.objects.create(name="Đất đai")
    units = [Unit.objects.create(name=name) for name in ("Ban Dân vận", "Huyện ủy Mường Ảng", "Thị ủy Mường Lay")]
    file = make_document("ke-hoach.txt", declared_by=office.users[EDITOR])
    cited = office.put_live(office.documents, office.directive("1-CT/TU", issuers=issuers, issued_on=date(2026, 1, 5)))
    for number in range(2, 2 + BATCH):
        article = office.article(f"Tin {number}")
        article.tags.add("chuyển đổi số", "an sinh", "đất đai")
        article.attachments = [ArticleAttachment(document=file)]
        article.article_directives = [ArticleDirective(directive=cited)]
        office.put_live(office.news, article)
        office.put_live(office.documents, office.directive(f"{number}-CT/TU", issuers=issuers, sector=sector))
        plan = office.plan(
            f"Kế hoạch {number}", tasks=[{"title": "Việc", "lead_unit": units[0]}], organisation=units[0]
        )
        plan.tasks.all()[0].supporting_units.set(units)
        office.put_live(office.plans, plan)
    newest()
    assert not any(check().values())
    return cited


def rename(model, named, /, **fields):
    """Gives the entry of this name other values, as an administrator does."""
    entry = model.objects.get(name=named)
    for field, value in fields.items():
        setattr(entry, field, value)
    entry.save()


def retitle(office, page, **fields):
    """Publishes a page with other values."""
    office.revise(page, **fields)
    office.approve(page)


def of_type(name):
    """The items of a page type."""
    return Item.objects.filter(type=f"articles.{name}")


CASES = {
    "an issuer": (lambda office, cited: rename(Issuer, "Tỉnh ủy", name="Ban Bí thư"), lambda: of_type("DirectivePage")),
    "its address": (
        lambda office, cited: rename(Issuer, "Tỉnh ủy", slug="bi-thu", code="BBT"),
        lambda: of_type("DirectivePage"),
    ),
    "a sector that is called as a tag": (
        lambda office, cited: rename(Sector, "Đất đai", name="Tài nguyên"),
        lambda: of_type("DirectivePage").exclude(page_id=DirectivePage.objects.get(reference="01-CT/TU").pk),
    ),
    "a unit, which then stands elsewhere": (
        lambda office, cited: rename(Unit, "Ban Dân vận", name="Văn phòng"),
        lambda: of_type("TaskPlanPage"),
    ),
    "a category": (
        lambda office, cited: rename(Category, "Tin hoạt động", name="Thời sự"),
        lambda: of_type("ArticlePage"),
    ),
    "a tag, which then stands elsewhere": (
        lambda office, cited: rename(Tag, "an sinh", name="xã hội"),
        lambda: of_type("ArticlePage"),
    ),
    "a document": (
        lambda office, cited: retitle(office, cited, subject="Công tác dân vận, tôn giáo"),
        lambda: of_type("ArticlePage"),
    ),
    "a section": (
        lambda office, cited: retitle(office, ArticleIndexPage.objects.get(), title="Tin tức, sự kiện"),
        lambda: of_type("ArticlePage"),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_the_forms_of_many_are_patched_later(shown, office, many, case):
    alter, expected = CASES[case]
    alter(office, shown)
    newest()
    stale = Item.objects.filter(stale=True)
    wanted = set(expected())
    assert set(stale) == wanted
    assert not stale.filter(first_patch=None).exists()
    with CaptureQueriesContext(connection) as queries:
        assert refresh_stale_for_a_while() == len(wanted)
    assert not [query["sql"] for query in queries if "wagtailcore_" in query["sql"] or "articles_" in query["sql"]]
    assert not Item.objects.filter(stale=True).exists()
    assert not Patch.objects.exists()
    assert not any(check().values()), "as if they had been made anew"


@pytest.mark.parametrize("case", CASES)
def test_the_forms_of_few_are_right_when_it_is_told(shown, office, since, case):
    alter, expected = CASES[case]
    before = dict(Item.objects.values_list("pk", "digest"))
    alter(office, shown)
    assert {key for kind, _type, key in since() if kind == "related"} >= {item.page_id for item in expected()}
    assert not Item.objects.filter(stale=True).exists()
    assert all(item.digest != before[item.pk] for item in expected())
    assert not any(check().values())


def test_changes_one_after_the_other_and_at_once(shown, office, many, api):
    rename(Issuer, "Tỉnh ủy", name="A")
    newest()
    rename(Issuer, "A", name="B")
    # Two that exchange their names, in one projection.
    rename(Unit, "Thị ủy Mường Lay", name="tạm")
    newest()
    rename(Unit, "Huyện ủy Mường Ảng", name="Thị ủy Mường Lay")
    rename(Unit, "tạm", name="Huyện ủy Mường Ảng")
    newest()
    one = of_type("DirectivePage").first()
    assert [issuer["name"] for issuer in api(f"pages/{one.page_id}/")["issuers"]] == ["B", "Ban Dân vận"]
    rename(Issuer, "B", name="C")
    newest()
    assert [issuer["name"] for issuer in api(f"pages/{one.page_id}/")["issuers"]] == ["C", "Ban Dân vận"]
    refresh_stale_for_a_while()
    assert not any(check().values())


def test_what_reads_alike_on_one_page_is_made_anew(shown, office, many):
    """Nobody could tell by the form which of them was renamed."""
    unit = Unit.objects.get(name="Ban Dân vận")
    Sector.objects.create(name="Ban Dân vận", slug=unit.slug)
    page = office.put_live(
        office.documents,
        office.directive("9-CT/TU", issuers=["Ban Dân vận"], sector=Sector.objects.get(name="Ban Dân vận")),
    )
    newest()
    rename(Issuer, "Ban Dân vận", name="Ban Dân vận và Mặt trận")
    newest()
    assert [item.page_id for item in Item.objects.filter(stale=True, first_patch=None)] == [page.pk]
    assert Item.objects.filter(stale=True).count() == of_type("DirectivePage").count()
    refresh_stale_for_a_while()
    assert not any(check().values())


def test_a_text_that_links_to_an_address_that_changed_is_made_anew(shown, office, many, api):
    articles = []
    for number in range(2):
        article = office.article(f"Dẫn {number}")
        article.body = [("paragraph", f'<p><a linktype="page" id="{shown.pk}">Chỉ thị</a></p>')]
        article.article_directives = [ArticleDirective(directive=shown)]
        articles.append(office.put_live(office.news, article))
    newest()
    page = fresh(shown)
    page.slug = "dia-chi-moi"
    retitle(office, page, slug="dia-chi-moi")
    newest()
    assert "dia-chi-moi" in str(api(f"pages/{articles[0].pk}/")["body"])
    refresh_stale_for_a_while()
    assert not any(check().values())


def test_what_is_stale_for_more_than_a_name_is_made_anew(shown, office, many, api):
    rename(Issuer, "Tỉnh ủy", level=Level.DISTRICT)
    rename(Issuer, "Ban Dân vận", name="Ban Dân vận và Mặt trận")
    newest()
    Item.objects.filter(page_id=shown.pk).update(stale=True, first_patch=None)
    rename(Issuer, "Tỉnh ủy", name="Tỉnh uỷ mới")
    newest()
    assert Item.objects.get(page_id=shown.pk).first_patch is None
    refresh_stale_for_a_while()
    assert not any(check().values())


def test_the_search_finds_the_new_name_when_the_forms_are_patched(shown, office, many, client):
    """Also who asked too early, and was given nothing, is given it then."""
    rename(Issuer, "Tỉnh ủy", name="Xyz")
    address = "/api/v2/search/?q=xyz"
    assert client.get(address).json()["meta"]["total_count"] == 0
    refresh_stale_for_a_while()
    assert client.get(address).json()["meta"]["total_count"] == of_type("DirectivePage").count()
    assert {issuer for one in client.get(address).json()["items"] for issuer in one["issuers"]} == {
        "Xyz",
        "Ban Dân vận",
    }


@pytest.mark.parametrize("lost", ["gone", "of another version"])
def test_without_its_patch_a_form_is_made_anew(shown, office, many, lost):
    """As after a part of a backup was restored, or while an older program writes the patch."""
    rename(Issuer, "Tỉnh ủy", name="Ban Bí thư")
    newest()
    Patch.objects.all().delete() if lost == "gone" else Patch.objects.update(version="another")
    rename(Issuer, "Ban Dân vận", name="Ban Dân vận và Mặt trận")
    newest()
    refresh_stale_for_a_while()
    assert not any(check().values())


def test_a_patch_stays_while_a_form_lacks_it(shown, office, many, monkeypatch):
    rename(Issuer, "Tỉnh ủy", name="A")
    newest()
    monkeypatch.setattr(refreshing, "STALE_PORTION", 1)
    assert refresh_stale_for_a_while(seconds=0.001) < of_type("DirectivePage").count()
    rename(Issuer, "A", name="B")
    newest()
    assert not Item.objects.filter(stale=True, first_patch=None).exists()
    with CaptureQueriesContext(connection) as queries:
        refresh_stale_for_a_while()
    assert not [query["sql"] for query in queries if "wagtailcore_" in query["sql"] or "articles_" in query["sql"]]
    assert not any(check().values())


def test_a_purge_leaves_no_title_in_a_patch(shown, office, many):
    retitle(office, shown, subject="Bí mật")
    newest()
    assert "Bí mật" in Patch.objects.get().shown
    agree(propose("page", shown.pk, "purge", office.users[EDITOR], "Lọt."), office.users[APPROVER])
    newest()
    assert not Patch.objects.exists()
    refresh_stale_for_a_while()
    assert not any(check().values())


@pytest.mark.django_db(transaction=True)
def test_what_is_renamed_while_forms_are_patched_is_patched_too(many, monkeypatch):
    """The projector marks a form that is just being written: it waits, and marks what is written."""
    office = Office()
    pages = [
        office.put_live(office.documents, office.directive(f"{number}-CT/TU", issuers=["Tỉnh ủy"]))
        for number in range(3)
    ]
    newest()
    rename(Issuer, "Tỉnh ủy", name="A")
    newest()
    written, goes_on = threading.Event(), threading.Event()
    write = refreshing.write_patched

    def write_slowly(*args):
        write(*args)
        written.set()
        goes_on.wait(10)

    monkeypatch.setattr(refreshing, "write_patched", write_slowly)
    patching = threading.Thread(target=in_thread, args=(refresh_stale_for_a_while,))
    patching.start()
    assert written.wait(10)
    renaming = threading.Thread(target=in_thread, args=(rename, Issuer, "A"), kwargs={"name": "B"})
    renaming.start()
    # It can't come to its end before the other one.
    renaming.join(1)
    goes_on.set()
    for thread in (patching, renaming):
        thread.join(30)
    newest()
    refresh_stale_for_a_while()
    names = [json.loads(form)["issuers"][0]["name"] for form in forms_of(pages)]
    assert names == ["B"] * len(pages)


def in_thread(do, *args, **kwargs):
    """Does something with a connection of its own."""
    try:
        do(*args, **kwargs)
    finally:
        connection.close()


def forms_of(pages):
    """The details that are kept of pages."""
    return Form.objects.filter(item__page_id__in=[page.pk for page in pages]).values_list("detail", flat=True)
