"""Around everything: each request has an id, which its answer, its lines in the log and the proxy's share; and each
answer is counted, also those that Django never sees.
"""

import ipaddress
import logging
import re
import secrets
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from prometheus_client import Counter

from cms.delivery.cache.wrapper import SOURCE

logger = logging.getLogger(__name__)

# Of the request that this thread is at.
request_id: ContextVar[str] = ContextVar("request_id", default="")
ANSWERS = Counter("portal_answers_total", "Answers by status and by where they are from", ["status", "source"])
# Those of RFC 9110 and 5789. Metrics are kept by method, so nobody invents one.
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT"}
# The ids of proxies and of other programs, such as UUIDs; anything else could be a line of its own in the log.
_ID = re.compile(r"[A-Za-z0-9_-]{8,64}")


def _is_near(address: str) -> bool:
    """Return whether a proxy of ours may have it: readers can write the header too."""
    try:
        return ipaddress.ip_address(address).is_private
    except ValueError:
        return False


class RequestsApplication:
    """A WSGI application that names and counts the requests to `application`.

    `proxies` is the setting PROXIES; where it is 0 and a request has come by a proxy all the same, the log says so
    once, and the file `note` is left for `manage.py doctor`.
    """

    def __init__(self, application: Any, proxies: int, note: Path) -> None:
        self._application = application
        self._counters: dict[tuple[str, str], Any] = {}
        self._unaware = not proxies
        self._note = note

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        given = environ.get("HTTP_X_REQUEST_ID", "")
        name = given if _ID.fullmatch(given) else secrets.token_hex(8)
        request_id.set(name)
        if self._unaware and "HTTP_X_FORWARDED_FOR" in environ and _is_near(environ.get("REMOTE_ADDR", "")):
            self._tell()

        def start(status: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Any:
            self._count(f"{status[:1]}xx", environ.get(SOURCE, "made"))
            given = [*headers, ("X-Request-ID", name)]
            return start_response(status, given, exc_info) if exc_info else start_response(status, given)

        if environ["REQUEST_METHOD"] not in METHODS:
            start("501 Not Implemented", [("Content-Length", "0")])
            return []
        return self._application(environ, start)

    def _count(self, status: str, source: str) -> None:
        counter = self._counters.get((status, source))
        if counter is None:
            counter = self._counters[status, source] = ANSWERS.labels(status, source)
        counter.inc()

    def _tell(self) -> None:
        self._unaware = False
        logger.warning(
            "A request came by a proxy (X-Forwarded-For), but PROXIES is 0: all readers look like one, and share one "
            "limit. Set PROXIES to the number of proxies in front."
        )
        try:
            self._note.parent.mkdir(parents=True, exist_ok=True)
            self._note.touch()
        except OSError:
            logger.exception("%s can't be written", self._note)
