"""Where answers are kept: in the memory of the process, or in Redis for all processes of all machines."""

import contextlib
import logging
import pickle
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

logger = logging.getLogger(__name__)

# Seconds for which others wait for whoever makes an answer before they make it themselves.
PATIENCE = 10


@dataclass(frozen=True)
class Answer:
    """A response as it is sent."""

    status: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    # Of one that is kept: packed by gzip, the digest of the body, at which version it was made, what it depends on.
    packed: bytes = b""
    etag: str = ""
    made: Any = None
    depends_on: frozenset[str] = frozenset()

    @property
    def weight(self) -> int:
        """About how many bytes of memory it takes (measured: about a kilobyte beside body and headers)."""
        names = sum(len(name) + 60 for name in self.depends_on)
        texts = sum(len(name) + len(value) for name, value in self.headers)
        return len(self.body) + len(self.packed) + texts + names + 1024


class MemoryStore:
    """Keeps answers of up to `size` bytes together, with what it takes to keep them: the most recently asked for."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._used = 0
        self._answers: OrderedDict[str, Answer] = OrderedDict()
        self._lock = threading.Lock()
        self._making: dict[str, threading.Lock] = {}

    def get(self, key: str) -> Answer | None:
        """Return the answer under `key`."""
        with self._lock:
            answer = self._answers.get(key)
            if answer is not None:
                self._answers.move_to_end(key)
            return answer

    def set(self, key: str, answer: Answer) -> None:
        """Keep an answer; one that is larger than everything is not kept."""
        if answer.weight > self._size:
            return
        with self._lock:
            old = self._answers.pop(key, None)
            self._used += answer.weight - (old.weight if old else 0)
            self._answers[key] = answer
            while self._used > self._size:
                _key, dropped = self._answers.popitem(last=False)
                self._used -= dropped.weight

    @contextlib.contextmanager
    def making(self, key: str) -> Iterator[Any]:
        """Let one thread at a time make the answer under `key`: the others wait, and find it.

        Gives whether this one has waited.
        """
        with self._lock:
            lock = self._making.setdefault(key, threading.Lock())
        waited = not lock.acquire(blocking=False)
        acquired = not waited or lock.acquire(timeout=PATIENCE)
        try:
            yield waited
        finally:
            if acquired:
                lock.release()
            with self._lock:
                if not lock.locked():
                    self._making.pop(key, None)


class RedisStore:
    """In the Redis server at `url`.

    Where that can't be reached, every answer is made anew, and nobody waits for it for some seconds.
    """

    PREFIX = "portal:"
    # A version is asked for no longer than its day.
    SECONDS = 24 * 3600
    # For how long a server that did not answer is left alone.
    REST = 10

    def __init__(self, url: str) -> None:
        import redis

        self._redis = redis.Redis.from_url(url, socket_timeout=1, socket_connect_timeout=1)
        self._errors = redis.RedisError
        self._rests_until = float("-inf")

    def get(self, key: str) -> Answer | None:
        """Return the answer under `key`."""
        found = self._ask(self._redis.get, self.PREFIX + key)
        # Written by this program into its own server.
        return pickle.loads(found) if found else None  # noqa: S301

    def set(self, key: str, answer: Answer) -> None:
        """Keep an answer."""
        self._ask(self._redis.set, self.PREFIX + key, pickle.dumps(answer), ex=self.SECONDS)

    @contextlib.contextmanager
    def making(self, key: str) -> Iterator[Any]:
        """As of `MemoryStore`, over all processes."""
        name, token = f"{self.PREFIX}making:{key}", secrets.token_hex(8)
        end, waited = time.monotonic() + PATIENCE, False
        # True where the server can't be reached: then nobody waits.
        while not (taken := self._ask(self._redis.set, name, token, nx=True, ex=PATIENCE, default=True, missing=False)):
            waited = True
            if time.monotonic() >= end or self.get(key) is not None:
                break
            time.sleep(0.02)
        try:
            yield waited
        finally:
            # Not one that is somebody else's by now.
            if taken and self._ask(self._redis.get, name) == token.encode():
                self._ask(self._redis.delete, name)

    def _ask(self, command, *args: Any, default=None, missing=None, **kwargs: Any):
        if time.monotonic() < self._rests_until:
            return default
        try:
            found = command(*args, **kwargs)
        except self._errors as error:
            logger.warning("Redis did not answer: %s", error)
            self._rests_until = time.monotonic() + self.REST
            return default
        return missing if found is None else found
