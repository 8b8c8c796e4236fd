"""The content client: what the site shows comes through here and nowhere else.

Two transports with one interface. Both parse the bytes that the API sends, so both give the same values.
"""

import http.client
import io
import json
import logging
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.urls import resolve

from cms.core.dependencies import HEADER, from_header, note

logger = logging.getLogger(__name__)

BASE = "/api/v2/"
MAX_LIMIT = 100
# Seconds for a whole answer: an API that trickles must not hold the threads of the site.
TIMEOUT = 5


class NotFound(Exception):
    """There is nothing public there."""


class RefusedParameter(Exception):
    """The API refused a parameter; `parameter` names it."""

    def __init__(self, parameter: Any, detail: Any) -> None:
        super().__init__(detail)
        self.parameter = parameter


class Unavailable(Exception):
    """The API can't be asked, or answered what it never should."""


def get(path: str, /, **params: Any) -> dict:
    """Return the parsed body of `path` below the API's base; parameters that are None or empty are left out.

    Raise NotFound, RefusedParameter or Unavailable.
    """
    query = urlencode({name: value for name, value in params.items() if value not in (None, "")})
    fetch = over_http if settings.CONTENT_API_URL else in_process
    status, body, depends_on = fetch(f"{BASE}{path}", query)
    note(from_header(depends_on))
    if status == 404:
        raise NotFound(path)
    try:
        content = json.loads(body)
    except ValueError as error:
        raise Unavailable(f"{path}: not JSON") from error
    if not isinstance(content, dict) or status not in (200, 400):
        raise Unavailable(f"{path}: status {status}")
    if status == 400:
        raise RefusedParameter(content.get("parameter"), content.get("detail"))
    return content


def get_all(path: str, /, **params: Any) -> list[dict]:
    """Return the items of all pages of the listing at `path`; raise what `get` raises."""
    items = []
    while True:
        answer = get(path, **params, limit=MAX_LIMIT, offset=len(items))
        items += answer["items"]
        if len(items) >= answer["meta"]["total_count"] or not answer["items"]:
            return items


def in_process(path: str, query: str) -> tuple[int, bytes, str | None]:
    """Ask the API of this process: its view is called with a plain request, and rendered."""
    request = InternalRequest(
        {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(),
        }
    )
    match = resolve(path)
    response = match.func(request, *match.args, **match.kwargs)
    if hasattr(response, "render"):
        response.render()
    return response.status_code, response.content, response.headers.get(HEADER)


class InternalRequest(WSGIRequest):
    """A request that comes from here, so its host needs no checking."""

    def get_host(self) -> Any:
        return "localhost"


def over_http(path: str, query: str) -> tuple[int, bytes, str | None]:
    """Ask the API at CONTENT_API_URL, by CONTENT_API_KEY where there is one: all readers together are one client."""
    base = urlsplit(settings.CONTENT_API_URL)
    connect = http.client.HTTPSConnection if base.scheme == "https" else http.client.HTTPConnection
    headers = {"Accept": "application/json"}
    if settings.CONTENT_API_KEY:
        headers["X-API-Key"] = settings.CONTENT_API_KEY
    deadline = time.monotonic() + TIMEOUT
    connection = connect(base.hostname or "", base.port, timeout=TIMEOUT)
    try:
        connection.request("GET", f"{base.path.rstrip('/')}{path}?{query}", headers=headers)
        response = connection.getresponse()
        whole = b"".join(chunks(response, connection.sock, deadline))
        return response.status, whole, response.getheader(HEADER)
    except (OSError, http.client.HTTPException) as error:
        logger.warning("The content API did not answer: %s", error)
        raise Unavailable(str(error)) from error
    finally:
        connection.close()


def chunks(response: Any, sock: Any, deadline: Any) -> Iterator[Any]:
    """Yield the body of `response` as it comes in; TimeoutError when the deadline (of the monotonic clock) is over."""
    while True:
        remaining = deadline - time.monotonic()
        if remaining <= 0:
            raise TimeoutError("the answer took too long")
        if sock is not None and sock.fileno() >= 0:
            sock.settimeout(remaining)
        chunk = response.read1(65536)
        if not chunk:
            return
        yield chunk
