"""Answers as they were sent a moment ago, for who asks the very same again before anything has changed."""

from dataclasses import dataclass
from typing import Any

from .versions import Version

# Answers and bytes up to which they are remembered; then all are forgotten, and found again where they are kept.
MOST = 4096
MOST_BYTES = 8 * 1024 * 1024
# Characters of a request; a longer one is nobody's habit.
LONGEST = 1000


@dataclass
class Sent:
    """What goes out."""

    status: str
    headers: list[tuple[str, str]]
    body: list[bytes]


def asked_of(environ: dict[str, Any]) -> tuple[Any, ...]:
    """Return all of a request that its answer depends on, as it came."""
    get = environ.get
    return (
        environ["REQUEST_METHOD"],
        get("HTTP_X_FORWARDED_PROTO") or environ["wsgi.url_scheme"],
        get("HTTP_HOST") or (environ["SERVER_NAME"], environ["SERVER_PORT"]),
        get("SCRIPT_NAME"),
        environ["PATH_INFO"],
        get("QUERY_STRING"),
        get("HTTP_ACCEPT_ENCODING"),
        get("HTTP_IF_NONE_MATCH"),
    )


class Ready:
    """What was sent at one version; another one begins anew."""

    def __init__(self) -> None:
        # Replaced as one, since threads read it without a lock.
        self._state: tuple[Version | None, dict[tuple[Any, ...], Sent]] = (None, {})
        self._bytes = 0

    def get(self, version: Version, asked: tuple[Any, ...]) -> Sent | None:
        """Return what was sent for this at this very version."""
        now, found = self._state
        return found.get(asked) if now is version else None

    def put(self, version: Version, asked: tuple[Any, ...], sent: Sent) -> None:
        """Remember what is sent; it must hold at `version`."""
        now, found = self._state
        name = sum(len(one) for one in asked if isinstance(one, str))
        if name > LONGEST:
            return
        size = name + sum(map(len, sent.body))
        if now is not version or len(found) >= MOST or self._bytes + size > MOST_BYTES:
            found, self._bytes = {}, 0
            self._state = (version, found)
        found[asked] = sent
        self._bytes += size
