"""The stylesheet of the site: small files for those who write it, one file for those who wait for it."""

import tempfile
import threading
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.staticfiles.finders import BaseFinder
from django.core.files.storage import FileSystemStorage

FOLDER = Path(__file__).parent / "styles"
# In the order of the cascade.
PARTS = ("tokens", "base", "layout", "components", "devices", "print")
NAME = "site/site.css"


class StylesheetFinder(BaseFinder):
    """Finds the parts of the stylesheet, joined, under one name: for collectstatic and for the server of
    development.
    """

    def check(self, **kwargs: Any) -> Any:
        return []

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:
        found = str(joined() / NAME) if path == NAME else None
        return [found] if find_all and found else found or []

    def list(self, ignore_patterns: Any) -> Iterator[Any]:
        yield NAME, FileSystemStorage(location=joined())


@cache
def _folder() -> tempfile.TemporaryDirectory:
    return tempfile.TemporaryDirectory(prefix="stylesheet-")


def joined() -> Path:
    """Return a folder with the stylesheet in it, as its parts are now."""
    folder = Path(_folder().name)
    file = folder / NAME
    file.parent.mkdir(exist_ok=True)
    whole = "\n".join((FOLDER / f"{part}.css").read_text(encoding="utf-8") for part in PARTS)
    if not file.exists() or file.read_text(encoding="utf-8") != whole:
        # In one step: another thread may be reading it.
        new = file.with_suffix(f".{threading.get_ident()}")
        new.write_text(whole, encoding="utf-8")
        new.replace(file)
    return folder
