"""A new version takes the place of the old one while people work, by the recipe of docs/operations.md: the schema of
the new one under the old one, both beside each other behind nginx, then the new one alone. No request is lost.
"""

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from functools import partial

import pytest
from django.conf import settings

from tests.installation import Served, form_of
from tests.postgres import free_port

from .conftest import place

pytestmark = pytest.mark.slow

# What the new version has more: a field of articles, with its column, in the API.
MIGRATION = """
from django.db import migrations, models

class Migration(migrations.Migration):
    dependencies = [("articles", "0001_initial")]
    operations = [migrations.AddField("articlepage", "deck", FIELD)]
"""
COLUMN = 'models.CharField(max_length=200, blank=True, default="", db_default="")'
PARTS = ("cms", "articles", "home", "search", "demo", "templates", "locale", "tests", "manage.py", "requirements.lock")
# In place of systemd: ends the web server on a port, and starts that of the release that is installed.
SYSTEMCTL = """
import contextlib, os, pathlib, signal, subprocess, sys, time
folder, port = pathlib.Path(os.environ["UNITS"]), sys.argv[2].partition("@")[2].partition(".")[0]
known = folder / f"{port}.pid"
if known.exists():
    pid = int(known.read_text())
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, signal.SIGTERM)
    while pathlib.Path(f"/proc/{pid}").exists() and ") Z " not in pathlib.Path(f"/proc/{pid}/stat").read_text():
        time.sleep(0.05)
command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", port, "--workers",
           "2", "--blocking-threads", "4", "--respawn-failed-workers", "--workers-kill-timeout", "5", "--no-ws",
           "--log-level", "warning", "cms.wsgi:application"]
with (folder / "log").open("ab") as log:
    process = subprocess.Popen(command, cwd=folder / "current", stdout=log, stderr=log, start_new_session=True)
known.write_text(str(process.pid))
"""


def new_release(folder):
    """The program with what the new version has more."""
    for part in PARTS:
        source = settings.BASE_DIR / part
        if source.is_dir():
            shutil.copytree(source, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / part)
    (folder / "articles/migrations/0002_deck.py").write_text(MIGRATION.replace("FIELD", COLUMN))
    put(folder / "articles/news/models.py", "    category = models.ForeignKey(\n", before=f"    deck = {COLUMN}\n")
    # Another look, so that pages of the one name a file that the other did not begin with.
    style = folder / "home/site/styles/base.css"
    style.write_text(style.read_text() + ".deck { font-weight: bold; }\n")
    put(folder / "articles/news/projection.py", '    APIField("byline"),\n', before='    APIField("deck"),\n')


def put(path, line, before):
    text = path.read_text()
    assert text.count(line) == 1
    path.write_text(text.replace(line, before + line))


