"""Which state of the program makes the forms: after an update, the same content may be shown otherwise."""

import hashlib
from functools import cache
from pathlib import Path

from django.conf import settings

# What forms are made by: code, and the names of codes.
_SOURCES = ("*.py", "*.po")
_PARTS = ("cms/core", "cms/media", "cms/pages", "cms/store", "articles", "home", "search", "locale")


@cache
def projection_version() -> str:
    """Return the version of the projections of this program."""
    folder = Path(settings.BASE_DIR)
    digest = hashlib.sha256((folder / "requirements.lock").read_bytes())
    for part in _PARTS:
        for pattern in _SOURCES:
            for path in sorted((folder / part).rglob(pattern)):
                digest.update(str(path.relative_to(folder)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]
