"""Nobody asks the API more than is good for the others; who has a key may ask more."""

import json
import re
import subprocess
import sys

import pytest
from django.test import RequestFactory
from django.urls import reverse

from cms.accounts.roles import ADMIN, APPROVER, EDITOR, REVIEWER
from cms.delivery.clients import limits
from cms.delivery.clients.counts import RedisCounts, SharedCounts
from cms.delivery.clients.limits import LimitingApplication
from cms.delivery.clients.models import ApiKey, digest_of, new_key
from cms.publishing.record.models import RecordEntry


class Clock:
    now = 1_000_000 * 60.0

    def __call__(self):
        return self.now


class Api:
    """The API behind a limit."""

    def __init__(self, per_minute, proxies=0):
        self.clock = Clock()
        self.application = LimitingApplication(self.answer, per_minute, proxies, self.clock)

        self.status = "200 OK"

    def answer(self, environ, start_response):
        start_response(self.status, [])
        return [b"body"]

    def get(self, path="/api/v2/pages/", address="192.0.2.1", **headers):
        environ = RequestFactory().get(path, REMOTE_ADDR=address, headers=headers).environ
        started = []
        body = b"".join(
            self.application(environ, lambda status, given, exc=None: started.extend([status, dict(given)]))
        )
        return int(started[0][:3]), started[1], body


def test_each_address_for_itself_and_anew_each_minute():
    api = Api(3)
    remaining = [re.search(r"r=(\d+)", api.get()[1]["RateLimit"])[1] for _time in range(3)]
    assert remaining == ["2", "1", "0"]
    status, headers, body = api.get()
    assert status == 429
    problem = json.loads(body)
    assert (headers["Content-Type"], problem["status"]) == ("application/problem+json", 429)
    assert 1 <= int(headers["Retry-After"]) <= 61
    assert headers["RateLimit-Policy"] == '"default";q=3;w=60'
    assert api.get(address="192.0.2.2")[0] == 200
    api.clock.now += 60
    assert api.get()[0] == 200


def test_the_site_is_not_limited_nor_anything_where_it_is_off():
    api = Api(1)
    assert [api.get("/tin-bai/")[0] for _time in range(3)] == [200] * 3
    off = Api(0)
    assert [off.get()[0] for _time in range(3)] == [200] * 3
    assert "RateLimit" not in off.get()[1]


def test_only_what_our_proxies_wrote_is_believed():
    behind = Api(1, proxies=1)
    assert behind.get(**{"X-Forwarded-For": "203.0.113.9, 198.51.100.1"})[0] == 200
    assert behind.get(**{"X-Forwarded-For": "203.0.113.7, 198.51.100.1"})[0] == 429, "the first was made up"
    assert behind.get(**{"X-Forwarded-For": "198.51.100.2"})[0] == 200
    direct = Api(1)
    direct.get(**{"X-Forwarded-For": "198.51.100.1"})
    assert direct.get(**{"X-Forwarded-For": "198.51.100.2"})[0] == 429


def test_a_key_has_its_own_limit(db, django_assert_num_queries):
    key = new_key()
    ApiKey.objects.create(name="Cổng tỉnh", digest=digest_of(key), per_minute=5)
    api = Api(1)
    assert api.get(**{"X-API-Key": key})[1]["RateLimit-Policy"] == '"default";q=5;w=60'
    with django_assert_num_queries(0):
        assert [api.get(**{"X-API-Key": key})[0] for _time in range(5)] == [200] * 4 + [429]
    assert api.get()[0] == 200, "its address is another client"
    assert api.get(**{"X-API-Key": "portal_x"})[0] == 401


def test_a_key_without_a_limit(db):
    key = new_key()
    ApiKey.objects.create(name="Tầng công khai", digest=digest_of(key), per_minute=0)
    api = Api(1)
    assert [api.get(**{"X-API-Key": key})[0] for _time in range(3)] == [200] * 3


def test_a_key_that_is_switched_off_ends_within_seconds(db, monkeypatch):
    key = new_key()
    stored = ApiKey.objects.create(name="Cổng tỉnh", digest=digest_of(key))
    api = Api(1)
    assert api.get(**{"X-API-Key": key})[0] == 200
    stored.is_active = False
    stored.save()
    monkeypatch.setattr(limits, "BELIEVED", 0)
    assert api.get(**{"X-API-Key": key})[0] == 401


