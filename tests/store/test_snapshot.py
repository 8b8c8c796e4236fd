"""A copy of everything begins with the snapshot and goes on with the feed."""

import gc
import json
import uuid

import pytest

from cms.api.views import changes
from cms.publishing.takedown.actions import take_down
from cms.store import feed
from cms.store.models import ChangeLogHead
from tests.factories import fresh

SECRET = "Bí mật chưa công bố"


@pytest.fixture
def pages(office):
    office.draft(office.news, office.article(SECRET))
    found = [office.put_live(office.news, office.article(f"Tin {number}")) for number in range(5)]
    found.append(office.publish(office.documents, office.directive("18-CT/TU", issuers=["Tỉnh ủy"])))
    return found


def snapshot(client, **parameters):
    """The lines of a snapshot."""
    response = client.get("/api/v2/snapshot/", parameters)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/x-ndjson"
    return [json.loads(line) for line in b"".join(response.streaming_content).splitlines()]


def test_it_has_everything_that_is_public_and_nothing_else(pages, office, api, client):
    hidden = pages.pop()
    take_down(hidden, office.users["reviewer"], "hidden", "Sai.")
    first, *lines = snapshot(client)
    head = ChangeLogHead.objects.get()
    assert first == {"seq": head.seq, "epoch": str(head.epoch)}
    forms = {(line["type"], line["key"]): line["form"] for line in lines}
    assert len(forms) == len(lines)
    for page in pages:
        assert forms["articles.ArticlePage", str(page.pk)] == api(f"pages/{page.pk}/")
    assert forms["site", "site"] == api("site/")
    assert forms["categories", "tin-hoat-dong"] == api("categories/tin-hoat-dong/")
    assert not any(kind in {"issuers", "articles.DirectivePage"} for kind, _key in forms), "it is hidden"
    assert SECRET not in json.dumps(lines, ensure_ascii=False)


@pytest.mark.parametrize("portion", [1, 3, 100])
def test_what_broke_off_goes_on_where_it_stopped(pages, client, monkeypatch, portion):
    monkeypatch.setattr(feed, "PORTION", portion)
    first, *lines = snapshot(client)
    for place, line in enumerate(lines):
        after = f"{first['epoch']}:{first['seq']}:{line['type']}:{line['key']}"
        again, *rest = snapshot(client, after=after)
        assert again == (first if rest else {**first, "whole": True})
        assert rest == lines[place + 1 :]


def test_the_feed_from_its_first_line_on_makes_the_copy_right(pages, office, api, client):
    first, *_lines = snapshot(client)
    fresh(pages[0]).unpublish()
    office.revise(pages[1], title="Tên khác", change_kind="minor")
    office.approve(pages[1])
    rows = api("changes/", since=first["seq"], epoch=first["epoch"], include="form")["items"]
    forms = {row["id"]: row["form"] for row in rows}
    assert forms[pages[0].pk] is None
    assert forms[pages[1].pk] == api(f"pages/{pages[1].pk}/")
    assert "form" not in api("changes/", since=first["seq"])["items"][0]


def test_another_history_means_to_start_again(pages, client, api):
    first, line, *_rest = snapshot(client)
    after = f"{first['epoch']}:{first['seq']}:{line['type']}:{line['key']}"
    ChangeLogHead.objects.update(epoch=uuid.uuid4())
    assert api("snapshot/", status=409, after=after)["parameter"] == "after"
    assert "snapshot/" in api("changes/", status=409, epoch=first["epoch"])["detail"]


@pytest.mark.parametrize(
    "after", ["x", "1:2:3:4", f"{uuid.UUID(int=0)}:x:site:site", f"{uuid.UUID(int=0)}:1:nichts:1", ""]
)
def test_a_place_that_makes_no_sense_is_refused(db, api, after):
    assert api("snapshot/", status=400, after=after)["parameter"] == "after"


def test_a_third_copy_waits_until_one_is_read(pages, client):
    first, second = client.get("/api/v2/snapshot/"), client.get("/api/v2/snapshot/")
    for one in (first, second):
        next(iter(one.streaming_content))
    refused = client.get("/api/v2/snapshot/")
    assert refused.status_code == 503
    assert int(refused["Retry-After"]) > 0
    assert b"".join(second.streaming_content)
    assert len(snapshot(client)) > len(pages)
    # Somebody who went away without reading.
    del first
    gc.collect()
    assert client.get("/api/v2/snapshot/").status_code == 200
    assert client.get("/api/v2/snapshot/").status_code == 200


def test_who_may_not_wait_is_told_when_to_come_again(pages, client, api, monkeypatch):
    last = api("changes/", limit=1)["meta"]["seq"]
    for _waiting in range(2):
        changes._waiting.acquire()
    try:
        response = client.get("/api/v2/changes/", {"since": last, "wait": 20})
    finally:
        changes._waiting.release(2)
    assert response.json()["items"] == []
    assert int(response["Retry-After"]) > 0
    assert "Retry-After" not in client.get("/api/v2/changes/", {"since": last})
    assert api("changes/", status=400, include="everything")["parameter"] == "include"
