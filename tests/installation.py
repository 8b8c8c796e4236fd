"""An installation of its own, with a folder and a database, driven by commands and run by its processes."""

import contextlib
import http.client
import json
import os
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection

from cms.serve import SERVICES
from tests.postgres import free_port

OWN = ("DATABASE_URL", "RECORD_KEYS", "CHANGE_COUNTER")
PASSWORD = "mat-khau-de-thu-12"


class Installation:
    """One that is driven by commands; `more` are variables of its environment."""

    def __init__(self, folder, database="", settings_module="cms.settings.local", **more):
        self.folder = folder
        self.environment = {name: value for name, value in os.environ.items() if name not in OWN}
        self.environment |= {"DJANGO_SETTINGS_MODULE": settings_module, "DATA_DIR": str(folder), **more}
        if database:
            self.environment["DATABASE_URL"] = database

    def run(self, *arguments):
        done = subprocess.run(
            [sys.executable, *arguments], cwd=settings.BASE_DIR, env=self.environment, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def manage(self, *arguments):
        return self.run("manage.py", *map(str, arguments))

    def answers(self):
        return json.loads(self.run("-m", "tests.backup.answers"))


class Served(Installation):
    """One that people and programs reach at `port`: a server, and what runs beside it."""

    def __init__(self, folder, database="", **more):
        self.port = free_port()
        more = {
            "SECRET_KEY": "x" * 60, "PUBLIC_URL": f"https://127.0.0.1:{self.port}", "REQUIRE_SECOND_FACTOR": "0",
            "LOG_FORMAT": "line", "LOG_REQUESTS": "0", "API_RATE": "0", **more,
        }  # fmt: skip
        super().__init__(folder, database, "cms.settings.production", **more)
        self.processes, self.log, self.logger = {}, folder / "log", None

    def prepare(self):
        """Make tables, styles and scripts."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.manage("migrate", "--verbosity", "0")
        self.manage("collectstatic", "--no-input", "--verbosity", "0")

    def content(self, *arguments):
        """Make people and pages (`tests.reliability.content`); return what it says as JSON."""
        return json.loads(self.run("-m", "tests.reliability.content", *map(str, arguments)))

    @property
    def commands(self):
        """The services, as `make run` starts them."""
        server = (
            "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port),
            "--workers", "2", "--blocking-threads", "4", "--respawn-failed-workers", "--workers-kill-timeout", "5",
            "--no-ws", "--log-level", "warning", "cms.wsgi:application",
        )  # fmt: skip
        return [server, *SERVICES]

    def start(self):
        """Start what does not run, as systemd would."""
        if self.logger is None:
            # Somebody else writes the log: it goes on where these may write to no file.
            with self.log.open("ab") as file:
                self.logger = subprocess.Popen(["cat"], stdin=subprocess.PIPE, stdout=file)
        log = self.logger.stdin
        for command in self.commands:
            process = self.processes.get(command)
            if process is None or process.poll() is not None:
                self.processes[command] = subprocess.Popen(
                    [sys.executable, *command], cwd=settings.BASE_DIR, env=self.environment, stdout=log, stderr=log,
                    start_new_session=True,
                )  # fmt: skip

    def wait(self, seconds=60, port=None, restarting=False):
        """Wait until it answers; with `restarting` what has ended meanwhile is started, as systemd would."""
        end = time.monotonic() + seconds
        while True:
            if restarting:
                self.start()
            try:
                if Person(port or self.port).get("/healthz").status == 200:
                    return
            except Away:
                pass
            assert time.monotonic() < end, self.log.read_text()[-3000:]
            time.sleep(0.1)

    def pids(self):
        """All processes, the children too."""
        parents = {process.pid for process in self.processes.values() if process.poll() is None}
        found = set(parents)
        for stat in Path("/proc").glob("[0-9]*/stat"):
            # The name, in brackets, may hold anything; behind it stand the state and the parent.
            with contextlib.suppress(OSError):
                parent = int(stat.read_text().rpartition(")")[2].split()[1])
                if parent in parents:
                    found.add(int(stat.parent.name))
        return sorted(found)

    def stop(self):
        for process in self.processes.values():
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)
        for process in self.processes.values():
            try:
                process.wait(15)
            except subprocess.TimeoutExpired:
                process.kill()
        if self.logger is not None:
            self.logger.communicate()
            self.logger = None

    def person(self, username=""):
        """Somebody with a browser; with a name, logged in."""
        somebody = Person(self.port)
        if username:
            somebody.log_in(username)
        return somebody


class Away(Exception):
    """Nobody answered, or in the middle of the answer nobody any more."""


class Answer:
    """What a person got."""

    def __init__(self, response, body):
        self.status, self.headers, self.content = response.status, response.headers, body

    @property
    def text(self):
        return self.content.decode()

    def json(self):
        return json.loads(self.content)


class Person:
    """A browser with cookies, that follows no redirect."""

    def __init__(self, port):
        self.port, self.cookies, self.seconds = port, {}, []

    def get(self, path):
        return self._ask("GET", path, None, {})

    def post(self, path, data):
        """Send a form; lists are several values of one field."""
        token = {"csrfmiddlewaretoken": self.cookies.get("csrftoken", "")}
        body = urlencode({**data, **token}, doseq=True)
        return self._ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def upload(self, path, name, content, **data):
        """Send one file, as Wagtail's uploader does."""
        boundary, parts = uuid.uuid4().hex, b""
        fields = {**data, "csrfmiddlewaretoken": self.cookies.get("csrftoken", "")}
        for key, value in fields.items():
            parts += f'--{boundary}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{value}\r\n'.encode()
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="files[]"; filename="{name}"\r\n'
        parts += head.encode() + b"Content-Type: text/plain\r\n\r\n" + content + f"\r\n--{boundary}--\r\n".encode()
        headers = {"Content-Type": f"multipart/form-data; boundary={boundary}", "X-Requested-With": "XMLHttpRequest"}
        return self._ask("POST", path, parts, headers)

    def log_in(self, username):
        self.get("/admin/login/")
        answer = self.post("/admin/login/", {"username": username, "password": PASSWORD})
        if answer.status != 302:
            # One that was killed before it could say yes counts as a failure: then somebody waits a little.
            raise Away(f"{username} is not let in: {answer.status}")
        return self

    def _ask(self, method, path, body, headers):
        began = time.monotonic()
        # As nginx asks.
        headers = {
            **headers, "X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.1", "Accept": "text/html,*/*",
            "Referer": f"https://127.0.0.1:{self.port}/", "Cookie": "; ".join(map("=".join, self.cookies.items())),
        }  # fmt: skip
        asking = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            asking.request(method, path, body, headers)
            response = asking.getresponse()
            answer = Answer(response, response.read())
        except (OSError, http.client.HTTPException) as error:
            raise Away(str(error)) from error
        finally:
            asking.close()
        self.seconds.append((method, path, time.monotonic() - began))
        for value in response.headers.get_all("Set-Cookie") or []:
            name, _equals, rest = value.partition("=")
            self.cookies[name] = rest.partition(";")[0]
        return answer


def another_database():
    """Another database of the same server, for PostgreSQL; "" for SQLite, whose file is in the folder."""
    if connection.vendor == "sqlite":
        return ""
    name = f"another_{uuid.uuid4().hex[:12]}"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
    given = connection.settings_dict
    return f"postgres://{given['USER']}@{given['HOST']}:{given['PORT']}/{name}"


def form_of(answer, containing):
    """The form with this field, as a browser sends it untouched."""
    from tests.forms import filled

    return filled(answer, containing)
