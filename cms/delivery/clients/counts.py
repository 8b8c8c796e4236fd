"""How often each client has asked in a window of time, counted for all processes together."""

import fcntl
import hashlib
import logging
import mmap
import os
import struct
import threading
import time
from pathlib import Path
from typing import Protocol

logger = logging.getLogger(__name__)

# Seconds after which Redis forgets a window, and for which it is not asked again when it did not answer.
_FORGOTTEN, _PATIENCE = 180, 5


class Counts(Protocol):
    """What counts requests."""

    def add(self, client: str, window: int, by: int = 1) -> int:
        """Add `by` to what `client` has asked in the window of this number, and return how much it is."""


class SharedCounts:
    """Counts in a file that the processes of one machine share in memory; without a `path` in this process alone.

    The file has places in groups, each client one in the group that its hash names. Where all places of a group are
    taken in a window, further clients of it are counted together: memory is no place for an attack. What a killed
    process leaves half written is one wrong count of one minute.
    """

    groups, places = 4096, 16
    # Hash of the client, window, count.
    _place = struct.Struct("<QII")

    def __init__(self, path: Path | None = None) -> None:
        size = self.groups * self.places * self._place.size
        self._file = None
        if path is None:
            self._memory = mmap.mmap(-1, size)
        else:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            if os.fstat(self._file).st_size != size:
                os.ftruncate(self._file, size)
            self._memory = mmap.mmap(self._file, size)
        self._lock = threading.Lock()

    def add(self, client: str, window: int, by: int = 1) -> int:
        """Add `by` to what `client` has asked in the window of this number, and return how much it is."""
        digest = int.from_bytes(hashlib.blake2b(client.encode(), digest_size=8).digest(), "little") or 1
        group = digest % self.groups
        # Locks of files are the process's: threads need their own.
        with self._lock:
            if self._file is not None:
                fcntl.lockf(self._file, fcntl.LOCK_EX, 1, group)
            try:
                return self._add(digest, group, window & 0xFFFFFFFF, by)
            finally:
                if self._file is not None:
                    fcntl.lockf(self._file, fcntl.LOCK_UN, 1, group)

    def _add(self, digest: int, group: int, window: int, by: int) -> int:
        first = group * self.places * self._place.size
        last = first + (self.places - 1) * self._place.size
        chosen = None
        for offset in range(first, last + 1, self._place.size):
            found, at, count = self._place.unpack_from(self._memory, offset)
            if at == window and found == digest:
                return self._store(offset, digest, window, count + by)
            # Of a window that is over: one request may end in the next one, after others began.
            if at < window and chosen is None:
                chosen = offset
        if by < 0:
            return 0
        if chosen is not None:
            return self._store(chosen, digest, window, by)
        found, at, count = self._place.unpack_from(self._memory, last)
        return self._store(last, found, window, count + by)

    def _store(self, offset: int, digest: int, window: int, count: int) -> int:
        self._place.pack_into(self._memory, offset, digest, window, max(0, count))
        return max(0, count)


class RedisCounts:
    """Counts in Redis, for several machines; where it does not answer, each machine counts for itself."""

    PREFIX = "portal:asked:"

    def __init__(self, url: str, meanwhile: Counts) -> None:
        import redis

        self._redis = redis.Redis.from_url(url, socket_timeout=0.2, socket_connect_timeout=0.2)
        self._errors = redis.RedisError
        self._meanwhile, self._silent_until = meanwhile, 0.0

    def add(self, client: str, window: int, by: int = 1) -> int:
        """Add `by` to what `client` has asked in the window of this number, and return how much it is."""
        if time.monotonic() >= self._silent_until:
            try:
                with self._redis.pipeline(transaction=False) as pipe:
                    key = f"{self.PREFIX}{window}:{client}"
                    pipe.incrby(key, by)
                    pipe.expire(key, _FORGOTTEN)
                    return int(pipe.execute()[0])
            except self._errors:
                logger.warning("Redis does not count requests; each machine counts for itself")
                self._silent_until = time.monotonic() + _PATIENCE
        return self._meanwhile.add(client, window, by)
