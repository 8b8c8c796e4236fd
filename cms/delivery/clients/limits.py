"""How much one client may ask of the API, around everything else: counting costs no query.

All processes count together, in windows of a minute (`counts.py`). What a client has already (304) and what went wrong
here (5xx) do not count. The headers are those of the IETF's draft "RateLimit header fields for HTTP" (httpapi working
group); a client that is refused is told when to come again (RFC 9110, Retry-After).
"""

import json
import logging
import threading
import time
from http import HTTPStatus
from pathlib import Path
from typing import Any

from django.conf import settings

from cms.api.problems import MEDIA_TYPE, problem_body
from cms.core.clients import client_address, client_network

from .counts import Counts, RedisCounts, SharedCounts
from .models import ApiKey, digest_of

logger = logging.getLogger(__name__)

PREFIX = "/api/"
WINDOW = 60
# Not modified; what went wrong here.
FREE = ("304", "5")
# Seconds for which keys are believed without asking the database.
BELIEVED = 10


class LimitingApplication:
    """Lets each client ask `per_minute` requests of `application` below /api/, one with a key as many as the key says;
    0 is no limit.

    `proxies` is the number of proxies in front that add to X-Forwarded-For: only what they wrote is believed.
    """

    def __init__(
        self,
        application: Any,
        per_minute: int,
        proxies: int = 0,
        clock: Any = time.time,
        counts: Counts | None = None,
    ) -> None:
        self._application = application
        self._per_minute = per_minute
        self._proxies = proxies
        self._clock = clock
        self._lock = threading.Lock()
        self._counts = counts or SharedCounts()
        self._keys, self._asked_at = {}, float("-inf")

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        if not environ.get("PATH_INFO", "").startswith(PREFIX):
            return self._application(environ, start_response)
        key = environ.get("HTTP_X_API_KEY")
        # A key that is not known is refused in any case: whoever sends it believes that it means something.
        name, limit = self._known(key) if key else (None, self._per_minute)
        if key and name is None:
            return refuse(start_response, HTTPStatus.UNAUTHORIZED, "There is no such key.", [])
        if not limit or not self._per_minute:
            return self._application(environ, start_response)
        client = name or f"address {client_network(client_address(environ, self._proxies))}"
        now = self._clock()
        window = int(now // WINDOW)
        count, seconds = self._counts.add(client, window), int((window + 1) * WINDOW - now) + 1
        if count > limit:
            detail = f"More than {limit} requests in {WINDOW} seconds."
            headers = [*_headers(limit, 0, seconds), ("Retry-After", str(seconds))]
            return refuse(start_response, HTTPStatus.TOO_MANY_REQUESTS, detail, headers)

        def start(status, given, exc_info=None):
            asked = count
            if status.startswith(FREE):
                asked = self._counts.add(client, window, -1)
            return start_response(status, [*given, *_headers(limit, limit - asked, seconds)])

        return self._application(environ, start)

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


def _headers(limit: int, remaining: int, seconds: int) -> list[tuple[str, str]]:
    return [
        ("RateLimit-Policy", f'"default";q={limit};w={WINDOW}'),
        ("RateLimit", f'"default";r={max(0, remaining)};t={seconds}'),
    ]


def refuse(start_response: Any, status: HTTPStatus, detail: str, headers: list[tuple[str, str]]) -> list[bytes]:
    """Answer a problem."""
    body = json.dumps(problem_body(status.value, detail)).encode()
    given = [("Content-Type", MEDIA_TYPE), ("Content-Length", str(len(body))), ("Cache-Control", "no-store"), *headers]
    start_response(f"{status.value} {status.phrase}", given)
    return [body]


def shared_counts() -> Counts:
    """Return what counts for this installation: Redis where there is one, else a file beside the counter of changes."""
    counts = SharedCounts(Path(settings.CHANGE_COUNTER).with_suffix(".limits"))
    return RedisCounts(settings.REDIS_URL, counts) if settings.REDIS_URL else counts
