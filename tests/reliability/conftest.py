"""One installation for the tests of a process, on the database that is tried, with Redis and a mail server."""

import contextlib
import os
import shutil
import socket
import subprocess
import tempfile
import threading
from pathlib import Path

import pytest
from django.db import connection

from tests.installation import Served
from tests.postgres import Server, free_port

# What is committed outlives a crash of the server, as on a machine of an office.
DURABLE = ["max_connections=60"]


class Redis:
    """A Redis that can be killed and started."""

    def __init__(self, folder):
        self.program, self.folder, self.port, self.process = shutil.which("redis-server"), folder, free_port(), None

    def start(self):
        command = [self.program, "--port", str(self.port), "--save", "", "--bind", "127.0.0.1"]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, cwd=self.folder)

    def kill(self):
        self.process.kill()
        self.process.wait()


class MailServer:
    """Takes mail on a port, or hangs: then it accepts and says nothing."""

    def __init__(self):
        self.hangs, self.got = False, []
        self.listening = socket.create_server(("127.0.0.1", 0))
        self.port = self.listening.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                one, _address = self.listening.accept()
            except OSError:
                return
            threading.Thread(target=self._talk, args=[one], daemon=True).start()

    def _talk(self, one):
        with contextlib.suppress(OSError), one, one.makefile("rwb") as stream:
            if self.hangs:
                stream.read()
                return
            self._say(stream, b"220 ready")
            for line in stream:
                if line.upper().startswith(b"DATA"):
                    self._say(stream, b"354 go on")
                    self.got.append(b"".join(iter(stream.readline, b".\r\n")))
                self._say(stream, b"221 bye" if line.upper().startswith(b"QUIT") else b"250 ok")

    @staticmethod
    def _say(stream, line):
        stream.write(line + b"\r\n")
        stream.flush()


class Portal:
    """The installation, what it stands on, and pages for acts that nobody else has taken."""

    def __init__(self, served, server, redis, mail):
        self.served, self.server, self.redis, self.mail = served, server, redis, mail

    def pages(self, waiting, live=0, editors=0):
        """More of them (`tests.reliability.content`)."""
        return self.served.content(waiting, live, editors)

    def is_public(self, pk):
        return self.served.person().get(f"/api/v2/pages/{pk}/").status == 200

    def prove(self):
        """Everything can be proved."""
        assert "findings" not in self.served.manage("verify")


@contextlib.contextmanager
def place():
    """A folder for an installation, and the PostgreSQL of its own that it is tried on (None: SQLite)."""
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="portal-reliability-")))
        server = None
        if connection.vendor == "postgresql":
            # Its user is not ours.
            folder.chmod(0o711)
            server = stack.enter_context(Server(folder / "server", settings=DURABLE))
        yield folder, server


@pytest.fixture(scope="session")
def running():
    with contextlib.ExitStack() as stack:
        folder, server = stack.enter_context(place())
        redis, mail = Redis(folder), MailServer()
        stack.callback(mail.listening.close)
        more = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(mail.port), "API_RATE": "100000"}
        if redis.program:
            redis.start()
            stack.callback(redis.kill)
            more["REDIS_URL"] = f"redis://127.0.0.1:{redis.port}/0"
        served = Served(folder / "portal", server.url if server else "", **more)
        served.prepare()
        served.content(0, 0, 0)
        stack.callback(served.stop)
        yield Portal(served, server, redis, mail)


@pytest.fixture
def portal(running):
    """The installation at work; afterwards everything can be proved."""
    running.served.start()
    running.served.wait()
    yield running
    running.prove()


@pytest.fixture
def redis(portal):
    if portal.redis.program is None:
        message = "no Redis: apt-get install redis-server"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    return portal.redis
