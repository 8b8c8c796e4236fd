"""Two machines (groups of processes, each with its own folder) on a primary and a streaming replica of PostgreSQL, with
media in a bucket: what is done on one is seen on the other within a second.
"""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import boto3
import psycopg
import pytest
from django.db import connection

from tests.installation import Served, form_of
from tests.postgres import Server, free_port
from tests.reliability.conftest import DURABLE, Redis

pytestmark = [
    pytest.mark.slow,
    pytest.mark.alone,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no replica"),
]

BUCKET = "portal"
CREDENTIALS = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_DEFAULT_REGION": "us-east-1"}


class Bucket:
    """A service like S3 (moto's server) with a bucket; it can be stopped, and forgets nothing then."""

    def __init__(self):
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        command = [sys.executable, "-m", "moto.server", "--port", str(self.port)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        names = {"aws_access_key_id": "key", "aws_secret_access_key": "secret", "region_name": "us-east-1"}
        self.client = boto3.client("s3", endpoint_url=self.url, **names)
        wait_for(self._has_bucket, 30)

    def _has_bucket(self):
        try:
            self.client.create_bucket(Bucket=BUCKET)
        except Exception:
            return False
        return True

    def names(self):
        return {one["Key"] for one in self.client.list_objects_v2(Bucket=BUCKET).get("Contents", ())}

    def close(self):
        self.process.kill()
        self.process.wait()


class Machines:
    """Two groups of processes, and what they share."""

    def __init__(self, one, other, primary, replica, bucket):
        self.one, self.other, self.primary, self.replica, self.bucket = one, other, primary, replica, bucket

    def start(self):
        for served in (self.one, self.other):
            served.start()
        for served in (self.one, self.other):
            served.wait()


class Reading(Served):
    """A machine that serves and does no other work: the other one has the schedule."""

    @property
    def commands(self):
        return super().commands[:1]


def wait_for(what, seconds):
    """Return how many seconds it took until `what()` was true."""
    began = time.monotonic()
    while not what():
        assert time.monotonic() - began < seconds
        time.sleep(0.02)
    return time.monotonic() - began


def asked(server, sql):
    with psycopg.connect(server.url, autocommit=True) as asking:
        return asking.execute(sql).fetchone()[0]


def lists(server):
    """How often a listing was read there."""
    return (server.folder / "log").read_text(errors="replace").count("JOIN store_form")


@pytest.fixture(scope="module")
def machines():
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="portal-machines-")))
        # The user of the database is not ours.
        folder.chmod(0o711)
        primary = stack.enter_context(Server(folder / "primary", settings=[*DURABLE, "log_statement=all"]))
        replica = stack.enter_context(primary.replicate(folder / "replica"))
        bucket = Bucket()
        stack.callback(bucket.close)
        more = {"MEDIA_BUCKET": BUCKET, "MEDIA_ENDPOINT": bucket.url, "REPLICA_URL": replica.url, **CREDENTIALS}
        one = Served(folder / "one", primary.url, **more)
        other = Reading(folder / "other", primary.url, **more, PUBLIC_URL=one.environment["PUBLIC_URL"])
        one.prepare()
        one.content(0, 0, 0)
        other.folder.mkdir()
        shutil.copytree(one.folder / "static", other.folder / "static")
        # All sign by the same keys.
        shutil.copy(one.folder / "record-keys", other.folder / "record-keys")
        stack.callback(one.stop)
        stack.callback(other.stop)
        made = Machines(one, other, primary, replica, bucket)
        made.start()
        yield made
        assert "findings" not in other.manage("verify")


@pytest.fixture
def with_redis(machines, tmp_path):
    """They share what they keep."""
    redis = Redis(tmp_path)
    if redis.program is None:
        message = "no Redis: apt-get install redis-server"
        if os.environ.get("CI"):
            pytest.fail(message)
        pytest.skip(message)
    redis.start()
    for served in (machines.one, machines.other):
        served.stop()
        served.environment["REDIS_URL"] = f"redis://127.0.0.1:{redis.port}/0"
    machines.start()
    yield machines
    redis.kill()


def approve(served, pk):
    approver = served.person("approver")
    path = f"/admin/pages/{pk}/review/"
    answer = approver.post(path, {**form_of(approver.get(path), "task_state"), "approve": "1"})
    assert answer.status == 302, answer.text


def hide(served, pk):
    reviewer = served.person("reviewer")
    path = f"/admin/pages/{pk}/take-down/"
    form = {"takedown-kind": "hidden", "takedown-reason": "Số sai.", "begin": "1"}
    answer = reviewer.post(path, {**form_of(reviewer.get(path), "takedown-kind"), **form})
    assert answer.status == 302, answer.text


