"""What is asked again before anything has changed is sent as it was, and no longer than that."""

import gzip

import pytest

from cms.delivery.cache import ready
from cms.delivery.cache.ready import Ready, Sent
from cms.delivery.cache.versions import Version
from cms.store.projector import newest

ASKED = [{}, {"HTTP_ACCEPT_ENCODING": "gzip"}, {"HTTP_IF_NONE_MATCH": '"something else"'}]


@pytest.fixture
def page(office):
    return office.publish(office.news, office.article("Tin đầu"))


def text(got):
    """The body as it is read."""
    return (gzip.decompress(got.body) if got.headers.get("Content-Encoding") == "gzip" else got.body).decode()


@pytest.mark.parametrize("headers", ASKED)
@pytest.mark.parametrize("path", ["/tin-bai/", "/api/v2/pages/?type=articles.ArticlePage"])
def test_what_was_asked_again_and_again_is_new_after_a_change(office, page, process, counter, path, headers):
    answers = [process.get(path, **headers) for _ in range(4)]
    assert all("Tin đầu" in text(answer) for answer in answers)
    assert len(process.made) == 1
    assert len({(answer.body, tuple(answer.headers.items())) for answer in answers}) == 1
    office.revise(page, title="Tin đổi tên", change_kind="minor")
    office.approve(page)
    newest()
    counter.bump()
    assert "Tin đổi tên" in text(process.get(path, **headers))


def test_each_way_of_asking_gets_its_own(page, process):
    path = "/api/v2/pages/"
    etag = process.get(path).headers["ETag"]
    for _ in range(3):
        plain, packed = process.get(path), process.get(path, HTTP_ACCEPT_ENCODING="gzip")
        known, head = process.get(path, HTTP_IF_NONE_MATCH=etag), process.get(path, method="HEAD")
        assert (plain.status, packed.status, known.status, head.status) == (200, 200, 304, 200)
        assert "Content-Encoding" not in plain.headers
        assert packed.headers["Content-Encoding"] == "gzip"
        assert (known.body, head.body) == (b"", b"")
        assert process.get(path, HTTP_AUTHORIZATION="Bearer x").headers.get("Cache-Control") != "private"
    assert len(process.made) == 4, "made once; what carries credentials is made each time"


def test_it_is_bounded(monkeypatch):
    monkeypatch.setattr(ready, "MOST", 10)
    monkeypatch.setattr(ready, "MOST_BYTES", 1000)
    remembered, version = Ready(), Version("e", 1, 1, "2026-11-27")
    for number in range(25):
        remembered.put(version, (number,), Sent("200 OK", [], [b"x"]))
        assert remembered.get(version, (number,)) is not None
    assert sum(remembered.get(version, (number,)) is not None for number in range(25)) <= 10
    for number in range(5):
        remembered.put(version, (number,), Sent("200 OK", [], [b"x" * 400]))
    assert sum(remembered.get(version, (number,)) is not None for number in range(5)) <= 2
    remembered.put(version, ("x" * 5000,), Sent("304 Not Modified", [], []))
    assert remembered.get(version, ("x" * 5000,)) is None, "what nobody asks twice takes no memory"
    assert remembered.get(Version("e", 1, 1, "2026-11-27"), (4,)) is None, "of this very version"
