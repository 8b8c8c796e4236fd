"""What happens arrives: signed, in order for each object, again and again for three days."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
import time
from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.utils import timezone
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from cms.delivery.webhooks import addresses, calling
from cms.delivery.webhooks.delivering import DELAYS, PATIENCE, deliver, due_endpoints, send_again, switch_on
from cms.delivery.webhooks.models import Delivery, Endpoint, new_secret
from cms.publishing.erasure.actions import propose
from cms.publishing.proposals.actions import agree
from tests.factories import Office, fresh
from tests.store.test_faults import ROOT, database_url


@pytest.fixture
def news(office, endpoint):
    """Two live pages, of which the endpoint knows already."""
    pages = [office.publish(office.news, office.article(f"Tin {number}")) for number in range(2)]
    deliver(endpoint.pk)
    return pages


@pytest.fixture
def told(receiver, news):
    """The receiver, who has forgotten what it was told so far."""
    receiver.got.clear()
    return receiver


def change(office, page, title):
    office.revise(page, title=title, change_kind="minor")
    office.approve(page)


def test_a_change_arrives_signed_with_the_row_of_the_feed(office, endpoint, told, news, api):
    change(office, news[0], "Tên khác")
    deliver(endpoint.pk)
    ((headers, body),) = told.got
    payload = Webhook(endpoint.secret).verify(body, headers)
    row = api("changes/", type="articles.ArticlePage")["items"][-1]
    assert payload == {
        "type": "content.published",
        "timestamp": row["at"],
        "data": {**row, "epoch": api("changes/")["meta"]["epoch"]},
    }
    assert headers["Content-Type"] == "application/json"
    with pytest.raises(WebhookVerificationError):
        Webhook(new_secret()).verify(body, headers)
    deliver(endpoint.pk)
    assert len(told.got) == 1, "once"
    attempt = Delivery.objects.last().attempts.get()
    assert (attempt.status, attempt.error) == (204, "")


def test_only_what_is_wanted(office, receiver):
    wanted = Endpoint.objects.create(name="Một", url=receiver.url, kinds=["unpublished"])
    page = office.publish(office.news, office.article("Tin"))
    deliver(wanted.pk)
    assert receiver.got == []
    fresh(page).unpublish()
    deliver(wanted.pk)
    assert [json.loads(body)["type"] for _headers, body in receiver.got] == ["content.unpublished"]
    everything = Endpoint.objects.create(name="Tất cả", url=receiver.url, position=0)
    receiver.got.clear()
    deliver(everything.pk)
    assert receiver.seqs == list(range(1, len(receiver.seqs) + 1))


def test_of_one_object_in_order_while_others_go_on(office, endpoint, told, news, clock):
    told.answers = [500]
    for title in ("A1", "A2"):
        change(office, news[0], title)
        deliver(endpoint.pk)
    change(office, news[1], "B1")
    deliver(endpoint.pk)
    objects = [json.loads(body)["data"]["id"] for _headers, body in told.got]
    assert objects == [news[0].pk, news[1].pk], "the second of A waits for the first, B does not"
    clock(seconds=6)
    deliver(endpoint.pk)
    assert told.seqs[2:] == sorted(told.seqs[2:])
    assert [json.loads(body)["data"]["id"] for _headers, body in told.got[2:]] == [news[0].pk] * 2
    assert told.got[0][0]["webhook-id"] == told.got[2][0]["webhook-id"], "the same message"


def test_delays_grow_until_it_is_parked_and_the_owner_told(
    office, endpoint, told, news, clock, django_capture_on_commit_callbacks
):
    told.always = 503
    change(office, news[0], "Tên khác")
    passed = timedelta()
    with django_capture_on_commit_callbacks(execute=True):
        deliver(endpoint.pk)
        for delay in [*DELAYS, *[DELAYS[-1]] * 10]:
            passed += delay + timedelta(seconds=1)
            clock(seconds=passed.total_seconds())
            deliver(endpoint.pk)
    delivery = Delivery.objects.last()
    assert delivery.state == "parked"
    attempts = list(delivery.attempts.all())
    gaps = [
        round((later.at - earlier.at).total_seconds()) for earlier, later in zip(attempts, attempts[1:], strict=False)
    ]
    assert gaps == sorted(gaps)
    assert timedelta(days=2) < attempts[-1].at - attempts[0].at <= PATIENCE
    assert not Endpoint.objects.get(pk=endpoint.pk).is_active
    letters = [letter for letter in mail.outbox if "đã bị tắt" in letter.subject]
    assert [letter.to for letter in letters] == [["admin@example.org"]]


def test_one_that_is_refused_while_others_arrive_switches_nothing_off(
    office, endpoint, told, news, clock, django_capture_on_commit_callbacks
):
    change(office, news[0], "Tên khác")
    passed = timedelta()
    with django_capture_on_commit_callbacks(execute=True):
        for delay in [timedelta(), *DELAYS, *[DELAYS[-1]] * 4]:
            passed += delay + timedelta(seconds=1)
            clock(seconds=passed.total_seconds())
            change(office, news[1], f"Tên {passed}")
            told.answers = [500]
            deliver(endpoint.pk)
    assert Delivery.objects.filter(state="parked").count() == 1
    assert Endpoint.objects.get(pk=endpoint.pk).is_active
    assert any("dừng gửi" in letter.subject for letter in mail.outbox)


def test_410_switches_off_and_it_goes_on_where_it_stopped(office, endpoint, told, news):
    told.answers = [410]
    change(office, news[0], "A1")
    deliver(endpoint.pk)
    change(office, news[1], "B1")
    deliver(endpoint.pk)
    assert len(told.got) == 1
    Endpoint.objects.filter(pk=endpoint.pk).update(is_active=True)
    switch_on(endpoint)
    deliver(endpoint.pk)
    assert [json.loads(body)["data"]["id"] for _headers, body in told.got[1:]] == [news[0].pk, news[1].pk]


def test_while_a_secret_is_changed_both_sign(office, endpoint, told, news):
    old = endpoint.secret
    new = new_secret()
    until = timezone.now() + timedelta(hours=1)
    Endpoint.objects.filter(pk=endpoint.pk).update(secret=new, old_secret=old, old_secret_until=until)
    change(office, news[0], "Tên khác")
    deliver(endpoint.pk)
    headers, body = told.got[-1]
    for secret in (old, new):
        Webhook(secret).verify(body, headers)
    Endpoint.objects.filter(pk=endpoint.pk).update(old_secret_until=timezone.now())
    send_again(Delivery.objects.last())
    deliver(endpoint.pk)
    headers, body = told.got[-1]
    Webhook(new).verify(body, headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(old).verify(body, headers)


def test_what_a_worker_that_died_has_left_is_delivered(office, endpoint, told, news, clock):
    change(office, news[0], "Tên khác")
    Endpoint.objects.filter(pk=endpoint.pk).update(leased_until=timezone.now() + timedelta(seconds=60))
    deliver(endpoint.pk)
    assert told.got == [], "another worker seems to be at it"
    clock(seconds=61)
    assert list(due_endpoints()) == [endpoint]
    deliver(endpoint.pk)
    assert len(told.got) == 1


@pytest.mark.django_db(transaction=True)
def test_nothing_is_lost_when_the_worker_is_killed(receiver, settings):
    office = Office()
    endpoint = Endpoint.objects.create(name="Một", url=receiver.url, types=["articles.ArticlePage"])
    pages = [office.put_live(office.news, office.article(f"Tin {number}")) for number in range(6)]
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "cms.settings.test",
        "DATABASE_URL": database_url(),
        "WEBHOOK_NETWORKS": "127.0.0.0/8",
    }
    command = [sys.executable, "manage.py", "deliver_webhooks"]
    receiver.delay = 0.4
    for arrived in (1, 3):
        worker = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
        end = time.monotonic() + 20
        while len(receiver.got) < arrived:
            assert time.monotonic() < end, "the worker told nothing"
            time.sleep(0.05)
        worker.kill()
        worker.wait()
        # The lease of the dead runs out.
        Endpoint.objects.filter(pk=endpoint.pk).update(leased_until=timezone.now())
    deliver(endpoint.pk)
    told = {json.loads(body)["data"]["id"] for _headers, body in receiver.got}
    assert told == {page.pk for page in pages}
    ids = [headers["webhook-id"] for headers, _body in receiver.got]
    assert len(set(ids)) == len(pages), "what came twice has the same id"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/", "http://localhost:8000/", "http://[::1]/", "http://10.0.0.1/", "http://169.254.169.254/x",
        "http://192.168.1.1/", "http://[::ffff:10.0.0.1]/", "ftp://example.org/", "http://u:p@example.org/", "http://",
        "http://[x/", "http://0.0.0.0/", "http://example.org:99999/", "http://[64:ff9b::a9fe:a9fe]/",
        "http://[64:ff9b:1::a00:1]/", "http://[2002:a00:1::1]/", "http://[::10.0.0.1]/", "http://[::ffff:0:a00:1]/",
        "http://[fec0::1]/", "http://192.88.99.1/", "http://example.org:22/", "http://example.org:0/",
        # Of IANA's registries, and global to Python 3.11.
        "http://192.0.0.192/", "http://192.0.0.9/", "http://192.31.196.1/", "http://192.52.193.1/",
        "http://192.175.48.1/", "http://[3fff::1]/", "http://[5f00::1]/", "http://[2001:20::1]/",
        "http://[2620:4f:8000::1]/", "http://[100:0:0:1::1]/",
    ],
)  # fmt: skip
def test_addresses_inside_are_refused(db, url):
    endpoint = Endpoint(name="Một", url=url)
    with pytest.raises(ValidationError) as error:
        endpoint.full_clean(exclude=["kinds", "types", "owner"])
    assert "url" in error.value.message_dict


def test_a_name_that_leads_inside_is_refused_when_it_is_called(office, endpoint, told, news, settings, monkeypatch):
    settings.WEBHOOK_NETWORKS = []
    inside = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("10.0.0.1", 80))]
    outside = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.216.34", 80))]
    Endpoint.objects.filter(pk=endpoint.pk).update(url="http://portal.example/hook")
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: outside + inside)
    change(office, news[0], "Tên khác")
    deliver(endpoint.pk)
    attempt = Delivery.objects.last().attempts.get()
    assert attempt.status is None
    assert "AddressRefused" in attempt.error
    assert told.got == []


def test_a_name_that_nobody_answers_for_takes_no_worker(monkeypatch):
    monkeypatch.setattr(addresses, "LOOK_UP", 0.05)
    hanging = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: hanging.wait(10))
    try:
        with pytest.raises(OSError, match="was not found within"):
            addresses.resolve("cham.example", 443)
    finally:
        hanging.set()


def test_redirects_are_not_followed(office, endpoint, told, news):
    told.answers = [307]
    change(office, news[0], "Tên khác")
    deliver(endpoint.pk)
    assert len(told.got) == 1
    attempt = Delivery.objects.last().attempts.get()
    assert (attempt.status, attempt.error) == (307, "redirects are not followed")
    assert Delivery.objects.last().state == "pending"


def test_an_address_at_which_nobody_answers(office, endpoint, news, settings):
    settings.WEBHOOK_NETWORKS = ["127.0.0.0/8"]
    Endpoint.objects.filter(pk=endpoint.pk).update(url="http://127.0.0.1:1/")
    change(office, news[0], "Tên khác")
    deliver(endpoint.pk)
    attempt = Delivery.objects.last().attempts.get()
    assert attempt.status is None
    assert "ConnectionRefused" in attempt.error


def test_what_was_parked_goes_on_when_it_is_on_again(office, endpoint, told, news, clock):
    told.always = 503
    change(office, news[0], "Tên khác")
    passed = timedelta()
    for delay in [timedelta(), *DELAYS, *[DELAYS[-1]] * 4]:
        passed += delay + timedelta(seconds=1)
        clock(seconds=passed.total_seconds())
        deliver(endpoint.pk)
    assert not Endpoint.objects.get(pk=endpoint.pk).is_active
    told.got.clear()
    Endpoint.objects.filter(pk=endpoint.pk).update(is_active=True)
    switch_on(endpoint)
    deliver(endpoint.pk)
    assert len(told.got) == 1
    assert Endpoint.objects.get(pk=endpoint.pk).is_active, "one failure is no three days"
    told.always = 204
    clock(seconds=passed.total_seconds() + 60)
    deliver(endpoint.pk)
    assert Delivery.objects.get(pk=Delivery.objects.last().pk).state == "delivered"


def test_many_that_wait_starve_nobody(office, endpoint, told, news):
    later = timezone.now() + timedelta(hours=5)
    Delivery.objects.bulk_create(
        Delivery(endpoint=endpoint, kind="test", object=f"x {number}", next_try_at=later) for number in range(600)
    )
    change(office, news[0], "Tên khác")
    deliver(endpoint.pk)
    assert len(told.got) == 1


def test_what_is_switched_off_meanwhile_is_told_nothing_more(office, endpoint, told, news, monkeypatch):
    change(office, news[0], "A1")
    change(office, news[1], "B1")
    posted = calling.post

    def post_and_switch_off(*args):
        Endpoint.objects.filter(pk=endpoint.pk).update(is_active=False)
        return posted(*args)

    monkeypatch.setattr(calling, "post", post_and_switch_off)
    deliver(endpoint.pk)
    assert len(told.got) == 1


def test_a_worker_that_lost_its_lease_stops(office, endpoint, told, news, monkeypatch):
    change(office, news[0], "A1")
    change(office, news[1], "B1")
    posted = calling.post

    def post_and_lose(*args):
        Endpoint.objects.filter(pk=endpoint.pk).update(lease="another")
        return posted(*args)

    monkeypatch.setattr(calling, "post", post_and_lose)
    deliver(endpoint.pk)
    assert len(told.got) == 1
    assert Endpoint.objects.get(pk=endpoint.pk).lease == "another"


@pytest.mark.parametrize("says", [b"\x00bad\r\n\r\n", b"HTTP/1.1 2\xff0 x\r\n\r\n", b""])
def test_nonsense_is_a_failure_like_another(office, endpoint, news, says):
    with raw_server([says]) as url:
        Endpoint.objects.filter(pk=endpoint.pk).update(url=url)
        change(office, news[0], "Tên khác")
        deliver(endpoint.pk)
    delivery = Delivery.objects.last()
    assert (delivery.state, delivery.tries) == ("pending", 1)
    assert delivery.attempts.get().error


def test_a_receiver_that_trickles_is_left(office, endpoint, news, monkeypatch):
    monkeypatch.setattr(calling, "TIMEOUT", 1)
    with raw_server([b"HTTP/1.1 200 OK\r\n", *[b"X: y\r\n"] * 50], pause=0.2) as url:
        Endpoint.objects.filter(pk=endpoint.pk).update(url=url)
        change(office, news[0], "Tên khác")
        started = time.monotonic()
        deliver(endpoint.pk)
    assert time.monotonic() - started < 3
    assert Delivery.objects.last().attempts.count() == 1


def test_nothing_of_what_was_purged_is_sent(office, endpoint, told, news):
    told.answers = [500]
    change(office, news[0], "Bí mật số 7")
    deliver(endpoint.pk)
    agree(propose("page", news[0].pk, "purge", office.users["editor"], "Lọt."), office.users["approver"])
    told.got.clear()
    switch_on(endpoint)
    deliver(endpoint.pk)
    assert told.got
    assert "tin-0" not in "".join(body for _headers, body in told.got)


@contextlib.contextmanager
def raw_server(parts, pause=0.0):
    """The address of a server that says just these bytes, whatever it is asked."""
    listening = socket.create_server(("127.0.0.1", 0))

    def speak():
        connection, _address = listening.accept()
        with connection, contextlib.suppress(OSError):
            connection.recv(65536)
            for part in parts:
                connection.sendall(part)
                time.sleep(pause)

    thread = threading.Thread(target=speak, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
    listening.close()
