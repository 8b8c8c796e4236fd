"""A publication ends the answers that depend on what it touched, and no others."""

import json

import pytest

from articles.models import ArticleAttachment
from cms.publishing.takedown.actions import take_down
from cms.store.checking import check
from cms.store.models import ItemCount, Touched
from cms.store.projector import newest
from tests.factories import fresh, make_document

OF_NEWS = ["/", "/tin-bai/", "/tim-kiem/?q=tin", "/api/v2/pages/?type=articles.ArticlePage", "/api/v2/categories/"]


@pytest.fixture
def kept(office, process):
    """Addresses that have nothing to do with news, each with its kept answer."""
    document = office.publish(office.documents, office.directive("18-CT/TU", issuers=["Tỉnh ủy"]))
    office.publish(office.plans, office.plan())
    office.publish(office.news, office.article("Tin đầu"))
    paths = [
        "/van-ban/",
        "/ke-hoach/",
        f"/van-ban/{document.slug}/",
        f"/api/v2/pages/{document.pk}/",
        "/api/v2/pages/?type=articles.DirectivePage&fields=*&facets=issuer",
        "/api/v2/issuers/",
        "/api/v2/site/",
    ]
    for path in [*paths, *OF_NEWS]:
        assert process.get(path).status == 200
    process.made.clear()
    return paths


def ask(process, paths):
    """Those of `paths` that had to be made anew."""
    process.made.clear()
    return [path for path in paths if process.get(path).status == 200 and process.made and process.made.pop()]


def test_a_publication_leaves_what_it_does_not_touch(office, process, counter, kept):
    office.publish(office.news, office.article("Tin mới"))
    newest()
    counter.bump()
    assert ask(process, kept) == []
    assert ask(process, OF_NEWS) == OF_NEWS


def test_a_file_or_an_entry_that_comes_with_it_ends_its_own_lists(office, process, counter, kept):
    process.get("/api/v2/documents/")
    page = office.article("Có tệp")
    page.attachments = [ArticleAttachment(document=make_document())]
    office.publish(office.news, page)
    counter.bump()
    assert ask(process, ["/api/v2/documents/", *kept]) == ["/api/v2/documents/"]


def test_a_draft_is_nothing_to_anybody(office, process, counter, kept):
    paths = [*kept, *OF_NEWS]
    before = {path: process.get(path).headers for path in paths}
    page = office.draft(office.news, office.article("Nháp"))
    office.revise(page, title="Nháp khác")
    office.submit(page)
    office.decide(page, "reviewer", "reject", "Sửa.")
    fresh(page).delete()
    newest()
    counter.bump()
    assert ask(process, paths) == []
    assert {path: process.get(path).headers for path in paths} == before


def test_every_answer_of_the_api_says_how_far_it_goes(office, process, counter, kept):
    path = next(one for one in kept if one.endswith("/") and "pages/" in one)
    etag = process.get(path).headers["ETag"]
    office.publish(office.news, office.article("Tin"))
    counter.bump()
    head = newest()
    for headers in ({}, {"If-None-Match": etag}):
        answer = process.get(path, headers=headers)
        assert (answer.headers["Change-Seq"], answer.headers["Change-Epoch"]) == (str(head.seq), str(head.epoch))
    assert process.made == []
    assert process.get(path).headers["Depends-On"]
    assert "Depends-On" not in process.get("/van-ban/").headers


def test_a_kept_answer_never_outlives_a_removal_that_is_not_numbered_yet(office, process, counter, monkeypatch):
    page = office.publish(office.news, office.article("Bí mật"))
    paths = [f"/tin-bai/{page.slug}/", f"/api/v2/pages/{page.pk}/", "/tin-bai/"]
    for path in paths * 3:
        assert "Bí mật" in process.get(path).body.decode()
    # Whatever fails: no change can be numbered.
    monkeypatch.setattr("cms.store.projector._project", lambda *args, **kwargs: 1 / 0)
    take_down(page, office.users["reviewer"], "hidden", "Sai.")
    counter.bump()
    for path in paths:
        assert "Bí mật" not in process.get(path).body.decode()


def test_who_has_not_read_the_journal_drops_everything(office, process, counter, kept):
    office.publish(office.news, office.article("Tin"))
    newest()
    Touched.objects.all().delete()
    counter.bump()
    assert ask(process, kept) == kept


def test_a_lookup_is_known_by_its_address(office, process, counter, kept):
    page = office.publish(office.news, office.article("Tin"))
    path = f"/api/v2/pages/lookup/?path=/tin-bai/{page.slug}/"
    assert json.loads(process.get(path).body)["id"] == page.pk
    office.revise(page, slug="cho-khac", change_kind="minor")
    office.approve(page)
    counter.bump()
    assert process.get(path).status == 404
    assert json.loads(process.get("/api/v2/pages/lookup/?path=/tin-bai/cho-khac/").body)["id"] == page.pk


def test_a_change_that_touches_too_much_ends_everything(office, process, counter, kept, monkeypatch):
    monkeypatch.setattr("cms.store.dependencies.MOST_NAMES", 1)
    office.publish(office.news, office.article("Tin"))
    newest()
    counter.bump()
    assert ask(process, kept) == kept


def test_what_the_daily_comparison_mends_ends_the_answers_that_show_it(office, process, kept):
    path = "/api/v2/pages/?type=articles.DirectivePage&limit=1"
    ItemCount.objects.filter(type="articles.DirectivePage").update(number=50)
    assert json.loads(process.get(path).body)["meta"]["total_count"] == 50
    check()
    assert json.loads(process.get(path).body)["meta"]["total_count"] == 1
