"""Answers shared by all processes of all machines."""

import threading
import time

import pytest

from cms.delivery.cache.stores import Answer, RedisStore
from tests.delivery.cache.conftest import Process


@pytest.fixture
def store(redis_url):
    kept = RedisStore(redis_url)
    kept._redis.flushall()
    return kept


def test_what_one_process_has_made_another_one_sends(office, counter, store):
    one, other = Process(counter, store), Process(counter, store)
    made = one.get("/api/v2/pages/")
    assert (other.get("/api/v2/pages/").body, other.made) == (made.body, [])
    assert other.get("/api/v2/pages/").headers == made.headers
    office.publish(office.news, office.article("Tin mới"))
    counter.bump()
    assert "Tin mới" in other.get("/api/v2/pages/").body.decode()
    assert "Tin mới" in one.get("/api/v2/pages/").body.decode()
    assert (len(one.made), len(other.made)) == (1, 1)


def test_one_process_at_a_time_makes_an_answer(store):
    made = []

    def ask():
        with store.making("key"):
            if store.get("key") is None:
                made.append(1)
                time.sleep(0.3)
                store.set("key", Answer("200 OK", (("A", "b"),), b"x"))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 1
    assert store.get("key") == Answer("200 OK", (("A", "b"),), b"x")


def test_without_its_server_everything_is_answered_all_the_same(office, counter):
    process = Process(counter, RedisStore("redis://127.0.0.1:1/0"))
    started = time.monotonic()
    for _time in range(2):
        assert process.get("/api/v2/pages/").status == 200
    assert len(process.made) == 2
    assert time.monotonic() - started < 10, "and nobody waits for it"
