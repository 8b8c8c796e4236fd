"""A consumer mirrors the portal by its feed while writers change it and are killed again and again: at the end it has
what the API has.
"""

import contextlib
import json
import os
import random
import signal
import subprocess
import sys
import time
from http.client import HTTPException
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest
from django.db import OperationalError, connection
from django.test import Client
from wagtail.models import Page

from articles.models import Category
from cms.core.due import do_what_is_due
from cms.store import feed
from cms.store.models import Change
from tests.factories import Office

ROOT = Path(__file__).parents[2]
# At least so long, and on a slow machine until each kind of change was seen.
SECONDS, AT_MOST = 15, 120
KINDS = {"published", "unpublished", "deleted", "related", "changed"}


@pytest.fixture(scope="module")
def mirror_module():
    """examples/mirror.py, as an app would use it."""
    spec = spec_from_file_location("mirror", ROOT / "examples/mirror.py")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def database_url():
    """The address of the test database, for other processes."""
    settings = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{settings['NAME']}"
    host = f"{settings['HOST'] or 'localhost'}:{settings['PORT']}"
    return f"postgres://{settings['USER']}:{settings['PASSWORD']}@{host}/{settings['NAME']}"


def start_writer(seed, log):
    environment = {**os.environ, "DATABASE_URL": database_url()}
    return subprocess.Popen(
        [sys.executable, "-m", "tests.store.writer", str(seed), str(log)],
        cwd=ROOT,
        env=environment,
        stderr=subprocess.DEVNULL,
    )


def everything(get):
    """What the API has now, as the mirror names it."""
    found, offset = {}, 0
    while items := get(f"pages/?limit=100&offset={offset}")["items"]:
        found |= {(item["meta"]["type"], str(item["id"])): get(f"pages/{item['id']}/") for item in items}
        offset += 100
    for name, key in (("images", "id"), ("documents", "id"), ("redirects", "id")):
        found |= {(name, str(item[key])): item for item in get(f"{name}/?limit=100")["items"]}
    for name in ("categories", "issuers", "units", "sectors", "tags"):
        found |= {(name, item["slug"]): item for item in get(f"{name}/?limit=100")["items"]}
    found |= {("document-types", item["code"]): item for item in get("document-types/?limit=100")["items"]}
    return found | {("site", "site"): get("site/")}


def get(path):
    response = Client().get(f"/api/v2/{path}")
    assert response.status_code == 200, response.content
    return response.json()


def kinds():
    """The kinds of changes so far."""
    return set(Change.objects.values_list("kind", flat=True))


@pytest.mark.django_db(transaction=True)
def test_a_snapshot_that_is_cut_is_not_taken_for_whole(live_server, mirror_module, tmp_path, monkeypatch):
    """The server of the tests ends an answer that fails half way as it ends any other, and so may a proxy."""
    office = Office()
    for number in range(4):
        Category.objects.create(name=f"Chuyên mục {number}")
    office.publish(office.documents, office.directive("1-CT/TU"))
    monkeypatch.setattr(feed, "PORTION", 2)
    portion, asked = feed._portion, []

    def failing(after):
        asked.append(after)
        if len(asked) in (2, 3, 6):
            raise OperationalError("the database is away")
        return portion(after)

    monkeypatch.setattr(feed, "_portion", failing)
    mirror = mirror_module.Mirror(live_server.url, str(tmp_path / "mirror.sqlite3"))
    for _step in range(12):
        with contextlib.suppress(OSError, HTTPException, ValueError):
            mirror.step()
    assert len(asked) > 6
    mirrored = {(kind, key) for kind, key in mirror.db.execute("SELECT type, id FROM objects")}
    assert mirrored == everything(get).keys()


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_the_mirror_has_what_the_api_has(live_server, mirror_module, tmp_path):
    office = Office()
    for number in range(3):
        Category.objects.create(name=f"Chuyên mục {number}")
    office.publish(office.documents, office.directive("1-CT/TU"))
    site = office.home.get_site()
    site.hostname, site.port = "localhost", int(live_server.url.rsplit(":", 1)[1])
    site.save()
    mirror = mirror_module.Mirror(live_server.url, str(tmp_path / "mirror.sqlite3"))
    log = tmp_path / "errors"
    writers, killed = [start_writer(seed, log) for seed in range(3)], 0
    try:
        started, next_kill = time.monotonic(), time.monotonic() + 4
        while time.monotonic() < started + SECONDS or (not kinds() >= KINDS and time.monotonic() < started + AT_MOST):
            mirror.step()
            if time.monotonic() > next_kill:
                victim = random.randrange(3)
                writers[victim].send_signal(signal.SIGKILL)
                writers[victim].wait()
                killed += 1
                writers[victim] = start_writer(100 + killed, log)
                next_kill = time.monotonic() + 1.5
    finally:
        for writer in writers:
            writer.kill()
            writer.wait()
    while mirror.step():
        pass
    rows = mirror.db.execute("SELECT type, id, form FROM objects")
    mirrored = {(kind, key): json.loads(form) for kind, key, form in rows}
    expected = everything(get)
    assert mirrored.keys() == expected.keys()
    assert [key for key in expected if mirrored[key] != expected[key]] == []
    numbers = list(Change.objects.values_list("seq", flat=True))
    assert numbers == list(range(1, len(numbers) + 1)), "no gap"
    assert kinds() >= KINDS
    assert killed >= 3
    assert do_what_is_due() == 0
    assert not log.exists() or "deadlock" not in log.read_text()
    assert not any(Page.find_problems()), "the tree is whole"
