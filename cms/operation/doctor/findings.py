"""What `manage.py doctor` finds, and what is to be done about it."""

from typing import NamedTuple


class Finding(NamedTuple):
    """What is wrong, in one line, and how it is mended, in another."""

    what: str
    mend: str