class Upgraded(Served):
    """Two web servers behind nginx, and the other services, each of the release to which `current` leads."""

    def __init__(self, folder, database):
        super().__init__(folder, database)
        self.nginx, self.ports = None, [free_port(), free_port()]
        self.programs, self.current = folder / "bin", folder / "current"

    def install(self, release):
        self.current.unlink(missing_ok=True)
        self.current.symlink_to(release)

    def prepare(self):
        super().prepare()
        self.programs.mkdir()
        self._program("systemctl", f"#!{sys.executable}\n{SYSTEMCTL}")
        configuration = f"-c {self.folder}/nginx.conf -p {self.folder} -e {self.folder}/nginx.log"
        self._program("nginx", f'#!/bin/sh\nexec {shutil.which("nginx")} {configuration} "$@"\n')
        text = (settings.BASE_DIR / "deploy/nginx/portal.conf").read_text()
        for number, port in enumerate(self.ports):
            text = text.replace(f"127.0.0.1:{8000 + number}", f"127.0.0.1:{port}")
        # As behind TLS, which openssl alone could make for the test.
        text = re.sub(r"^ *(ssl_|listen \[::\]).*\n", "", text, flags=re.MULTILINE).replace("$scheme", "https")
        text = text.replace("listen 80;", f"listen 127.0.0.1:{free_port()};")
        text = text.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{self.port};")
        (self.folder / "portal.conf").write_text(text.replace("/var/log/nginx", str(self.folder)))
        main = (settings.BASE_DIR / "deploy/nginx/nginx.conf").read_text().replace("/tmp/", f"{self.folder}/")  # noqa: S108
        (self.folder / "nginx.conf").write_text("user root;\n" * (os.geteuid() == 0) + main)
        self.environment |= {
            "PATH": f"{self.programs}:{os.environ['PATH']}", "UNITS": str(self.folder),
            "PORTAL_NGINX": str(self.folder / "portal.conf"), "PORTAL_SETTINGS": str(self.folder / "portal.env"),
            "PORTAL_PORTS": " ".join(map(str, self.ports)), "PORTAL_NGINX_PID": str(self.folder / "nginx.pid"),
        }  # fmt: skip
        (self.folder / "portal.env").write_text(f"PUBLIC_URL={self.environment['PUBLIC_URL']}\n")

    def _program(self, name, text):
        (self.programs / name).write_text(text)
        (self.programs / name).chmod(0o755)

    @property
    def commands(self):
        """The services beside the web."""
        return super().commands[1:]

    def restart_services(self):
        for process in self.processes.values():
            process.terminate()
            process.wait(20)
        with self.log.open("ab") as log:
            self.processes = {
                command: subprocess.Popen(
                    [sys.executable, *command], cwd=self.current, env=self.environment, stdout=log, stderr=log
                )
                for command in self.commands
            }

    def start(self):
        for port in self.ports:
            self._run("systemctl", "restart", f"portal-web@{port}.service")
        self.restart_services()
        for port in self.ports:
            self.wait(port=port)
        with self.log.open("ab") as log:
            self.nginx = subprocess.Popen(
                [self.programs / "nginx", "-g", "daemon off;"], env=self.environment, stdout=log, stderr=log
            )

    def restart_web(self):
        """The program of the recipe."""
        self._run(settings.BASE_DIR / "deploy/restart-web")

    def manage_of(self, release, *arguments):
        """A command of a release, which waits for no lock for long."""
        environment = {**self.environment, "PGOPTIONS": "-clock_timeout=3s"}
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=release, env=environment, capture_output=True)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout.decode()

    def _run(self, *command):
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout + done.stderr

    def stop(self):
        for port in self.ports:
            # One that did not come up is not there.
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                os.kill(int((self.folder / f"{port}.pid").read_text()), signal.SIGTERM)
        if self.nginx is not None:
            self.nginx.terminate()
            self.nginx.wait(20)
        super().stop()


class Work:
    """What people and another app do all the time; `failed` says what went wrong."""

    def __init__(self, served, content):
        self.served, self.content = served, content
        self.failed, self.saved, self.approved, self.asked, self.ends = [], {}, [], 0, False
        self.mirror, self.seq, self.epoch = {}, 0, ""
        self.acts = [self.read, self.read, self.approve, self.follow]
        drafts = zip(content["editors"], content["drafts"], strict=True)
        self.acts += [partial(self.save, name, pk) for name, pk in drafts]

    def begin(self):
        self.copy()
        self.threads = [threading.Thread(target=self._guarded, args=[act]) for act in self.acts]
        for thread in self.threads:
            thread.start()

    def end(self):
        self.ends = True
        for thread in self.threads:
            thread.join()

    def _guarded(self, act):
        try:
            act()
        except Exception as error:
            self.failed.append(repr(error)[:500])

    def _expect(self, answer, status, what):
        self.asked += 1
        if answer.status != status:
            self.failed.append((what, answer.status, answer.text[:200]))
        return answer

    def person(self, username):
        somebody = self.served.person()
        somebody.cookies["sessionid"] = self.content["sessions"][username]
        somebody.get("/admin/account/")
        return somebody

    def read(self):
        reader, number = self.served.person(), 0
        while not self.ends:
            number += 1
            pages = ("/", "/tin-bai/", f"/api/v2/pages/?limit={number % 50 + 1}", "/api/v2/search/?q=tin")
            for path in (*pages, *(f"/api/v2/pages/{pk}/" for pk in self.content["live"])):
                answer = self._expect(reader.get(path), 200, path)
                if path == "/":
                    # Each page comes with what it is drawn by, whichever of the two is asked for that.
                    style = re.search(r'href="(/static/[^"]+\.css)"', answer.text)[1]
                    self._expect(reader.get(style), 200, style)

    def save(self, username, pk):
        editor, count, path = self.person(username), 0, f"/admin/pages/{pk}/edit/"
        while not self.ends:
            count += 1
            title = f"Nháp của {username}, lần {count}"
            form = form_of(self._expect(editor.get(path), 200, path), "title")
            self._expect(editor.post(path, {**form, "title": title, "body-count": "0"}), 302, f"save {path}")
            self.saved[pk] = title
            time.sleep(0.5)

    def approve(self):
        approver = self.person("approver")
        for pk in self.content["waiting"]:
            path = f"/admin/pages/{pk}/review/"
            form = form_of(self._expect(approver.get(path), 200, path), "task_state")
            self._expect(approver.post(path, {**form, "approve": "1"}), 302, f"approve {path}")
            self._expect(approver.get(f"/api/v2/pages/{pk}/"), 200, "what was approved")
            self.approved.append(pk)
            time.sleep(1.5)

    def copy(self):
        """Begin a copy of everything, as docs/api.md says."""
        first, *lines = self.served.person().get("/api/v2/snapshot/").text.splitlines()
        self.seq, self.epoch = json.loads(first)["seq"], json.loads(first)["epoch"]
        self.mirror = {(one["type"], one["key"]): one["form"] for one in map(json.loads, lines)}

    def follow(self):
        app = self.served.person()
        while not self.ends:
            self.catch_up(app)
            time.sleep(0.3)

    def catch_up(self, app):
        more = True
        while more:
            path = f"/api/v2/changes/?since={self.seq}&epoch={self.epoch}&include=form&limit=1000"
            answer = self._expect(app.get(path), 200, path).json()
            for row in answer["items"]:
                name = (row["type"], str(row["id"]))
                if row["form"] is None:
                    self.mirror.pop(name, None)
                else:
                    self.mirror[name] = row["form"]
            self.seq, more = answer["meta"]["next"], answer["meta"]["more"]


