"""Processes that end with the one that has started them, however that one went."""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1
# Loaded now: between fork and exec a child does as little as it can.
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def end_with_parent(parent: int, number: int = signal.SIGTERM) -> None:
    """Ask Linux to send this process a signal when the one that started it is gone (prctl(2)); elsewhere do nothing.
    `parent` is its process id, as it was before the fork.
    """
    if _libc is None:
        return
    _libc.prctl(_PR_SET_PDEATHSIG, number)
    if os.getppid() != parent:
        # It went in the meantime.
        os.kill(os.getpid(), number)
