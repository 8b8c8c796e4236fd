"""Processes agree on the address of the site, and a reader who waits hears of a new epoch."""

import threading
import uuid

import pytest
from django.test import Client
from wagtail.models import Site

from cms.store.models import ChangeLogHead
from cms.store.projector import newest
from tests.factories import Office


def test_another_process_has_changed_the_address(office, api):
    page = office.put_live(office.news, office.article("Tin"))
    assert api(f"pages/{page.pk}/")["meta"]["html_url"].startswith("http://localhost/")
    # As another process does it: nothing in this one hears of it but the end of the feed.
    Site.objects.update(hostname="cong.example.org")
    ChangeLogHead.objects.filter(pk=1).update(
        epoch=uuid.uuid4(), address="cong.example.org:80 2", site_url="http://cong.example.org"
    )
    assert api(f"pages/{page.pk}/")["meta"]["html_url"].startswith("http://cong.example.org/")


def test_an_address_that_begins_alike_is_another_one(office, api):
    others = ["http://localhost:8080/a", "http://localhost.example.org/b", "http://localhosts/c"]
    page = office.article("Liên kết")
    page.body = [("paragraph", f'<p><a href="{href}">{href}</a></p>') for href in [*others, "http://localhost/d"]]
    page = office.put_live(office.news, page)
    newest()
    ChangeLogHead.objects.filter(pk=1).update(epoch=uuid.uuid4(), site_url="http://cong.example.org")
    shown = [block["value"] for block in api(f"pages/{page.pk}/")["body"]]
    assert [href for href in others if not any(f'"{href}"' in value for value in shown)] == []
    assert '"http://cong.example.org/d"' in shown[-1]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("says_epoch", [True, False])
def test_a_new_epoch_ends_the_wait_with_409(says_epoch):
    office = Office()
    office.put_live(office.news, office.article("Tin"))
    meta = Client().get("/api/v2/changes/").json()["meta"]
    since = {"since": meta["next"], "wait": 20, **({"epoch": meta["epoch"]} if says_epoch else {})}
    timer = threading.Timer(0.5, restore)
    timer.start()
    response = Client().get("/api/v2/changes/", since)
    timer.join()
    assert response.status_code == 409
    new = str(ChangeLogHead.objects.get(pk=1).epoch)
    assert new in response.json()["detail"]
    assert response["Change-Epoch"] == new


def restore():
    """As after a restored backup."""
    from django.db import connection

    ChangeLogHead.objects.filter(pk=1).update(epoch=uuid.uuid4())
    connection.close()
