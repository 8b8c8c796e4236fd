"""One call of an endpoint: signed as the Standard Webhooks specification says, to an address that may be called,
without following redirects.
"""

import contextlib
import http.client
import json
import socket
import ssl
import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.utils import timezone
from standardwebhooks.webhooks import Webhook

from cms.delivery.webhooks.models import Endpoint

from .addresses import AddressRefused, resolve

# Seconds for a whole call; the specification asks receivers to answer within 15 to 30.
TIMEOUT = 15


@dataclass(frozen=True)
class Outcome:
    """What came of a call. `status` is None where nobody answered; then `error` says why."""

    status: int | None
    error: str
    milliseconds: int

    @property
    def has_arrived(self) -> bool:
        """Whether the receiver has taken it."""
        return self.status is not None and 200 <= self.status < 300

    @property
    def found_it_down(self) -> bool:
        """Whether the receiver as a whole is down or asks for a pause, rather than refusing this message."""
        return self.status is None or self.status == 429 or self.status >= 500


def call(endpoint: Endpoint, delivery: Any, payload: Any) -> Outcome:
    """Post `payload` as the message of `delivery`."""
    body = json.dumps(payload, ensure_ascii=False, separators=(",", ":"))
    headers = {
        "Content-Type": "application/json",
        "User-Agent": "portal-webhooks",
        **signature(endpoint, delivery.message_id, body),
    }
    started = time.monotonic()
    try:
        status, error = post(endpoint.url, body.encode(), headers), ""
    except (OSError, http.client.HTTPException, AddressRefused, ValueError) as problem:
        # The receiver may have written some of it, and PostgreSQL can't hold NUL.
        words = "".join(letter if letter.isprintable() else "?" for letter in str(problem))
        status, error = None, f"{type(problem).__name__}: {words}"[:300]
    if status is not None and 300 <= status < 400:
        error = "redirects are not followed"
    return Outcome(status, error, int((time.monotonic() - started) * 1000))


def signature(endpoint: Endpoint, message_id: str, body: str) -> dict[str, str]:
    """Return the headers of the specification; while a secret is being changed, both of them sign."""
    now = datetime.now(tz=UTC)
    keys = [endpoint.secret]
    if endpoint.old_secret and endpoint.old_secret_until and endpoint.old_secret_until > timezone.now():
        keys.append(endpoint.old_secret)
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(Webhook(key).sign(message_id, now, body) for key in keys),
    }


def post(url: str, body: bytes, headers: dict[str, str]) -> int:
    """Return the status that `url` answers.

    Raise AddressRefused, OSError (when it takes too long, too), HTTPException.
    """
    parts = urlsplit(url)
    secure = parts.scheme == "https"
    port = parts.port or (443 if secure else 80)
    sockets = [socket.create_connection((resolve(parts.hostname or "", port), port), timeout=TIMEOUT)]
    # A receiver that sends a byte now and then would never run into a timeout of the socket.
    watch = threading.Timer(TIMEOUT, hang_up, [sockets])
    watch.start()
    try:
        if secure:
            sockets.append(ssl.create_default_context().wrap_socket(sockets[0], server_hostname=parts.hostname))
        connection = http.client.HTTPConnection(parts.hostname or "", port, timeout=TIMEOUT)
        connection.sock = sockets[-1]
        target = f"{parts.path or '/'}{'?' + parts.query if parts.query else ''}"
        connection.request("POST", target, body, {"Host": parts.netloc, **headers})
        # Only the status counts; what else the receiver says is not read.
        return connection.getresponse().status
    finally:
        watch.cancel()
        for one in reversed(sockets):
            one.close()


def hang_up(sockets: Any) -> None:
    """End a call from outside."""
    for one in sockets:
        with contextlib.suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
