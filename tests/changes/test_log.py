"""Every event that alters what is public is a row of the feed, and the numbers have no gaps."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction

from articles.models import (
    ArticleAttachment,
    ArticleDirective,
    Category,
    DirectiveRelation,
    Issuer,
    PlanTask,
    RelatedArticle,
    Unit,
)
from cms.accounts.roles import ADMIN, APPROVER, EDITOR, REVIEWER
from cms.changes.comparison import derive
from cms.changes.models import Change, Event, Head
from cms.changes.registry import PageForms, collections, page_forms
from cms.changes.sequencer import newest
from cms.erasure.actions import agree, propose
from cms.takedown.actions import confirm, end, take_down
from home.models import MenuItem, SiteSettings, StandardPage
from tests.factories import Office, fresh, make_document, make_image


@pytest.fixture
def since(api):
    """`since()` gives the rows since the last time it was asked (at first: since now), as (kind, type, id)."""
    last = api("changes/", limit=1000)["meta"]["seq"]

    def rows():
        nonlocal last
        answer = api("changes/", since=last, limit=1000)
        assert [row["seq"] for row in answer["items"]] == list(range(last + 1, answer["meta"]["seq"] + 1))
        last = answer["meta"]["next"]
        return [(row["kind"], row["type"], row["id"]) for row in answer["items"]]

    rows()
    return rows


def of_pages(rows):
    return [(kind, pk) for kind, name, pk in rows if "." in name]


@pytest.fixture
def news(office):
    return office.publish(office.news, office.article("Tin đầu"))


def test_published_first_and_again(office, since, api):
    page = office.draft(office.news, office.article("Tin"))
    office.submit(page)
    assert since() == [("added", "categories", "tin-hoat-dong")], "a draft is nothing to others"
    office.decide(page, REVIEWER)
    office.decide(page, APPROVER)
    rows = since()
    assert rows[0] == ("published", "articles.ArticlePage", page.pk)
    assert ("changed", "categories", "tin-hoat-dong") in rows, "it counts what it has"
    row = [row for row in api("changes/", type="articles.ArticlePage")["items"] if row["id"] == page.pk][-1]
    assert row["first"] is True
    assert (row["path"], row["old_path"], row["gone"]) == (f"/tin-bai/{page.slug}/", None, False)
    assert row["detail_url"].endswith(f"/api/v2/pages/{page.pk}/")
    office.revise(page, title="Tin sửa", change_kind="minor")
    office.approve(page)
    assert of_pages(since())[0] == ("published", page.pk)
    assert api("changes/", type="articles.ArticlePage")["items"][-1]["first"] is False


def test_unpublished_and_expired(office, news, since, clock):
    fresh(news).unpublish()
    assert of_pages(since()) == [("unpublished", news.pk)]
    other = office.draft(office.news, office.article("Có hạn"))
    office.revise(other, expire_at=timezone.now() + timedelta(hours=1))
    office.approve(other)
    since()
    clock(hours=2)
    call_command("publish_scheduled")
    assert of_pages(since()) == [("unpublished", other.pk)]


def test_scheduled_publication(office, since, clock):
    page = office.draft(office.news, office.article("Hẹn giờ"))
    office.revise(page, go_live_at=timezone.now() + timedelta(hours=1))
    office.approve(page)
    assert of_pages(since()) == []
    clock(hours=2)
    call_command("publish_scheduled")
    assert of_pages(since()) == [("published", page.pk)]


def test_deleted_and_purged(office, news, since, api):
    other = office.publish(office.news, office.article("Bí mật"))
    since()
    agree(propose("page", news.pk, "delete", office.users[EDITOR], "Trùng."), office.users[APPROVER])
    assert of_pages(since()) == [("deleted", news.pk)]
    agree(propose("page", other.pk, "purge", office.users[EDITOR], "Lọt."), office.users[APPROVER])
    assert of_pages(since()) == [("purged", other.pk)]
    row = [row for row in api("changes/", limit=1000)["items"] if row["id"] == other.pk][-1]
    assert (row["gone"], row["detail_url"]) == (True, None)


def test_who_showed_what_is_deleted(office, since):
    page = office.put_live(office.news, office.article("Tin"))
    other = office.article("Dẫn lại")
    other.related_links = [RelatedArticle(article=page)]
    other.tags.add("sắp bỏ")
    other = office.publish(office.news, other)
    since()
    fresh(page).delete()
    rows = of_pages(since())
    assert ("deleted", page.pk) in rows
    assert ("related", other.pk) in rows
    other.tags.first().delete()
    assert ("related", other.pk) in of_pages(since())


def test_moved_with_all_below(office, since, api):
    home = office.home
    parent = office.publish(home, StandardPage(title="Giới thiệu"))
    child = office.publish(parent, StandardPage(title="Chức năng"))
    grandchild = office.publish(child, StandardPage(title="Chi tiết"))
    target = office.publish(home, StandardPage(title="Nơi khác"))
    since()
    fresh(child).move(fresh(target), pos="last-child")
    rows = api("changes/", type="home.StandardPage")["items"][-2:]
    assert [(row["kind"], row["id"], row["old_path"], row["path"]) for row in rows] == [
        ("moved", child.pk, "/gioi-thieu/chuc-nang/", "/noi-khac/chuc-nang/"),
        ("moved", grandchild.pk, "/gioi-thieu/chuc-nang/chi-tiet/", "/noi-khac/chuc-nang/chi-tiet/"),
    ]


def test_a_new_address_takes_all_below_along(office, since):
    parent = office.publish(office.home, StandardPage(title="Giới thiệu"))
    child = office.publish(parent, StandardPage(title="Chức năng"))
    since()
    office.revise(parent, slug="ve-chung-toi", change_kind="minor")
    office.approve(parent)
    assert of_pages(since())[:2] == [("published", parent.pk), ("moved", child.pk)]


def test_privacy(office, since):
    parent = office.publish(office.home, StandardPage(title="Nội bộ"))
    child = office.publish(parent, StandardPage(title="Chi tiết"))
    since()
    restriction = PageViewRestriction.objects.create(page=parent, restriction_type="login")
    assert of_pages(since()) == [("privacy", parent.pk), ("privacy", child.pk)]
    assert Change.objects.filter(gone=True, key=str(child.pk)).exists()
    restriction.delete()
    assert of_pages(since()) == [("privacy", parent.pk), ("privacy", child.pk)]
    assert not Change.objects.filter(key=str(child.pk)).last().gone


def test_what_is_published_below_something_private_is_nothing_to_others(office, since):
    parent = office.publish(office.home, StandardPage(title="Nội bộ"))
    PageViewRestriction.objects.create(page=parent, restriction_type="login")
    since()
    office.publish(parent, StandardPage(title="Chi tiết"))
    assert of_pages(since()) == []


def test_hidden_taken_down_withdrawn_and_restored(office, news, since, api):
    takedown = take_down(news, office.users[REVIEWER], "hidden", "Sai.")
    assert of_pages(since()) == [("taken_down", news.pk)]
    end(takedown, office.users[APPROVER], "Đúng.")
    assert of_pages(since()) == [("restored", news.pk)]
    takedown = take_down(news, office.users[EDITOR], "withdrawn", "Cũ.")
    assert of_pages(since()) == [], "a proposal"
    confirm(takedown, office.users[APPROVER], "withdrawn", "Cũ.")
    assert of_pages(since()) == [("taken_down", news.pk)]
    assert not Change.objects.filter(key=str(news.pk)).last().gone, "it stays readable"


def test_an_alias(office, news, since):
    alias = fresh(news).create_alias(parent=office.news, update_slug="ban-khac", user=None)
    assert of_pages(since()) == [("published", alias.pk)]
    office.revise(news, title="Tin sửa", change_kind="minor")
    office.approve(news)
    assert {("published", news.pk), ("published", alias.pk)} <= set(of_pages(since()))


def test_files_come_and_go_with_what_shows_them(office, since):
    image, document = make_image(), make_document()
    page = office.article("Có tệp", image=image, image_alt="Ảnh")
    page.attachments = [ArticleAttachment(document=document)]
    assert not any(name in {"images", "documents"} for _kind, name, _pk in since())
    page = office.publish(office.news, page)
    assert {("added", "images", image.pk), ("added", "documents", document.pk)} <= set(since())
    other = office.publish(office.news, office.article("Cũng có", image=image, image_alt="Ảnh"))
    assert not any(name == "images" for _kind, name, _pk in since())
    fresh(page).unpublish()
    rows = since()
    assert ("removed", "documents", document.pk) in rows
    assert not any(name == "images" for _kind, name, _pk in rows)
    take_down(other, office.users[REVIEWER], "hidden", "Sai.")
    assert ("removed", "images", image.pk) in since()


def test_the_register_and_the_pages_that_show_it(office, since):
    issuer = Issuer.objects.create(name="Ban Vùng cao")
    assert since() == [], "nothing public shows it"
    page = office.publish(office.documents, office.directive("1-CT/TU", issuers=["Ban Vùng cao"]))
    assert ("added", "issuers", "ban-vung-cao") in since()
    issuer.name = "Ban Vùng cao và Biên giới"
    issuer.save()
    rows = since()
    assert ("changed", "issuers", "ban-vung-cao") in rows
    assert ("related", "articles.DirectivePage", page.pk) in rows


def test_categories_units_and_tags_are_seen_on_pages(office, since):
    article = office.article("Có thẻ")
    article.tags.add("chuyển đổi số")
    article = office.publish(office.news, article)
    unit = Unit.objects.create(name="Ban Dân vận")
    other = Unit.objects.create(name="Ban Tuyên giáo")
    plan = office.plan()
    task = PlanTask(title="Việc", lead_unit=unit)
    task.supporting_units = [other]
    plan.tasks = [task]
    plan = office.publish(office.plans, plan)
    since()
    for thing, page in (
        (Category.objects.get(), article),
        (article.tags.first(), article),
        (unit, plan),
        (other, plan),
    ):
        thing.name += " mới"
        thing.save()
        rows = since()
        assert ("related", pk := page.pk) in of_pages(rows), thing
        assert any(name in {"categories", "tags", "units"} and kind == "changed" for kind, name, _key in rows), pk


def test_settings_menus_and_redirects(office, news, since):
    settings = SiteSettings.for_site(office.home.get_site())
    settings.tagline = "Vì nhân dân"
    settings.save()
    assert since() == [("changed", "site", "site")]
    MenuItem.objects.create(settings=settings, menu="main", title="Tin", page=news)
    assert since() == [("changed", "site", "site")]
    office.revise(news, title="Tên khác", change_kind="minor")
    office.approve(news)
    assert ("changed", "site", "site") in since(), "the menu shows the title"
    redirect = Redirect.objects.create(old_path="/cu", redirect_page=news)
    assert since() == [("added", "redirects", redirect.pk)]
    number = redirect.pk
    redirect.delete()
    assert since() == [("removed", "redirects", number)]


def test_what_shows_the_title_of_another_page(office, since):
    directive = office.publish(office.documents, office.directive("2-CT/TU"))
    article = office.article("Về chỉ thị")
    article.article_directives = [ArticleDirective(directive=directive)]
    article = office.publish(office.news, article)
    other = office.article("Liên quan")
    other.related_links = [RelatedArticle(article=article)]
    other = office.publish(office.news, other)
    since()
    office.revise(article, title="Tên mới", change_kind="minor")
    office.approve(article)
    assert of_pages(since()) == [("published", article.pk), ("related", other.pk)]
    office.revise(article, lead="Chỉ đổi tóm tắt.", change_kind="minor")
    office.approve(article)
    assert of_pages(since()) == [("published", article.pk)], "nothing that others show of it has changed"
    take_down(directive, office.users[REVIEWER], "hidden", "Sai.")
    assert of_pages(since()) == [("taken_down", directive.pk), ("related", article.pk)]


def test_the_other_end_of_a_relation(office, since):
    old = office.publish(office.documents, office.directive("3-CT/TU", issued_on=date(2016, 1, 1)))
    since()
    new = office.directive("4-CT/TU", issued_on=date(2017, 1, 1))
    new.outgoing_relations = [DirectiveRelation(kind="replaces", target=old)]
    new = office.publish(office.documents, new)
    rows = of_pages(since())
    assert ("related", old.pk) in rows
    assert rows.index(("related", old.pk)) > rows.index(("published", new.pk))
    draft = fresh(new).get_latest_revision_as_object()
    draft.outgoing_relations = []
    draft.change_kind = "minor"
    draft.save_revision(user=office.users[EDITOR])
    office.approve(new)
    assert of_pages(since()) == [("published", new.pk), ("related", old.pk)], "the relation that was taken away, too"


def test_the_home_page_lists_what_is_featured(office, since):
    page = office.publish(office.news, office.article("Nổi bật", featured_until=timezone.localdate()))
    assert of_pages(since()) == [("published", page.pk), ("related", office.home.pk)]


def test_an_ancestor_that_others_name(office, since):
    page = office.publish(office.news, office.article("Tin"))
    since()
    office.revise(office.news, title="Tin tức", change_kind="minor")
    office.approve(office.news)
    rows = since()
    assert ("published", office.news.pk) in of_pages(rows)
    assert ("related", page.pk) in of_pages(rows)
    assert ("changed", "site", "site") in rows


def test_what_changes_with_the_day(office, since, clock):
    tomorrow = timezone.localdate() + timedelta(days=1)
    directive = office.publish(
        office.documents,
        office.directive("30/2020/NĐ-CP", "nghi-dinh", effective_on=tomorrow, issued_on=timezone.localdate()),
    )
    plan = office.plan(tasks=[{"title": "Việc", "deadline_on": timezone.localdate(), "deadline_precision": "day"}])
    plan = office.publish(office.plans, plan)
    featured = office.publish(office.news, office.article("Nổi bật", featured_until=timezone.localdate()))
    since()
    assert derive() == 0
    clock(days=1)
    derive()
    rows = of_pages(since())
    assert set(rows) == {("derived", directive.pk), ("derived", plan.pk), ("derived", office.home.pk)}
    assert ("derived", featured.pk) not in rows
    assert derive() == 0
    assert since() == []


def test_a_file_that_is_purged(office, since):
    document = make_document()
    page = office.article("Có tệp")
    page.attachments = [ArticleAttachment(document=document)]
    page = office.publish(office.news, page)
    since()
    agree(propose("document", document.pk, "purge", office.users[EDITOR], "Lọt."), office.users[APPROVER])
    rows = since()
    assert ("removed", "documents", document.pk) in rows
    assert ("related", page.pk) in of_pages(rows)


def test_a_supporting_unit_that_is_deleted(office, since):
    unit = Unit.objects.create(name="Ban Tuyên giáo")
    plan, task = office.plan(), PlanTask(title="Việc")
    task.supporting_units = [unit]
    plan.tasks = [task]
    plan = office.publish(office.plans, plan)
    since()
    unit.delete()
    assert ("related", plan.pk) in of_pages(since())


def test_a_restriction_that_is_put_on_another_page(office, since):
    one, other = (office.publish(office.home, StandardPage(title=title)) for title in ("Một", "Hai"))
    restriction = PageViewRestriction.objects.create(page=one, restriction_type="login")
    since()
    restriction.page = other
    restriction.save()
    assert set(of_pages(since())) == {("privacy", one.pk), ("privacy", other.pk)}


def test_another_root_of_the_site(office, since, api):
    page = office.publish(office.home, StandardPage(title="Trang con"))
    since()
    site = office.home.get_site()
    home, site.root_page = site.root_page, page
    site.save()
    assert ("unpublished", home.pk) in of_pages(since())
    site.root_page = home
    site.save()
    rows = of_pages(since())
    assert home.pk in [pk for _kind, pk in rows]
    assert office.news.pk in [pk for _kind, pk in rows]


def test_one_that_fails_holds_up_no_other(office, since, monkeypatch):
    """Neither a page whose form can't be made, nor a collection: the feed goes on and tells that it differs."""
    good, bad = (office.publish(office.news, office.article(title)) for title in ("Tốt", "Hỏng"))
    since()
    made = page_forms()
    broken = PageForms(lambda ids: 1 / 0 if bad.pk in ids else made.forms(ids), made.references, made.type_name)
    monkeypatch.setattr("cms.changes.pages.page_forms", lambda: broken)
    monkeypatch.setitem(collections(), "tags", lambda: 1 / 0)
    for page in (good, bad):
        fresh(page).save()
    assert set(of_pages(since())) == {("published", good.pk), ("published", bad.pk)}


