"""Wagtail makes the redirects of a branch that gets other addresses in portions of 2,000, each one condition with as
many alternatives. SQLite takes 1,000.
"""

from typing import Any

from wagtail.contrib.redirects.signal_handlers import BatchRedirectCreator

PORTION = 200


def make_in_small_portions() -> None:
    """Let Wagtail's creator of redirects work in portions that SQLite takes (seen in Wagtail 8.0.1: moving 1,000 pages
    failed).
    """
    stock = BatchRedirectCreator.__init__

    def limited(self, max_size, *args: Any, **kwargs: Any) -> None:
        stock(self, min(max_size, PORTION), *args, **kwargs)

    BatchRedirectCreator.__init__ = limited
