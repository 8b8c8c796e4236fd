"""Wagtail keeps the addresses of sites for an hour in each process: after a change of one, the processes would disagree."""

import time

from wagtail.models import Site

from .counter import shared_counter

# Seconds for which addresses are believed without reason to doubt: another machine may have changed them.
BELIEVED = 1.0


class SiteAddresses:
    """Forgets the addresses at the begin of a request where they may have changed: the counter of this machine moved, or a second is over."""

    def __init__(self):
        self._seen = b""
        self._forgotten_at = float("-inf")

    def follow(self, **_kwargs) -> None:
        """Receives `request_started`."""
        now = shared_counter().read()
        if now != self._seen or time.monotonic() - self._forgotten_at >= BELIEVED:
            self._seen, self._forgotten_at = now, time.monotonic()
            Site.clear_site_root_paths_cache()