@pytest.mark.parametrize("depth", [18])
def test_addresses_of_any_length(office, since, depth):
    parent = office.home
    for number in range(depth):
        parent = office.put_live(parent, StandardPage(title="x", slug=f"{number:03}" + "a" * 117))
    assert ("published", parent.pk) in of_pages(since())


def test_numbering_costs_nothing_where_nothing_happened(office, news, django_assert_num_queries):
    newest()
    with django_assert_num_queries(1):
        newest()


@pytest.mark.django_db(transaction=True)
def test_a_redirect_that_wagtail_makes_for_a_new_address(api):
    office = Office()
    page = office.publish(office.news, office.article("Tin"))
    office.revise(page, slug="dia-chi-moi", change_kind="minor")
    office.approve(page)
    redirect = Redirect.objects.get()
    assert (redirect.pk, "added") in [(row["id"], row["kind"]) for row in api("changes/", type="redirects")["items"]]


@pytest.mark.django_db(transaction=True)
def test_an_event_stands_or_falls_with_what_it_tells_of():
    office = Office()
    page = office.publish(office.news, office.article("Tin"))
    assert not Event.objects.exists(), "numbered right after the commit"
    before = Head.objects.get().seq
    with transaction.atomic():
        fresh(page).unpublish()
        assert Event.objects.exists()
        transaction.set_rollback(True)
    assert newest().seq == before
    assert not Event.objects.exists()


def test_users_are_nothing_to_others(office, since):
    office.users[ADMIN].full_name = "Khác"
    office.users[ADMIN].save()
    assert since() == []