def titles(reader):
    return [page["title"] for page in reader.get("/api/v2/pages/?type=articles.ArticlePage").json()["items"]]


def changes_are_seen_within_a_second(machines):
    """A publication on one machine, and a removal on the other, by all processes of the other."""
    one, other = machines.one, machines.other
    title = f"Tin thứ {time.monotonic_ns()}"
    made = json.loads(one.run("-m", "tests.operation.shared_content", title))
    path = f"/api/v2/pages/{made['page']}/"
    # What is kept before the change.
    for served in (one, other):
        for _time in range(10):
            shown(served.person(), path, title)
    approve(one, made["page"])
    time.sleep(1)
    # Both processes of the machine are asked, each time by another connection.
    assert {shown(other.person(), path, title) for _time in range(10)} == {(200, True, True)}
    for address in (made["document"], made["image"]):
        assert other.person().get(address).status == 200, address
    assert {f"media/{name}" for name in made["names"]} <= machines.bucket.names()
    hide(other, made["page"])
    time.sleep(1)
    assert {shown(one.person(), path, title) for _time in range(10)} == {(404, False, False)}
    assert one.person().get(made["document"]).status == 404


def shown(reader, path, title):
    """(status of the page, whether the API lists it, whether the site lists it)."""
    return reader.get(path).status, title in titles(reader), title in reader.get("/tin-bai/").text


def test_a_change_on_one_is_seen_on_the_other_within_a_second(machines):
    changes_are_seen_within_a_second(machines)


def test_the_replica_reads_and_the_primary_need_not(machines):
    machines.one.content(0, 1, 0)
    reader = machines.other.person()
    wait_for(lambda: titles(reader), 10)
    before = lists(machines.replica), lists(machines.primary)
    for number in range(1, 41):
        assert reader.get(f"/api/v2/pages/?limit={number}").status == 200
    there, here = lists(machines.replica) - before[0], lists(machines.primary) - before[1]
    # The primary is asked where something was written the moment before.
    assert there + here == 40
    assert there > 30


def test_a_replica_that_lags_or_is_away_makes_no_answer_old(machines):
    pages = machines.one.content(2, 0, 0)["waiting"]
    reader = machines.other.person()
    asked(machines.replica, "SELECT pg_wal_replay_pause()::text")
    approve(machines.one, pages[0])
    assert wait_for(lambda: reader.get(f"/api/v2/pages/{pages[0]}/").status == 200, 10) <= 1
    asked(machines.replica, "SELECT pg_wal_replay_resume()::text")
    machines.replica.stop("fast")
    try:
        approve(machines.one, pages[1])
        assert wait_for(lambda: reader.get(f"/api/v2/pages/{pages[1]}/").status == 200, 10) <= 1
        ready = reader.get("/readyz")
        assert (ready.status, ready.json()["checks"]["replica"]) == (200, "does not answer")
    finally:
        machines.replica.start()
    wait_for(lambda: reader.get("/readyz").json()["checks"]["replica"] == "ok", 30)


def test_a_bucket_that_is_away_is_said_and_pages_are_there(machines):
    made = json.loads(machines.one.run("-m", "tests.operation.shared_content", "Tin có tệp"))
    approve(machines.one, made["page"])
    reader = machines.other.person()
    wait_for(lambda: reader.get(made["document"]).status == 200, 10)
    machines.bucket.process.send_signal(signal.SIGSTOP)
    try:
        reader.seconds.clear()
        for _time in range(8):
            answer = reader.get(made["document"])
            assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
        # Each of the two processes waits for it once.
        assert sum(taken > 1 for _method, _path, taken in reader.seconds) <= 2
        assert reader.get(f"/api/v2/pages/{made['page']}/").status == 200
    finally:
        machines.bucket.process.send_signal(signal.SIGCONT)
    wait_for(lambda: reader.get(made["document"]).status == 200, 30)


def test_so_it_is_where_they_share_what_they_keep(with_redis):
    changes_are_seen_within_a_second(with_redis)


def test_a_replica_that_became_another_primary_is_not_read(machines):
    """It is the last one here: what is written to either now the other has never seen."""
    asked(machines.replica, "SELECT pg_promote()")
    (pk,) = machines.one.content(1, 0, 0)["waiting"]
    approve(machines.one, pk)
    time.sleep(1)
    reader, before = machines.other.person(), lists(machines.replica)
    assert {reader.get(f"/api/v2/pages/{pk}/?fields=title").status for _time in range(4)} == {200}
    reader.get("/api/v2/pages/?limit=50&order=title")
    assert lists(machines.replica) == before
    assert reader.get("/readyz").json()["checks"]["replica"] == "does not answer"
