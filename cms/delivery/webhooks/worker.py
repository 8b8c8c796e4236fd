"""Telling all endpoints at once, each at its own pace: one that is dead or slow holds up no other."""

import logging
import threading
import time

from django.db import close_old_connections, connection

from cms.store.counter import shared_counter

from .delivering import deliver, due_endpoints, let_go

logger = logging.getLogger(__name__)

# Seconds between two looks at the counter that the processes of a machine share, and at the database.
POLL_INTERVAL, SCAN_INTERVAL = 0.1, 1.0
# Seconds that calls which are under way get when the process is told to stop.
GRACE = 8
# Endpoints that are told at the same time.
MAX_THREADS = 32


class Dispatcher:
    """Gives each endpoint for which there is something to do a thread of its own."""

    def __init__(self, stopped: threading.Event) -> None:
        self._stopped = stopped
        self._threads: dict[int, threading.Thread] = {}

    def run(self) -> None:
        """Work until it is told to stop; what is under way may end, and is left for the next process otherwise."""
        counter = shared_counter()
        seen, looked_at = b"", 0.0
        while not self._stopped.is_set():
            now = counter.read()
            if now != seen or time.monotonic() - looked_at >= SCAN_INTERVAL:
                seen, looked_at = now, time.monotonic()
                self.look()
            self._stopped.wait(POLL_INTERVAL)
        end = time.monotonic() + GRACE
        for thread in self._threads.values():
            thread.join(max(0, end - time.monotonic()))
        let_go([pk for pk, thread in self._threads.items() if thread.is_alive()])

    def look(self) -> None:
        """Start a thread for each endpoint that has something to be delivered and no thread yet."""
        self._threads = {pk: thread for pk, thread in self._threads.items() if thread.is_alive()}
        close_old_connections()
        try:
            due = list(due_endpoints().values_list("pk", flat=True))
        except Exception:
            # The database may be away for a moment; it is asked again.
            logger.exception("the webhooks that are due could not be found out")
            return
        for pk in due:
            if pk not in self._threads and len(self._threads) < MAX_THREADS:
                self._threads[pk] = threading.Thread(target=self._tell, args=[pk], daemon=True)
                self._threads[pk].start()

    def _tell(self, pk: int) -> None:
        try:
            deliver(pk, self._stopped)
        except Exception:
            logger.exception("webhook %s", pk)
        finally:
            connection.close()
