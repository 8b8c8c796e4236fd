"""The cache around the application, as cms.wsgi puts it there."""

from dataclasses import dataclass

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import RequestFactory

from cms.delivery.cache.stores import MemoryStore
from cms.delivery.cache.versions import LogVersions
from cms.delivery.cache.wrapper import CachingApplication
from cms.store.counter import shared_counter


@dataclass
class Got:
    """What a client got."""

    status: int
    headers: dict
    body: bytes


class Process:
    """One process of a server: its own knowledge of the version, its own memory, and how often it had to make an
    answer.
    """

    def __init__(self, counter, store=None):
        self.made = []
        self.django = get_wsgi_application()
        self.application = CachingApplication(
            self.make, LogVersions(counter), MemoryStore(10**7) if store is None else store, "test"
        )

    def make(self, environ, start_response):
        self.made.append(environ["PATH_INFO"])
        return self.django(environ, start_response)

    def get(self, path, method="GET", **headers):
        environ = RequestFactory().generic(method, path, **headers).environ
        started = []
        body = b"".join(self.application(environ, lambda status, headers, exc=None: started.extend([status, headers])))
        return Got(int(started[0][:3]), dict(started[1]), body)


@pytest.fixture(autouse=True)
def kept_connection():
    """The connection of the test is that of the server, as with Django's test client."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def counter(tmp_path, settings):
    """The counter of an installation that this test has for itself."""
    settings.CHANGE_COUNTER = tmp_path / "counter"
    shared_counter.cache_clear()
    yield shared_counter()
    shared_counter.cache_clear()


@pytest.fixture
def process(counter):
    """A process."""
    return Process(counter)