def test_many_clients_do_not_fill_the_memory(monkeypatch):
    monkeypatch.setattr(SharedCounts, "groups", 1)
    monkeypatch.setattr(SharedCounts, "places", 3)
    api = Api(1)
    assert [api.get(address=f"192.0.2.{number}")[0] for number in range(4)] == [200, 200, 200, 429]


def test_processes_count_together(tmp_path):
    """Four workers let a client ask no more than one does."""
    path = tmp_path / "limits"
    code = (
        "import sys; from pathlib import Path; from cms.delivery.clients.counts import SharedCounts\n"
        "counts = SharedCounts(Path(sys.argv[1]))\n"
        "for number in range(2000): counts.add('address 192.0.2.1', 7)"
    )
    running = [subprocess.Popen([sys.executable, "-c", code, str(path)]) for _number in range(4)]  # noqa: S603
    assert [process.wait(60) for process in running] == [0] * 4
    assert SharedCounts(path).add("address 192.0.2.1", 7) == 8001
    assert SharedCounts(path).add("address 192.0.2.1", 8) == 1


@pytest.mark.parametrize("status", ["304 Not Modified", "500 Internal Server Error", "503 Service Unavailable"])
def test_what_a_client_has_and_what_went_wrong_here_do_not_count(status):
    api = Api(2)
    api.status = status
    for _time in range(5):
        code, headers, _body = api.get()
        assert code == int(status[:3])
        assert "r=2" in headers["RateLimit"]
    api.status = "200 OK"
    assert [api.get()[0] for _time in range(3)] == [200, 200, 429]


def test_an_answer_that_comes_late_gives_nobody_more():
    """One that began in the window before ends after others of the next one."""
    counts = SharedCounts()
    counts.add("address 192.0.2.1", 7)
    for _time in range(5):
        counts.add("address 192.0.2.1", 8)
    assert counts.add("address 192.0.2.1", 7, -1) == 0
    assert counts.add("address 192.0.2.1", 8) == 6


def test_a_network_of_ipv6_is_one_client():
    api = Api(1)
    assert [api.get(address=one)[0] for one in ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", "2001:db8:1:3::1")] == [
        200, 429, 200,
    ]  # fmt: skip
    assert [api.get(address=one)[0] for one in ("::ffff:192.0.2.1", "192.0.2.1", "::ffff:192.0.2.2")] == [
        200, 429, 200,
    ]  # fmt: skip


def test_an_unknown_key_is_refused_where_limits_are_off(db):
    assert Api(0).get(**{"X-API-Key": "portal_x"})[0] == 401


def test_machines_count_together_by_redis(redis_url):
    one, other = (RedisCounts(redis_url, SharedCounts()) for _machine in range(2))
    assert [one.add("key 1", 3), other.add("key 1", 3), one.add("key 1", 3, -1)] == [1, 2, 1]


def test_without_redis_each_machine_counts_for_itself():
    counts = RedisCounts("redis://127.0.0.1:1/0", SharedCounts())
    assert [counts.add("key 1", 3) for _time in range(2)] == [1, 2]


def test_an_administrator_makes_a_key_and_sees_it_once(office, login):
    client = login(ADMIN)
    data = {"name": "Cổng tỉnh", "contact": "", "per_minute": 100, "is_active": "on"}
    content = client.post(reverse("api-keys:add"), data, follow=True).content.decode()
    key = re.search(r"portal_[A-Za-z0-9_-]+", content).group()
    stored = ApiKey.objects.get()
    assert stored.digest == digest_of(key)
    assert key not in client.get(reverse("api-keys:edit", args=[stored.pk])).content.decode()
    recorded = str(list(RecordEntry.objects.values_list("data", flat=True)))
    assert "Cổng tỉnh" in recorded
    assert stored.digest not in recorded


@pytest.mark.parametrize("role", [EDITOR, REVIEWER, APPROVER])
def test_nobody_else_does(office, login, role):
    client = login(role)
    client.post(reverse("api-keys:add"), {"name": "x", "per_minute": 1, "is_active": "on"})
    assert client.get(reverse("api-keys:index")).status_code == 302
    assert not ApiKey.objects.exists()
