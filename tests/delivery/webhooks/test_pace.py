"""Each endpoint has its own pace: one that is dead or slow holds up no other, and is left alone for a while."""

import socket
import threading
import time

import pytest
from django.utils import timezone

from cms.delivery.webhooks import calling
from cms.delivery.webhooks.delivering import deliver, due_endpoints
from cms.delivery.webhooks.models import Delivery, Endpoint
from cms.delivery.webhooks.worker import Dispatcher
from cms.store.counter import bump
from cms.store.models import Change, ChangeLogHead
from cms.store.projector import newest
from tests.factories import Office

CHANGES = 200

pytestmark = pytest.mark.slow


@pytest.fixture
def dead():
    """An address that accepts calls and never answers."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(50)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"


def number(count):
    """Numbers `count` changes of other pages, as the projector does, and gives when each was there."""
    head = ChangeLogHead.objects.get(pk=1)
    began = []
    for _ in range(count):
        head.seq += 1
        Change.objects.create(
            seq=head.seq,
            at=timezone.now(),
            kind="changed",
            type="articles.ArticlePage",
            key=str(10_000 + head.seq),
            gone=False,
        )
        ChangeLogHead.objects.filter(pk=1).update(seq=head.seq)
        began.append(time.monotonic())
        bump()
    return began


@pytest.mark.alone
@pytest.mark.django_db(transaction=True)
def test_the_good_one_lags_little_beside_a_dead_and_a_slow_one(receivers, dead, monkeypatch):
    # Longer than what is asserted, and short enough that the call has ended when the worker stops.
    monkeypatch.setattr(calling, "TIMEOUT", 6)
    office = Office()
    office.put_live(office.news, office.article("Tin"))
    newest()
    slow, good = receivers(delay=3), receivers()
    for name, url in (("Chết", dead), ("Chậm", slow.url), ("Tốt", good.url)):
        Endpoint.objects.create(name=name, url=url)
    stopped = threading.Event()
    worker = threading.Thread(target=Dispatcher(stopped).run)
    worker.start()
    try:
        began = number(CHANGES)
        end = time.monotonic() + 60
        while len(good.got) < CHANGES and time.monotonic() < end:
            time.sleep(0.05)
    finally:
        stopped.set()
        worker.join()
    assert len(good.got) == CHANGES
    # Arrived no later than two seconds after the last change, although the dead one costs six a call.
    assert good.times[-1] - began[-1] <= 2
    assert 0 < len(slow.got) < CHANGES
    assert Endpoint.objects.filter(lease="").count() == 3


def test_one_that_does_not_answer_is_left_alone_longer_each_time(office, endpoint, dead, monkeypatch, clock):
    monkeypatch.setattr(calling, "TIMEOUT", 0.3)
    Endpoint.objects.filter(pk=endpoint.pk).update(url=dead)
    for title in ("Một", "Hai", "Ba"):
        office.put_live(office.news, office.article(title))
    deliver(endpoint.pk)
    # One call has told that it is down: the others are not tried.
    assert sum(Delivery.objects.values_list("tries", flat=True)) == 1
    assert not due_endpoints().exists()
    deliver(endpoint.pk)
    assert sum(Delivery.objects.values_list("tries", flat=True)) == 1
    first = Endpoint.objects.get(pk=endpoint.pk).paused_until
    clock(seconds=10)
    deliver(endpoint.pk)
    again = Endpoint.objects.get(pk=endpoint.pk)
    assert again.failures == 2
    assert (again.paused_until - first).total_seconds() > 25


def test_a_success_closes_the_circuit(office, endpoint, receiver, clock):
    receiver.answers = [500, 500, 500]
    for title in ("Một", "Hai", "Ba", "Bốn"):
        office.put_live(office.news, office.article(title))
    deliver(endpoint.pk)
    assert len(receiver.got) == 3
    assert Endpoint.objects.get(pk=endpoint.pk).paused_until
    clock(seconds=10)
    deliver(endpoint.pk)
    assert Endpoint.objects.get(pk=endpoint.pk).paused_until is None
    assert not Delivery.objects.filter(state=Delivery.State.PENDING).exists()
