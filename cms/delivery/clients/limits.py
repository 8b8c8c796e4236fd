"""How much one client may ask of the API, around everything else: counting costs no query and no lock worth speaking
of.

Each process counts for itself, in windows of a minute: with four workers a client may ask up to four times as much. The
headers are those of the IETF's draft "RateLimit header fields for HTTP" (httpapi working group); a client that is
refused is told when to come again (RFC 9110, Retry-After).
"""

import json
import logging
import threading
import time
from http import HTTPStatus
from typing import Any

from cms.api.problems import MEDIA_TYPE, problem_body
from cms.core.clients import client_address

from .models import ApiKey, digest_of

logger = logging.getLogger(__name__)

PREFIX = "/api/"
WINDOW = 60
# Seconds for which keys are believed without asking the database.
BELIEVED = 10
# More clients than this in one window are counted together: memory is no place for an attack.
MAX_CLIENTS = 100_000


class LimitingApplication:
    """Lets each client ask `per_minute` requests of `application` below /api/, one with a key as many as the key says;
    0 is no limit.

    `proxies` is the number of proxies in front that add to X-Forwarded-For: only what they wrote is believed.
    """

    def __init__(self, application: Any, per_minute: int, proxies: int = 0, clock: Any = time.time) -> None:
        self._application = application
        self._per_minute = per_minute
        self._proxies = proxies
        self._clock = clock
        self._lock = threading.Lock()
        self._window, self._counts = 0, {}
        self._keys, self._asked_at = {}, float("-inf")

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        if not self._per_minute or not environ.get("PATH_INFO", "").startswith(PREFIX):
            return self._application(environ, start_response)
        key = environ.get("HTTP_X_API_KEY")
        name, limit = self._known(key) if key else (None, self._per_minute)
        if key and name is None:
            return refuse(start_response, HTTPStatus.UNAUTHORIZED, "There is no such key.", [])
        if not limit:
            return self._application(environ, start_response)
        count, seconds = self._count(name or f"address {client_address(environ, self._proxies)}")
        headers = [
            ("RateLimit-Policy", f'"default";q={limit};w={WINDOW}'),
            ("RateLimit", f'"default";r={max(0, limit - count)};t={seconds}'),
        ]
        if count > limit:
            headers.append(("Retry-After", str(seconds)))
            detail = f"More than {limit} requests in {WINDOW} seconds."
            return refuse(start_response, HTTPStatus.TOO_MANY_REQUESTS, detail, headers)

        def start(status, given, exc_info=None):
            return start_response(status, [*given, *headers])

        return self._application(environ, start)

    def _count(self, client):
        """Return the number of this request in the window, and the seconds until the next one begins."""
        now = self._clock()
        window = int(now // WINDOW)
        with self._lock:
            if window != self._window:
                self._window, self._counts = window, {}
            if client not in self._counts and len(self._counts) >= MAX_CLIENTS:
                client = "others"
            self._counts[client] = count = self._counts.get(client, 0) + 1
        return count, int((window + 1) * WINDOW - now) + 1

    def _known(self, key):
        """(name, limit) of a key that is on; (None, 0) of any other."""
        with self._lock:
            if time.monotonic() - self._asked_at >= BELIEVED:
                try:
                    rows = ApiKey.objects.filter(is_active=True).values_list("digest", "pk", "per_minute")
                    self._keys = {digest: (f"key {pk}", limit) for digest, pk, limit in rows}
                except Exception:
                    # Those that are known go on; without a database the API says itself what is wrong.
                    logger.exception("the API keys could not be read")
                self._asked_at = time.monotonic()
            return self._keys.get(digest_of(key), (None, 0))


def refuse(start_response: Any, status: HTTPStatus, detail: str, headers: list[tuple[str, str]]) -> list[bytes]:
    """Answer a problem."""
    body = json.dumps(problem_body(status.value, detail)).encode()
    given = [("Content-Type", MEDIA_TYPE), ("Content-Length", str(len(body))), ("Cache-Control", "no-store"), *headers]
    start_response(f"{status.value} {status.phrase}", given)
    return [body]
