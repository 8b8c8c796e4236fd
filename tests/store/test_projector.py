"""One projection at a time, of what was committed, whatever happens meanwhile."""

import json
import os
import signal
import subprocess
import sys
import threading
import time

import pytest
from django.db import connection, transaction
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from articles.models import Issuer
from cms.pages.publication import exempt
from cms.publishing.takedown.actions import take_down
from cms.store import page_changes, projector, related_changes, worked_out
from cms.store.checking import check
from cms.store.models import Change, ChangeLogHead, Event, Form, Item, RemovedItem
from cms.store.projector import newest, project_events
from cms.store.refreshing import refresh_for_a_while
from tests.factories import Office, fresh
from tests.store.test_faults import ROOT, database_url


def rename(page, title):
    """Another title for a live page, as the system."""
    page = fresh(page)
    page.title = title
    with exempt("system", "a test"):
        page.save()


def stored_title(page):
    """The title in what the store has of a page."""
    return json.loads(Form.objects.get(item__page_id=page.pk).detail)["title"]


def in_thread(function):
    """Starts `function` in a thread with a connection of its own."""

    def run():
        try:
            function()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


@pytest.mark.django_db(transaction=True)
def test_an_older_form_never_takes_the_place_of_a_newer_one(monkeypatch):
    """A projection that began before a change ends after it: the change is projected after it, and stays."""
    office = Office()
    page = office.put_live(office.news, office.article("Một"))
    made, slow = worked_out.project, threading.Event()
    first = threading.Event()

    def slowly(ids, root):
        found = made(ids, root)
        if not first.is_set():
            first.set()
            slow.wait(10)
        return found

    monkeypatch.setattr("cms.store.worked_out.project", slowly)
    one = in_thread(lambda: rename(page, "Hai"))
    assert first.wait(10)
    other = in_thread(lambda: rename(page, "Ba"))
    # Until the second change is committed, and its projection has had the time to overtake the first.
    end = time.monotonic() + 10
    while fresh(page).title != "Ba" and time.monotonic() < end:
        time.sleep(0.02)
    other.join(2)
    slow.set()
    one.join(30)
    other.join(30)
    newest()
    assert stored_title(page) == "Ba"
    numbers = list(Change.objects.values_list("seq", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert +check() == {}


@pytest.mark.django_db(transaction=True)
def test_what_is_taken_down_while_it_is_projected_stays_away(monkeypatch):
    office = Office()
    page = office.put_live(office.news, office.article("Một"))
    made = worked_out.project

    def hidden_meanwhile(ids, root):
        found = made(ids, root)
        monkeypatch.setattr("cms.store.worked_out.project", made)
        thread = in_thread(lambda: take_down(fresh(page), office.users["reviewer"], "hidden", "Sai."))
        end = time.monotonic() + 10
        while Event.objects.filter(kind="taken_down").count() == 0 and time.monotonic() < end:
            time.sleep(0.02)
        threads.append(thread)
        return found

    threads = []
    monkeypatch.setattr("cms.store.worked_out.project", hidden_meanwhile)
    rename(page, "Hai")
    for thread in threads:
        thread.join(30)
    assert not Item.objects.filter(page_id=page.pk).exists()
    newest()
    assert not Item.objects.filter(page_id=page.pk).exists()
    assert Change.objects.filter(key=str(page.pk)).last().gone
    assert not RemovedItem.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_removal_is_part_of_the_act(monkeypatch):
    """Whatever fails afterwards, what was taken down is gone."""
    office = Office()
    page = office.put_live(office.news, office.article("Một"))
    monkeypatch.setattr(projector, "_project", lambda *args, **kwargs: 1 / 0)
    take_down(page, office.users["reviewer"], "hidden", "Sai.")
    assert not Item.objects.filter(page_id=page.pk).exists()
    assert Event.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_inside_a_transaction_nobody_projects():
    office = Office()
    page = office.put_live(office.news, office.article("Một"))
    before = ChangeLogHead.objects.get().seq
    with transaction.atomic():
        rename(page, "Hai")
        assert newest().seq == before
        project_events()
        assert Event.objects.exists()
    assert newest().seq > before
    assert stored_title(page) == "Hai"


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_who_is_killed_while_projecting_loses_nothing(tmp_path):
    office = Office()
    page = office.put_live(office.news, office.article("Một"))
    code = (
        "import os, django; django.setup();"
        "from cms.store import writing, projector;"
        "write = projector.write;"
        "projector.write = lambda *args: (write(*args), os.kill(os.getpid(), 9));"
        "from articles.models import ArticlePage; from cms.pages.publication import exempt;"
        f"page = ArticlePage.objects.get(pk={page.pk}); page.title = 'Hai'\n"
        "with exempt('system', 'a test'): page.save()"
    )
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings.test", "DATABASE_URL": database_url()}
    killed = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, check=False)
    assert killed.returncode == -signal.SIGKILL
    assert Event.objects.exists(), "it was killed between writing and committing"
    assert stored_title(page) == "Một"
    newest()
    assert stored_title(page) == "Hai"
    assert not Event.objects.exists()
    numbers = list(Change.objects.values_list("seq", flat=True))
    assert numbers == list(range(1, len(numbers) + 1))
    assert +check() == {}


@pytest.mark.django_db(transaction=True)
def test_a_deleted_page_leaves_with_its_deletion(monkeypatch):
    office = Office()
    page = office.put_live(office.news, office.article("Một"))
    monkeypatch.setattr(projector, "_project", lambda *args, **kwargs: 1 / 0)
    fresh(page).delete()
    assert not Item.objects.filter(page_id=page.pk).exists()
    assert RemovedItem.objects.filter(page_id=page.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_a_page_is_restricted_while_another_one_deletes_it():
    """Neither waits for the other in a circle: PostgreSQL checks at the commit that the restricted page is there."""
    office = Office()
    page = office.put_live(office.news, office.article("Một"))
    with transaction.atomic():
        PageViewRestriction.objects.create(page=page, restriction_type="login")
        deleting = in_thread(fresh(page).delete)
        deleting.join(1)
    deleting.join(20)
    assert not Page.objects.filter(pk=page.pk).exists()
    assert not Item.objects.filter(page_id=page.pk).exists()


def test_one_that_is_set_aside_does_not_keep_others_away(office, monkeypatch, api):
    newest()
    made, section = worked_out.project, office.news
    with monkeypatch.context() as broken:
        broken.setattr(
            "cms.store.worked_out.project", lambda ids, root: 1 / 0 if section.pk in ids else made(ids, root)
        )
        rename(section, "Tin tức")
        newest()
        assert Event.objects.exclude(set_aside_until=None).exists()
        page = office.put_live(section, office.article("Mới"))
        assert api(f"pages/{page.pk}/")["title"] == "Mới"


@pytest.mark.parametrize("act", ["opened", "moved"])
def test_what_fails_below_a_section_is_told_as_what_befell_the_section(office, monkeypatch, api, act):
    page = office.put_live(office.news, office.article("Một"))
    address = api(f"pages/{page.pk}/")["meta"]["html_url"]
    if act == "opened":
        restriction = PageViewRestriction.objects.create(page=office.news, restriction_type="login")
        api(f"pages/{page.pk}/", status=404)
    last, made = newest().seq, worked_out.project
    with monkeypatch.context() as broken:
        broken.setattr("cms.store.worked_out.project", lambda ids, root: 1 / 0 if page.pk in ids else made(ids, root))
        if act == "opened":
            restriction.delete()
        else:
            section = fresh(office.news)
            section.slug = "tin"
            with exempt("system", "a test"):
                section.save()
        newest()
        newest()
        assert Event.objects.get().page_id == page.pk
        assert api(f"pages/{office.news.pk}/")["meta"]["slug"] == ("tin" if act == "moved" else office.news.slug)
    Event.objects.update(set_aside_until=None)
    now = api(f"pages/{page.pk}/")["meta"]["html_url"]
    row = [row for row in api("changes/", since=last)["items"] if row["id"] == page.pk][-1]
    assert not row["gone"]
    if act == "moved":
        assert now == address.replace("/tin-bai/", "/tin/")
        assert (row["kind"], row["old_path"]) == ("moved", f"/tin-bai/{page.slug}/")
    assert not Event.objects.exists()
    assert +check() == {}


def test_the_home_page_shows_what_featured_articles_show_now(office, api, client):
    page = office.publish(office.news, office.article("Nổi bật", featured_until=timezone.localdate()))
    category = page.category
    category.name = "Tên khác"
    category.save()
    assert api(f"pages/{office.home.pk}/")["featured"][0]["category"]["name"] == "Tên khác"


def test_many_that_show_something_are_stale_until_they_are_asked_for(office, api, monkeypatch):
    monkeypatch.setattr(page_changes, "EXACT", 2)
    monkeypatch.setattr(related_changes, "EXACT", 2)
    pages = [
        office.publish(office.documents, office.directive(f"{number}-CT/TU", issuers=["Tỉnh ủy"]))
        for number in range(4)
    ]
    last, issuer = newest().seq, Issuer.objects.get()
    issuer.name = "Ban Bí thư"
    issuer.save()
    rows = api("changes/", since=last, type="articles.DirectivePage")["items"]
    assert {row["id"] for row in rows} == {page.pk for page in pages}
    assert Item.objects.filter(stale=True).count() == len(pages)
    assert api(f"pages/{pages[0].pk}/")["issuers"][0]["name"] == "Ban Bí thư"
    assert Item.objects.filter(stale=True).count() == len(pages) - 1
    assert refresh_for_a_while() == len(pages) - 1
    assert api("search/", q="ban bí thư")["meta"]["total_count"] >= len(pages)
    assert (
        newest().seq == rows[-1]["seq"]
        or not api("changes/", since=rows[-1]["seq"], type="articles.DirectivePage")["items"]
    )


@pytest.mark.django_db(transaction=True)
def test_what_is_gone_is_not_counted_either(monkeypatch, client):
    office = Office()
    pages = [office.put_live(office.news, office.article(f"Tin {number}")) for number in range(3)]
    monkeypatch.setattr(projector, "_project", lambda *args, **kwargs: 1 / 0)
    fresh(pages[0]).delete()
    for query in (
        {"type": "articles.ArticlePage", "limit": 2},
        {"type": "articles.ArticlePage", "order": "title", "limit": 1},
    ):
        assert client.get("/api/v2/pages/", query).json()["meta"]["total_count"] == 2
