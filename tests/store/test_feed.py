"""The feed as another app reads it, and the numbers in the other endpoints."""

import threading
import time

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client

from articles.models import ArticlePage
from cms.core.due import do_what_is_due
from cms.store.models import Change, ChangeLogHead
from cms.store.projector import newest
from cms.store.restore import renew_after_restore
from home.models import StandardPage
from tests.factories import Office, fresh


@pytest.fixture
def pages(office):
    return [office.put_live(office.news, office.article(f"Tin {number}")) for number in range(5)]


def test_read_in_portions_to_its_end(pages, api):
    seen, since = [], 0
    while True:
        answer = api("changes/", since=since, limit=3)
        seen += [row["seq"] for row in answer["items"]]
        since = answer["meta"]["next"]
        if not answer["meta"]["more"]:
            break
    assert seen == list(range(1, answer["meta"]["seq"] + 1))
    assert since == answer["meta"]["seq"]
    assert api("changes/", since=since)["items"] == []


def test_a_filter_passes_over_what_is_not_wanted_and_says_so(pages, api):
    answer = api("changes/", type="articles.ArticlePage,images")
    assert {row["type"] for row in answer["items"]} == {"articles.ArticlePage"}
    assert answer["meta"]["next"] == answer["meta"]["seq"]
    part = api("changes/", type="articles.ArticlePage", limit=2)
    assert part["meta"]["next"] == part["items"][-1]["seq"]
    assert part["meta"]["more"] is True


@pytest.mark.parametrize(
    ("parameters", "name"),
    [
        ({"since": "x"}, "since"),
        ({"since": "-1"}, "since"),
        ({"limit": "0"}, "limit"),
        ({"limit": "1001"}, "limit"),
        ({"wait": "31"}, "wait"),
        ({"wait": "x"}, "wait"),
        ({"type": "x"}, "type"),
        ({"type": "wagtailcore.Page"}, "type"),
        ({"unknown": "1"}, "unknown"),
        ({"epoch": ""}, "epoch"),
    ],
)
def test_what_makes_no_sense_is_refused(pages, api, parameters, name):
    assert api("changes/", status=400, **parameters)["parameter"] == name


def test_another_history_means_to_start_again(pages, api):
    head = newest()
    assert api("changes/", since=head.seq, epoch=str(head.epoch))["items"] == []
    future = api("changes/", status=409, since=head.seq + 1)
    assert future["parameter"] == "since"
    assert str(head.epoch) in future["detail"]
    call_command("renew_epoch", verbosity=0)
    assert api("changes/", status=409, since=head.seq, epoch=str(head.epoch))["parameter"] == "epoch"
    assert api("changes/", status=409, since=0, epoch="x")["parameter"] == "epoch"


def test_a_new_address_of_the_site_means_to_start_again(office, api):
    epoch = api("changes/")["meta"]["epoch"]
    site = office.home.get_site()
    site.port = 8001
    site.save()
    assert api("changes/", status=409, epoch=epoch)["parameter"] == "epoch"
    epoch = api("changes/")["meta"]["epoch"]
    site.save()
    assert api("changes/", epoch=epoch)["items"], "the same address is nothing new"


def test_every_answer_says_which_number_it_reflects(pages, api, client):
    head = newest()
    for path in ("pages/", f"pages/{pages[0].pk}/", "images/", "issuers/", "site/", "changes/", "pages/99999/"):
        response = client.get(f"/api/v2/{path}")
        assert (response["Change-Seq"], response["Change-Epoch"]) == (str(head.seq), str(head.epoch))


def test_rows_behind_the_models_are_found_and_appended(pages, office, api, caplog):
    call_command("reconcile_changes")
    last = newest().seq
    assert api("changes/", since=last)["items"] == []
    ArticlePage.objects.filter(pk=pages[0].pk).update(lead="Sửa sau lưng.")
    ArticlePage.objects.filter(pk=pages[1].pk).update(live=False)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE wagtailcore_page SET url_path = '/trang-chu/tin-bai/khac/' WHERE id = %s", [pages[2].pk])
        cursor.execute("UPDATE articles_category SET name = 'Tên khác'")
    call_command("reconcile_changes")
    rows = [(row["kind"], row["type"], row["id"]) for row in api("changes/", since=last)["items"]]
    assert ("changed", "articles.ArticlePage", pages[0].pk) in rows
    assert ("unpublished", "articles.ArticlePage", pages[1].pk) in rows
    assert ("moved", "articles.ArticlePage", pages[2].pk) in rows
    assert ("changed", "categories", "tin-hoat-dong") in rows
    assert ("changed", "articles.ArticlePage", pages[3].pk) in rows, "it shows the category"
    assert "appended" in caplog.text
    last = newest().seq
    call_command("reconcile_changes")
    assert newest().seq == last, "once"


