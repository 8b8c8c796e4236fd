"""Every event that alters what is public is a row of the feed, and the numbers have no gaps."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from wagtail.models import PageViewRestriction

from cms.accounts.roles import APPROVER, EDITOR, REVIEWER
from cms.pages.publication import exempt
from cms.publishing.erasure.actions import propose
from cms.publishing.proposals.actions import agree, refuse
from cms.publishing.takedown.actions import take_down
from cms.store.models import Change, ChangeLogHead, Event
from cms.store.projection.pages import project
from cms.store.projection.registry import collections
from cms.store.projector import newest
from home.models import StandardPage
from tests.factories import Office, fresh

from .rows import of_pages


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
    proposal = take_down(news, office.users[REVIEWER], "hidden", "Sai.")
    assert of_pages(since()) == [("taken_down", news.pk)]
    refuse(proposal, office.users[APPROVER], "Đúng.")
    assert of_pages(since()) == [("restored", news.pk)]
    proposal = take_down(news, office.users[EDITOR], "withdrawn", "Cũ.")
    assert of_pages(since()) == [], "a proposal"
    agree(proposal, office.users[APPROVER], kind="withdrawn", reason="Cũ.")
    assert of_pages(since()) == [("taken_down", news.pk)]
    assert not Change.objects.filter(key=str(news.pk)).last().gone, "it stays readable"


def test_an_alias(office, news, since):
    alias = fresh(news).create_alias(parent=office.news, update_slug="ban-khac", user=None)
    assert of_pages(since()) == [("published", alias.pk)]
    office.revise(news, title="Tin sửa", change_kind="minor")
    office.approve(news)
    assert {("published", news.pk), ("published", alias.pk)} <= set(of_pages(since()))


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


def test_one_that_fails_holds_up_no_other(office, since, api, monkeypatch, clock, settings):
    """Neither a page whose form can't be made, nor a collection: the feed goes on, and tells of it when it can."""
    settings.ADMINS = [("", "quan-tri@example.org")]
    good, bad = (office.publish(office.news, office.article(title)) for title in ("Tốt", "Hỏng"))
    since()
    # No content that the product takes makes a form fail, so the fault is put in.
    with monkeypatch.context() as broken:
        broken.setattr("cms.store.worked_out.project", lambda ids, root: 1 / 0 if bad.pk in ids else project(ids, root))
        broken.setitem(collections(), "tags", replace(collections()["tags"], entries=lambda ids: 1 / 0))
        for page in (good, bad):
            page = fresh(page)
            page.lead = "Khác."
            with exempt("system", "a test"):
                page.save()
        assert of_pages(since()) == [("published", good.pk)]
        assert api(f"pages/{bad.pk}/")["lead"] == "Tóm tắt.", "the old form stays"
        assert str(bad.pk) in mail.outbox[-1].body
        assert of_pages(since()) == []
    clock(minutes=5)
    assert of_pages(since()) == [("published", bad.pk)]
    assert api(f"pages/{bad.pk}/")["lead"] == "Khác."


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
def test_an_event_stands_or_falls_with_what_it_tells_of():
    office = Office()
    page = office.publish(office.news, office.article("Tin"))
    assert not Event.objects.exists(), "numbered right after the commit"
    before = ChangeLogHead.objects.get().seq
    with transaction.atomic():
        fresh(page).unpublish()
        assert Event.objects.exists()
        transaction.set_rollback(True)
    assert newest().seq == before
    assert not Event.objects.exists()
