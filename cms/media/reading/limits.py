"""What reading one file may take. A file that needs more is refused, or its text counts as unread."""

import resource
from typing import Any

# Seconds until the process is ended from outside.
SECONDS = 10
# Seconds after which text that is being extracted is cut off by the process itself, so that what it has is not lost.
TEXT_SECONDS = 7
# Bytes of address space.
MEMORY = 512 * 1024 * 1024
# Bytes that a file may unpack to.
UNPACKED = 200_000_000
# Pixels of an image, all its frames together.
PIXELS = 50_000_000
# Characters of text that are kept: enough for search; an annex of hundreds of pages must not fill the table.
TEXT = 500_000


class Refused(Exception):
    """The file can't be taken: `code` says why, `params` are the numbers and words that the sentence names."""

    def __init__(self, code: str, **params: Any) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


def apply() -> None:
    """Bind this process to the limits."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
