"""Pages of other sites read the API where the settings let them."""

import functools
import http.server
import threading

import pytest
from django.test import RequestFactory
from playwright.sync_api import expect

from cms.api.cors import CorsApplication
from tests.factories import Office
from tests.store.test_faults import ROOT

SITE = "https://www.example.org"


def ask(origins, path="/api/v2/pages/", method="GET", status="200 OK", **headers):
    """The headers and status that a page gets; `status` is what the API answers."""

    def api(environ, start_response):
        start_response(status, [("ETag", '"x"')])
        return [b"body"]

    environ = RequestFactory().generic(method, path, headers=headers).environ
    started = []
    CorsApplication(api, origins)(environ, lambda status, given, exc=None: started.extend([status, dict(given)]))
    return started[0], started[1]


def test_nobody_by_default():
    assert "Access-Control-Allow-Origin" not in ask([], Origin=SITE)[1]


@pytest.mark.parametrize("status", ["200 OK", "304 Not Modified", "400 Bad Request", "404 Not Found"])
def test_a_site_that_is_listed_reads_every_answer(status):
    found, headers = ask([SITE], status=status, Origin=SITE)
    assert (found, headers["Access-Control-Allow-Origin"], headers["Vary"]) == (status, SITE, "Origin")
    assert "Change-Seq" in headers["Access-Control-Expose-Headers"]
    _found, other = ask([SITE], status=status, Origin="https://evil.example")
    assert "Access-Control-Allow-Origin" not in other
    assert other["Vary"] == "Origin"


def test_all_sites():
    headers = ask(["*"], Origin=SITE)[1]
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert "Vary" not in headers


def test_a_preflight():
    asked = {"Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "if-none-match"}
    status, headers = ask([SITE], method="OPTIONS", Origin=SITE, **asked)
    assert status == "204 No Content"
    assert headers["Access-Control-Allow-Headers"] == "if-none-match"
    assert ask([SITE], method="OPTIONS", Origin="https://evil.example", **asked)[0] == "200 OK"


def test_only_the_api():
    assert "Access-Control-Allow-Origin" not in ask(["*"], path="/admin/login/", Origin=SITE)[1]


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_the_latest_documents_on_the_page_of_another_site(live_server, open_page):
    office = Office()
    office.publish(office.documents, office.directive("18-CT/TU", subject="Công tác dân vận"))

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *args):
            pass

    site = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=ROOT / "examples"))
    threading.Thread(target=site.serve_forever, daemon=True).start()
    own = f"http://127.0.0.1:{site.server_port}"
    # The test server calls Django itself; what cms.wsgi puts around it is put around here.
    server = live_server.thread.httpd
    inner = server.get_app()
    server.set_app(CorsApplication(inner, [own]))
    try:
        page = open_page(width=360)
        page.goto(f"{own}/latest.html?portal={live_server.url}")
        expect(page.get_by_role("link", name="18-CT/TU: Công tác dân vận")).to_be_visible()
        server.set_app(CorsApplication(inner, []))
        page.reload()
        expect(page.get_by_text("Chưa tải được")).to_be_visible()
    finally:
        server.set_app(inner)
        site.shutdown()
        site.server_close()
