"""Each request has a name, in its answer and in the log; no line names a person."""

import json
import logging
import sys
import time

import pytest
from prometheus_client import REGISTRY

from cms.delivery.cache.wrapper import SOURCE
from cms.operation.logs import JsonFormatter, mask
from cms.operation.requests import RequestsApplication, request_id


def application(environ, start_response):
    environ[SOURCE] = environ.get("answered", "made")
    logging.getLogger("test").warning("at work")
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b""]


@pytest.fixture
def ask(tmp_path):
    """`ask(NAME=…)` gives the headers."""

    def ask_one(proxies=1, wrapped=None, **environ):
        headers = {}
        wrapped = wrapped or RequestsApplication(application, proxies, tmp_path / "proxy-seen")
        environ = {"REQUEST_METHOD": "GET", **environ}
        wrapped(environ, lambda _status, given: headers.update(given))
        return headers

    return ask_one


def test_the_name_that_a_proxy_gave_is_kept(ask):
    assert ask(HTTP_X_REQUEST_ID="4bf92f3577b34da6")["X-Request-ID"] == "4bf92f3577b34da6"


@pytest.mark.parametrize("given", ["", "short", "a\nb" * 9, "x" * 65, 'a" onload="alert(1)'])
def test_what_is_no_name_is_replaced(ask, given):
    name = ask(HTTP_X_REQUEST_ID=given)["X-Request-ID"]
    assert name != given
    assert len(name) == 16


def test_lines_of_the_log_have_it(ask, caplog):
    caplog.handler.setFormatter(JsonFormatter())
    name = ask()["X-Request-ID"]
    line = json.loads(caplog.handler.format(caplog.records[-1]))
    assert line == {**line, "message": "at work", "level": "WARNING", "logger": "test", "request_id": name}
    assert line["time"].endswith("+00:00")


def test_answers_are_counted_by_where_they_are_from(ask):
    def count():
        return REGISTRY.get_sample_value("portal_answers_total", {"status": "2xx", "source": "kept"}) or 0

    before = count()
    ask(answered="kept")
    assert count() == before + 1


def test_a_proxy_that_nobody_told_of_is_told_once(tmp_path, ask, caplog):
    wrapped = RequestsApplication(application, 0, tmp_path / "proxy-seen")
    for _time in range(2):
        ask(wrapped=wrapped, HTTP_X_FORWARDED_FOR="203.0.113.1", REMOTE_ADDR="10.0.0.2")
    assert [one.name for one in caplog.records].count("cms.operation.requests") == 1
    assert "all readers look like one" in caplog.text
    assert (tmp_path / "proxy-seen").exists()
    ask(proxies=1, HTTP_X_FORWARDED_FOR="203.0.113.1", REMOTE_ADDR="10.0.0.2")
    assert [one.name for one in caplog.records].count("cms.operation.requests") == 1


def test_readers_can_not_make_a_proxy_up(tmp_path, ask):
    wrapped = RequestsApplication(application, 0, tmp_path / "proxy-seen")
    ask(wrapped=wrapped, HTTP_X_FORWARDED_FOR="10.0.0.1", REMOTE_ADDR="8.8.8.8")
    assert not (tmp_path / "proxy-seen").exists()


def test_invented_methods_are_refused_and_not_counted_one_by_one(ask, tmp_path):
    asked = []
    wrapped = RequestsApplication(lambda *given: asked.append(given) or [], 1, tmp_path / "x")
    ask(wrapped=wrapped, REQUEST_METHOD="AAAB")
    assert asked == []


def test_what_is_not_there_leaves_no_address_in_the_log(client, db, caplog):
    client.get("/api/v2/previews/5:c2lnbmF0dXJl/")
    client.get("/khong-co/nguyen-van-a/")
    assert "c2lnbmF0dXJl" not in caplog.text
    assert "nguyen-van-a" not in caplog.text


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("from 2001:db8::1 and fe80::1 and ::1 at 11:10:21", "from <address> and <address> and <address> at 11:10:21"),
        ("GET /api/v2/previews/5:abc/?x=1", "GET /api/v2/previews/<token>/?x=1"),
        ("/media/a.webp?preview=5.abc", "/media/a.webp?preview=<token>"),
        ("Key (name)=(A\nB) already exists", "Key ( <values>"),
        ('invalid input syntax for type integer: "A"', "invalid input syntax <values>"),
        ("std::vector", "std::vector"),
    ],
)
def test_what_is_masked(text, masked):
    assert mask(text) == masked


def test_of_a_long_text_the_end_is_kept():
    assert mask("x " * 50_000 + "ValueError").endswith("ValueError")


def test_long_texts_take_no_time():
    began = time.process_time()
    mask("a" * 100_000)
    assert time.process_time() - began < 0.2


def test_no_line_names_a_person():
    request_id.set("")
    try:
        raise ValueError("duplicate key\nDETAIL:  Key (email)=(lan@example.org) already exists.")
    except ValueError:
        record = logging.getLogger("test").makeRecord(
            "test", logging.ERROR, "", 0, "a mail to %s, %s from %s and %s was given up",
            ("lan@example.org", "binh.tran+x@so.example.vn", "203.0.113.9", "2001:db8:0:1::7"), sys.exc_info(),
        )  # fmt: skip
    line = JsonFormatter().format(record)
    for secret in ("lan@", "binh.tran", "203.0.113", "2001:db8"):
        assert secret not in line
    said = json.loads(line)
    assert said["message"] == "a mail to <mail>, <mail> from <address> and <address> was given up"
    assert "ValueError" in said["exception"]


def test_what_a_request_was(client, db, caplog):
    logging.getLogger("portal.requests").setLevel("INFO")
    try:
        client.get("/api/v2/pages/?search=bi%20mat")
    finally:
        logging.getLogger("portal.requests").setLevel("WARNING")
    (record,) = [one for one in caplog.records if one.name == "portal.requests"]
    line = json.loads(JsonFormatter().format(record))
    assert (line["method"], line["view"], line["status"]) == ("GET", "api:pages:listing", 200)
    assert "mat" not in json.dumps(line)