@pytest.fixture(scope="module")
def upgraded():
    if missing := [name for name in ("nginx", "curl", "pgrep") if shutil.which(name) is None]:
        message = f"missing: {missing}"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    with contextlib.ExitStack() as stack:
        folder, server = stack.enter_context(place())
        served = Upgraded(folder / "portal", server.url if server else "")
        stack.callback(served.stop)
        served.prepare()
        served.install(settings.BASE_DIR)
        served.start()
        served.wait()
        yield served


def test_no_request_is_lost(upgraded, tmp_path):
    content = upgraded.content(16, 10, 3)
    work = Work(upgraded, content)
    work.begin()
    reader = upgraded.person()
    page = f"/api/v2/pages/{content['live'][0]}/"
    assert "deck" not in reader.get(page).json()
    new_release(tmp_path / "new")
    new = partial(upgraded.manage_of, tmp_path / "new")
    new("collectstatic", "--no-input", "--verbosity", "0")
    new("migrate", "--verbosity", "0")
    # The old one alone, on the schema of the new one.
    time.sleep(4)
    upgraded.install(tmp_path / "new")
    upgraded.restart_services()
    upgraded.restart_web()
    time.sleep(4)
    # The new one makes store and search from nothing, while it serves.
    new("rebuild_store")
    time.sleep(2)
    work.end()
    assert work.failed == []
    assert len(work.approved) == 16
    for pk in [*work.approved, *content["live"]]:
        assert reader.get(f"/api/v2/pages/{pk}/").json()["deck"] == ""
    editor = upgraded.person("editor")
    for pk, title in work.saved.items():
        assert f'value="{title}"' in editor.get(f"/admin/pages/{pk}/edit/").text
    # The other app has what a copy made now would have.
    work.catch_up(reader)
    followed = work.mirror
    work.copy()
    assert followed == work.mirror
    assert "findings" not in new("verify")
    sys.stdout.write(f"{work.asked} requests while one version took the place of another, all answered\n")


def test_a_release_that_does_not_come_up_takes_nobody_down(upgraded, tmp_path):
    new_release(tmp_path / "new")
    (tmp_path / "new/cms/wsgi.py").write_text("raise SystemExit")
    upgraded.install(tmp_path / "new")
    script = (settings.BASE_DIR / "deploy/restart-web").read_text()
    (tmp_path / "restart-web").write_text(script.replace("-lt 60", "-lt 5"))
    done = subprocess.run(["sh", tmp_path / "restart-web"], env=upgraded.environment, capture_output=True, text=True)
    assert done.returncode == 1
    assert "does not answer" in done.stderr
    reader = upgraded.person()
    assert {reader.get("/").status for _time in range(20)} == {200}
    # The one that is out comes first when it is tried again: both are never out.
    upgraded.install(settings.BASE_DIR)
    upgraded.restart_web()
    assert " down;" not in (upgraded.folder / "portal.conf").read_text()
    assert {reader.get("/").status for _time in range(20)} == {200}
