"""Answers are kept until the content changes, and never longer."""

import gzip
import json
import subprocess
import sys
import threading
import time

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext

from articles.models import ArticleAttachment
from cms.delivery.cache import versions
from cms.delivery.cache.stores import Answer, MemoryStore
from cms.delivery.cache.wrapper import CachingApplication
from cms.delivery.previews.links import make, token_of
from cms.publishing.erasure.actions import propose
from cms.publishing.proposals.actions import agree
from cms.publishing.takedown.actions import take_down
from cms.store.counter import Counter
from cms.store.projector import newest
from home.site import content
from tests.delivery.cache.conftest import Process
from tests.factories import Office, fresh, make_document
from tests.store.test_faults import ROOT, database_url

PATHS = [
    "/",
    "/tin-bai/",
    "/so-do/",
    "/sitemap-1.xml",
    "/tim-kiem/?q=tin",
    "/api/v2/pages/",
    "/api/v2/site/",
    "/api/v2/changes/",
]


# What another title does not alter (the sitemap: within one second).
STEADY = {"/api/v2/site/", "/sitemap-1.xml"}


@pytest.fixture
def page(office):
    return office.publish(office.news, office.article("Tin đầu"))


def test_each_encoding_is_an_answer_of_its_own(page, process):
    packed = process.get("/", headers={"Accept-Encoding": "br, gzip"})
    plain = process.get("/", headers={"Accept-Encoding": "gzip;q=0, identity"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert gzip.decompress(packed.body) == plain.body == process.get("/").body
    assert packed.headers["ETag"] != plain.headers["ETag"]
    for answer, accepted in ((packed, "gzip"), (plain, "identity")):
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert answer.headers["Content-Length"] == str(len(answer.body))
        headers = {"If-None-Match": answer.headers["ETag"]}
        known = process.get("/", headers={**headers, "Accept-Encoding": accepted})
        assert (known.status, known.headers["Vary"]) == (304, "Accept-Encoding")
        other = "identity" if accepted == "gzip" else "gzip"
        assert process.get("/", headers={**headers, "Accept-Encoding": other}).status == 304, "it has the content"
    assert len(process.made) == 1
    assert packed.headers["ETag"] == plain.headers["ETag"].rstrip('"') + '-gzip"'


@pytest.mark.parametrize("path", PATHS)
def test_an_answer_is_made_once_and_known_by_its_etag(page, process, path):
    first = process.get(path)
    assert (first.status, first.headers["Cache-Control"]) == (200, "public, max-age=0, must-revalidate")
    again = process.get(path)
    assert (again.body, again.headers) == (first.body, first.headers)
    assert len(process.made) == 1
    etag = first.headers["ETag"]
    assert not etag.startswith("W/")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        known = process.get(path, headers={"If-None-Match": f'"other", {etag}'})
    assert (known.status, known.body, known.headers["ETag"]) == (304, b"", etag)
    assert len(queries) == 0
    head = process.get(path, method="HEAD")
    assert (head.status, head.body, head.headers["Content-Length"]) == (200, b"", str(len(first.body)))


def wait_for_the_promise():
    """Waits the second within which a change is promised to be seen; the promise is about time, so time has to pass."""
    time.sleep(versions.BELIEVED)


@pytest.mark.parametrize("path", [path for path in PATHS if path not in STEADY])
def test_the_next_request_sees_a_change(office, page, process, counter, path):
    etag = process.get(path).headers["ETag"]
    office.revise(page, title="Tin đổi tên", change_kind="minor")
    office.approve(page)
    newest()
    # Nothing commits in this test, so nobody is told; the tests below are of those who are.
    counter.bump()
    answer = process.get(path, headers={"If-None-Match": etag})
    assert answer.status == 200
    assert answer.headers["ETag"] != etag


@pytest.mark.django_db(transaction=True)
def test_every_process_of_a_machine_sees_it_at_once(counter):
    office = Office()
    page = office.publish(office.news, office.article("Tin đầu"))
    one, other = Process(counter), Process(counter)
    for process in (one, other):
        assert "Tin đầu" in process.get("/tin-bai/").body.decode()
    office.revise(page, title="Tên khác", change_kind="minor")
    office.approve(page)
    for process in (one, other):
        assert "Tên khác" in process.get("/tin-bai/").body.decode()
    fresh(page).unpublish()
    for process in (one, other):
        assert "Tên khác" not in process.get("/tin-bai/").body.decode()


@pytest.mark.django_db(transaction=True)
def test_what_another_process_does_is_seen_at_once(tmp_path, counter):
    office = Office()
    page = office.publish(office.news, office.article("Tin đầu"))
    process = Process(counter)
    assert "Tin đầu" in process.get("/tin-bai/").body.decode()
    code = (
        "import django; django.setup();"
        "from articles.models import ArticlePage;"
        f"ArticlePage.objects.get(pk={page.pk}).unpublish()"
    )
    environment = {
        "DJANGO_SETTINGS_MODULE": "cms.settings.test",
        "DATABASE_URL": database_url(),
        "CHANGE_COUNTER": str(tmp_path / "counter"),
        "PATH": "/usr/bin:/bin",
    }
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, check=True)
    # Not because a second is over.
    process.application._versions._asked_at = time.monotonic() + 3600
    assert "Tin đầu" not in process.get("/tin-bai/").body.decode()


def test_where_a_process_died_before_it_could_tell_it_is_seen_within_a_second(office, page, process):
    """In this test nothing commits, so nothing is numbered or told by who did it."""
    assert "Tin đầu" in process.get("/tin-bai/").body.decode()
    fresh(page).unpublish()
    wait_for_the_promise()
    assert "Tin đầu" not in process.get("/tin-bai/").body.decode()


@pytest.mark.django_db(transaction=True)
def test_another_machine_sees_it_within_a_second(counter, tmp_path):
    office = Office()
    page = office.publish(office.news, office.article("Tin đầu"))
    elsewhere = Process(Counter(tmp_path / "of-another-machine"))
    assert "Tin đầu" in elsewhere.get("/tin-bai/").body.decode()
    fresh(page).unpublish()
    wait_for_the_promise()
    assert "Tin đầu" not in elsewhere.get("/tin-bai/").body.decode()


def test_a_new_day_ends_what_depends_on_it(office, page, process, clock):
    document = office.publish(office.documents, office.directive("18-CT/TU"))
    dated, undated = f"/api/v2/pages/{document.pk}/", f"/api/v2/pages/{page.pk}/"
    etag = process.get(dated).headers["ETag"]
    for path in (undated, "/", "/van-ban/"):
        process.get(path)
    assert process.get(dated, headers={"If-None-Match": etag}).status == 304
    process.made.clear()
    clock(days=1)
    assert process.get(dated, headers={"If-None-Match": etag}).status == 200
    for path in (undated, "/", "/van-ban/"):
        process.get(path)
    assert process.made == [dated, "/", "/van-ban/"], "an article is what it was"


class Steady(versions.Versions):
    """The content of a portal at which nothing happens."""

    def ask(self, known):
        return versions.News("epoch", 1, 1)


def test_many_at_once_make_it_once():
    made, store = [], MemoryStore(10**6)

    def slow(environ, start_response):
        made.append(1)
        # Long enough for all of them to ask while the first is answered.
        time.sleep(0.2)
        start_response("200 OK", [("Content-Type", "text/plain")])
        return [b"x"]

    application = CachingApplication(slow, Steady(), store, "b")
    environ = {
        "REQUEST_METHOD": "GET", "PATH_INFO": "/", "QUERY_STRING": "", "SERVER_NAME": "h", "SERVER_PORT": "80",
        "wsgi.url_scheme": "http",
    }  # fmt: skip
    threads = [threading.Thread(target=lambda: application(dict(environ), lambda *args: None)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1


@pytest.mark.parametrize(
    "path", ["/khong-co/", "/api/v2/pages/?x=1", "/api/v2/pages/999999/", "/tin-bai", "/api/v2/pages/?limit=0"]
)
def test_only_what_is_found_is_kept(page, process, path):
    for _time in range(2):
        answer = process.get(path)
        assert answer.status != 200
        assert "ETag" not in answer.headers
    assert len(process.made) == 2


def test_the_admin_and_files_answer_for_themselves(page, process):
    for path in ("/admin/login/", "/media/x.webp", "/documents/1/x.txt"):
        process.get(path)
        process.get(path)
    assert len(process.made) == 6
    process.get("/api/v2/changes/?wait=0")
    process.get("/api/v2/changes/?wait=0")
    assert len(process.made) == 8


def test_previews_neither_read_nor_fill_it(office, page, process):
    office.revise(page, title="Bản nháp")
    token = token_of(make(fresh(page), office.users["editor"], "Cổng tỉnh", 3))
    for _time in range(2):
        answer = process.get(f"/api/v2/previews/{token}/")
        assert "Bản nháp" in answer.body.decode()
        assert "ETag" not in answer.headers
    assert len(process.made) == 2
    assert "Bản nháp" not in process.get(f"/tin-bai/{page.slug}/").body.decode()
    client = Client()
    client.force_login(office.users["editor"])
    preview = client.get(f"/admin/pages/{page.pk}/view_draft/").content.decode()
    assert "Bản nháp" in preview, "not what is kept at the address of the page"
    kept = process.application._store._answers.values()
    assert not any("Bản nháp".encode() in answer.body for answer in kept)


def test_the_api_is_kept_whatever_the_order_of_parameters(page, process):
    one = process.get("/api/v2/pages/?limit=5&type=articles.ArticlePage")
    other = process.get("/api/v2/pages/?type=articles.ArticlePage&limit=5")
    assert one.headers["ETag"] == other.headers["ETag"]
    assert len(process.made) == 1
    assert process.get("/api/v2/pages/?limit=5&type=articles.ArticlePage&utm=1").status == 400
    assert process.get("/api/v2/pages/?limit=5&limit=5&type=articles.ArticlePage").status == 400


def test_another_host_gets_no_answer_that_is_not_its_own(page, process, settings):
    settings.ALLOWED_HOSTS = ["localhost"]
    process.get("/robots.txt", headers={"Host": "evil.example"})
    answer = process.get("/robots.txt", headers={"Host": "localhost"})
    assert b"evil" not in answer.body
    assert b"localhost" in answer.body
    assert process.get("/robots.txt", headers={"Host": "evil.example"}).status == 400


def test_memory_is_bounded():
    answer = Answer("200 OK", (), b"x" * 30)
    store = MemoryStore(3 * answer.weight)
    for number in range(10):
        store.set(str(number), answer)
    assert [number for number in range(10) if store.get(str(number))] == [7, 8, 9]
    store.set("large", Answer("200 OK", (), b"x" * 10_000))
    assert store.get("large") is None
    many = MemoryStore(100_000)
    for number in range(10_000):
        many.set(str(number), Answer("200 OK", (("ETag", "x"),), b""))
    assert len(many._answers) < 100, "empty answers take room too"


def test_what_is_not_kept_is_not_made_one_after_another():
    def missing(environ, start_response):
        # Eight of these one after another would take longer than is asserted below.
        time.sleep(0.3)
        start_response("404 Not Found", [])
        return [b""]

    application = CachingApplication(missing, Steady(), MemoryStore(10**6), "b")
    environ = RequestFactory().get("/khong-co/").environ
    threads = [threading.Thread(target=lambda: application(dict(environ), lambda *args: None)) for _ in range(8)]
    started = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert time.monotonic() - started < 1.5


def test_queries_that_mean_something_else_have_answers_of_their_own(office, process):
    office.publish(office.news, office.article("Công tác dân vận"))
    doubled = process.get("/api/v2/search/?q=c%C3%83%C2%B4ng")
    environ = RequestFactory().get("/api/v2/search/").environ
    environ["QUERY_STRING"] = "q=công".encode().decode("latin-1")
    found = b"".join(process.application(environ, lambda *args: None))
    assert b'total_count":0' in doubled.body.replace(b" ", b"")
    assert "Công tác dân vận" in found.decode()


@pytest.mark.parametrize("how", ["error", "deleted"])
def test_the_lookup_of_what_was_hidden_tells_what_became_of_it(office, page, process, counter, how):
    path = f"/api/v2/pages/lookup/?path=/tin-bai/{page.slug}/"
    proposal = take_down(page, office.users["reviewer"], "hidden", "Sai.")
    counter.bump()
    assert json.loads(process.get(path).body)["how"]["code"] == "hidden"
    if how == "error":
        agree(proposal, office.users["approver"], kind="error", reason="Đăng nhầm.")
    else:
        agree(propose("page", page.pk, "delete", office.users["editor"], "Nhầm."), office.users["approver"])
    counter.bump()
    assert json.loads(process.get(path).body)["how"]["code"] == how


def test_a_purged_file_is_gone_from_what_is_kept(office, process, counter):
    document = make_document("bi-mat.txt")
    page = office.article("Có tệp")
    page.attachments = [ArticleAttachment(document=document)]
    page = office.publish(office.news, page)
    assert "bi-mat" in process.get(f"/api/v2/pages/{page.pk}/").body.decode()
    agree(propose("document", document.pk, "purge", office.users["editor"], "Lọt."), office.users["approver"])
    counter.bump()
    assert "bi-mat" not in process.get(f"/api/v2/pages/{page.pk}/").body.decode()
    assert "bi-mat" not in process.get("/api/v2/documents/").body.decode()


def test_the_name_of_the_site(office, process, counter):
    assert json.loads(process.get("/api/v2/site/").body)["name"] == "Cổng thông tin"
    site = office.home.get_site()
    site.site_name = "Tên khác"
    site.save()
    counter.bump()
    assert json.loads(process.get("/api/v2/site/").body)["name"] == "Tên khác"


def test_without_a_version_nothing_is_kept(page, process, monkeypatch):
    monkeypatch.setattr(process.application._versions, "current", lambda: 1 / 0)
    assert process.get("/tin-bai/").status == 200
    assert process.get("/tin-bai/").status == 200
    assert len(process.made) == 2


@pytest.mark.django_db(transaction=True)
def test_the_public_tier_alone_asks_the_api_for_the_version(live_server, settings):
    office = Office()
    page = office.publish(office.news, office.article("Tin đầu"))
    settings.CONTENT_API_URL = live_server.url
    tier = versions.ContentVersions(content.get)
    before = tier.current()
    assert (before.epoch, before.generation) == (str(newest().epoch), newest().generation)
    fresh(page).unpublish()
    assert tier.current() == before, "asked at most once a second"
    wait_for_the_promise()
    assert tier.current().generation > before.generation
