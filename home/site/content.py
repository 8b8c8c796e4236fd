"""The content client: what the site shows comes through here and nowhere else.

Two transports with one interface. Both parse the bytes that the API sends, so both give the same values.
"""

import http.client
import io
import json
import logging
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.urls import resolve

logger = logging.getLogger(__name__)

BASE = "/api/v2/"
TIMEOUT = 5


class NotFound(Exception):
    """There is nothing public there."""


class BadParameter(Exception):
    """The API refused a parameter; `parameter` names it."""

    def __init__(self, parameter, detail):
        super().__init__(detail)
        self.parameter = parameter


class Unavailable(Exception):
    """The API can't be asked, or answered what it never should."""


def get(path: str, /, **params) -> dict:
    """The parsed body of `path` below the API's base; parameters that are None or empty are left out.

    Raises NotFound, BadParameter or Unavailable.
    """
    query = urlencode({name: value for name, value in params.items() if value not in (None, "")})
    fetch = over_http if settings.CONTENT_API_URL else in_process
    status, body = fetch(f"{BASE}{path}", query)
    try:
        content = json.loads(body)
    except ValueError as error:
        raise Unavailable(f"{path}: not JSON") from error
    if status == 200:
        return content
    if status == 404:
        raise NotFound(path)
    if status == 400 and "parameter" in content:
        raise BadParameter(content["parameter"], content["detail"])
    raise Unavailable(f"{path}: status {status}")


def in_process(path: str, query: str) -> tuple[int, bytes]:
    """Asks the API of this process: its view is called with a plain request, and rendered."""
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
    return response.status_code, response.content


class InternalRequest(WSGIRequest):
    """A request that comes from here, so its host needs no checking."""

    def get_host(self):
        return "localhost"


def over_http(path: str, query: str) -> tuple[int, bytes]:
    """Asks the API at CONTENT_API_URL."""
    base = urlsplit(settings.CONTENT_API_URL)
    connect = http.client.HTTPSConnection if base.scheme == "https" else http.client.HTTPConnection
    connection = connect(base.hostname, base.port, timeout=TIMEOUT)
    try:
        connection.request("GET", f"{base.path.rstrip('/')}{path}?{query}", headers={"Accept": "application/json"})
        response = connection.getresponse()
        return response.status, response.read()
    except (OSError, http.client.HTTPException) as error:
        logger.warning("The content API did not answer: %s", error)
        raise Unavailable(str(error)) from error
    finally:
        connection.close()
