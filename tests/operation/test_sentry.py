"""Errors go to the office's own Sentry, without who asked for what."""

import gzip
import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.conf import settings

CODE = """
import django, logging
django.setup()
try:
    raise ValueError("lan@example.org from 203.0.113.9")
except ValueError:
    logging.getLogger("portal").exception("no mail to %s", "lan@example.org")
    request = "<WSGIRequest: GET '/api/v2/previews/5:abc/?q=bi-mat'>"
    logging.getLogger("django.security.X").error("refused", extra={"request": request})
import sentry_sdk
sentry_sdk.flush(5)
"""


@pytest.fixture
def sink():
    """A server that takes reports, and what it got."""
    got = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):  # noqa: N802
            body = self.rfile.read(int(self.headers["Content-Length"]))
            got.append(gzip.decompress(body) if self.headers.get("Content-Encoding") == "gzip" else body)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *arguments):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://key@127.0.0.1:{server.server_port}/1", got
    server.shutdown()


def run(tmp_path, **more):
    environment = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "cms.settings.production", "DATA_DIR": str(tmp_path),
        "SECRET_KEY": "x" * 60, "PUBLIC_URL": "https://portal.example.org", **more,
    }  # fmt: skip
    subprocess.run([sys.executable, "-c", CODE], cwd=settings.BASE_DIR, env=environment, check=True)


def test_an_error_is_reported_without_people(tmp_path, sink):
    dsn, got = sink
    run(tmp_path, SENTRY_DSN=dsn)
    text = b"".join(got).decode()
    assert "no mail to" in text
    assert "ValueError" in text
    for secret in ("lan@example", "203.0.113", "x" * 60, "5:abc", "bi-mat"):
        assert secret not in text
    assert json.loads(text.splitlines()[-1])["level"] == "error"


def test_nothing_is_sent_where_nobody_asked_for_it(tmp_path, sink):
    _dsn, got = sink
    run(tmp_path, SENTRY_DSN="")
    assert got == []
