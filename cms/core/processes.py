"""Processes that end with the one that has started them, however that one went."""

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1
# Loaded now: between fork and exec a child does as little as it can.
_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def end_with_parent(parent: int) -> None:
    """Ask Linux to end this process when the one that started it is gone (prctl(2)); elsewhere do nothing. `parent` is
    its process id, as it was before the fork.
    """
    if _libc is None:
        return
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        # It went in the meantime.
        os.kill(os.getpid(), signal.SIGTERM)
