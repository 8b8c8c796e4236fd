"""A process that asks one site: reads commands as lines of JSON, and answers each with a line.

    {"do": "ask", "address": "/…", "times": 5}   milliseconds of each answer, of which of the site's calls of the API;
                                                 queries, status, bytes; as "user" if given
    {"do": "bare", "address": "/…", "times": 5}  the same for a view that returns the same bytes and headers
    {"do": "…", …}                               a function of `bench.portal`, by name

Milliseconds are CPU time where the database is in the process (SQLite), else elapsed time. Nothing is kept: the cache
stands around the application that is asked here.
"""

import json
import os
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import django
from django.http import HttpResponse
from django.urls import re_path

_kept = {}


def constant(_request):
    """Return what `bare` has kept."""
    return HttpResponse(_kept["content"], headers=_kept["headers"])


urlpatterns = [re_path("", constant)]


def main():
    """Answer commands until there are no more."""
    # Answers go out where nothing that the site prints gets in between.
    out = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    django.setup()
    from django.test import Client

    client = Client(SERVER_NAME="127.0.0.1")
    for line in sys.stdin:
        command = json.loads(line)
        out.write(json.dumps(_do(client, command.pop("do"), command)) + "\n")
        out.flush()


def _do(client, name, command):
    if name == "ask":
        return _ask(client, **command)
    if name == "bare":
        return _bare(client, **command)
    if name == "fill":
        from bench.stock.fill import fill

        return fill(Path(command["path"]))
    from bench import portal

    if name == "rename":
        return portal.rename(lambda address: client.get(address).content)
    return getattr(portal, name)(**command)


def _ask(client, address, times, user=""):
    from django.contrib.auth import get_user_model
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    if user:
        client = type(client)(SERVER_NAME="127.0.0.1")
        client.force_login(get_user_model().objects.get(username=user))
    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    # A process learns with the first answer how many items of a type there are: then it need not ask before it looks.
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    count = len(queries)
    body = b"".join(response.streaming_content) if response.streaming else response.content
    _kept.update(content=body, headers=dict(response.headers))
    took, inside = [], []
    for _ in range(times):
        with _calls(clock) as calls:
            began = clock()
            client.get(address)
            took.append((clock() - began) * 1000)
        inside.append(sum(calls) * 1000)
    cursor = ""
    if response.headers["Content-Type"].startswith("application/json"):
        cursor = json.loads(body).get("meta", {}).get("next_cursor") or ""
    return {
        "ms": took,
        "api": inside,
        "queries": count,
        "status": response.status_code,
        "bytes": len(body),
        "next": cursor,
    }


@contextmanager
def _calls(clock):
    """Give the seconds of each call of the API that the site makes inside; of the plain site there is none."""
    calls = []
    if os.environ["DJANGO_SETTINGS_MODULE"].startswith("bench."):
        yield calls
        return
    from home.site import content

    ask = content.in_process

    def timed(*args):
        began = clock()
        try:
            return ask(*args)
        finally:
            calls.append(clock() - began)

    content.in_process = timed
    try:
        yield calls
    finally:
        content.in_process = ask


def _bare(client, address, times):
    from django.test.utils import override_settings

    with override_settings(ROOT_URLCONF=__name__, MIDDLEWARE=[]):
        return _ask(type(client)(SERVER_NAME="127.0.0.1"), address, times)


if __name__ == "__main__":
    main()
