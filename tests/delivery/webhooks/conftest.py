"""Another app that is told of changes."""

import http.server
import json
import threading
import time
from dataclasses import dataclass, field

import pytest

from cms.delivery.webhooks.models import Endpoint


@dataclass
class Receiver:
    """What arrived (headers, raw body), and what is answered: by default 204; `answers` are used up first."""

    url: str
    got: list = field(default_factory=list)
    times: list = field(default_factory=list)
    answers: list = field(default_factory=list)
    always: int = 204
    delay: float = 0

    @property
    def seqs(self):
        return [json.loads(body)["data"].get("seq") for _headers, body in self.got]


@pytest.fixture
def receivers(settings):
    """`receivers(delay=3)` starts a server on loopback, which the settings allow here; None never answers."""
    settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    servers = []
    yield lambda **how: _start(servers, **how)
    for server in servers:
        server.shutdown()
        server.server_close()


@pytest.fixture
def receiver(receivers):
    """One that answers at once."""
    return receivers()


def _start(servers, delay=0):
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            kept.got.append((dict(self.headers), body))
            kept.times.append(time.monotonic())
            time.sleep(kept.delay)
            status = kept.answers.pop(0) if kept.answers else kept.always
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", f"{kept.url}elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    kept = Receiver(f"http://127.0.0.1:{server.server_port}/hook?a=1", delay=delay)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    servers.append(server)
    return kept


@pytest.fixture
def endpoint(office, receiver):
    """An endpoint that wants to know of pages."""
    return Endpoint.objects.create(
        name="Cổng khác", url=receiver.url, types=["articles.ArticlePage"], owner=office.users["admin"]
    )
