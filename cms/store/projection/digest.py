"""Digests of API forms: equal where a consumer would get the same, to the letter."""

import hashlib


def digest_of(text: str) -> str:
    """Return the SHA-256 of a form as it is kept, in hexadecimal.

    There, marks stand for the day for which derived values are asked, which changes nothing by itself, and for the
    address of the site: another one is told by a new epoch.
    """
    return hashlib.sha256(text.encode()).hexdigest()