def test_a_page_that_came_behind_the_models_is_found(pages, api):
    newest()
    ArticlePage.objects.filter(pk=pages[0].pk).update(live=False)
    call_command("reconcile_changes")
    ArticlePage.objects.filter(pk=pages[0].pk).update(live=True)
    call_command("reconcile_changes")
    kinds = [row["kind"] for row in api("changes/", type="articles.ArticlePage")["items"] if row["id"] == pages[0].pk]
    assert kinds == ["published", "unpublished", "published"]


@pytest.mark.slow
def test_a_move_of_a_thousand_is_a_thousand_rows_in_few_queries(office, api, django_assert_max_num_queries):
    parent = office.put_live(office.home, StandardPage(title="Kho"))
    target = office.put_live(office.home, StandardPage(title="Nơi khác"))
    for number in range(1000):
        parent.add_child(instance=StandardPage(title=f"Trang {number}", slug=f"trang-{number}", live=False))
    StandardPage.objects.filter(slug__startswith="trang-").update(live=True)
    call_command("reconcile_changes")
    last = newest().seq
    fresh(parent).move(fresh(target), pos="last-child")
    with django_assert_max_num_queries(160):
        newest()
    rows = api("changes/", since=last, limit=1000, type="home.StandardPage")["items"]
    assert len(rows) == 1000
    assert rows[1]["old_path"].startswith("/kho/trang-")
    assert rows[1]["path"].startswith("/noi-khac/kho/trang-")


@pytest.mark.django_db(transaction=True)
def test_somebody_who_waits_is_answered_when_something_happens():
    office = Office()
    page = office.draft(office.news, office.article("Tin"))
    office.submit(page)
    office.decide(page, "reviewer")
    last, answers = newest().seq, []

    def wait():
        started = time.monotonic()
        answers.append(Client().get("/api/v2/changes/", {"since": last, "wait": 20}).json())
        answers.append(time.monotonic() - started)
        connection.close()

    thread = threading.Thread(target=wait)
    thread.start()
    # That nobody is answered while nothing happens shows in time alone.
    time.sleep(0.8)
    assert answers == []
    office.decide(page, "approver")
    thread.join(20)
    assert answers[0]["items"][0]["id"] == page.pk
    assert answers[1] < 15


def test_somebody_who_waits_in_vain_is_answered_in_time(pages, api):
    last = newest().seq
    started = time.monotonic()
    answer = api("changes/", since=last, wait=1)
    assert answer["items"] == []
    assert time.monotonic() - started >= 1


@pytest.mark.django_db(transaction=True)
def test_a_restored_backup_begins_another_history(settings, tmp_path):
    settings.CHANGE_COUNTER = tmp_path / "counter"
    office = Office()
    office.put_live(office.news, office.article("Trước"))
    backup = ChangeLogHead.objects.values().get()
    assert not renew_after_restore()
    office.put_live(office.news, office.article("Sau"))
    ChangeLogHead.objects.filter(pk=1).update(generation=backup["generation"], seq=backup["seq"])
    assert renew_after_restore()
    assert ChangeLogHead.objects.get().epoch != backup["epoch"]
    assert not renew_after_restore(), "once"
    (tmp_path / "counter.json").write_text("nonsense")
    assert not renew_after_restore()


def test_what_was_missed_is_reported_once_a_day(pages, settings, clock, django_capture_on_commit_callbacks):
    settings.ADMINS = [("", "quan-tri@example.org")]
    assert do_what_is_due() == 0
    ArticlePage.objects.filter(pk=pages[0].pk).update(lead="Sửa sau lưng.")
    assert do_what_is_due() == 0
    assert mail.outbox == [], "not before the day is over"
    clock(hours=25)
    assert do_what_is_due() == 0
    (letter,) = mail.outbox
    assert letter.to == ["quan-tri@example.org"]
    assert "changed" in letter.body


def test_a_log_that_was_lost_begins_another_history(pages, settings, tmp_path):
    settings.CHANGE_COUNTER = tmp_path / "counter"
    head = newest()
    assert not renew_after_restore()
    Change.objects.filter(seq__gt=head.seq - 2).delete()
    assert renew_after_restore()
    renewed = ChangeLogHead.objects.get()
    assert renewed.epoch != head.epoch
    assert renewed.seq > head.seq, "no number is given twice"
    assert not renew_after_restore(), "once"
