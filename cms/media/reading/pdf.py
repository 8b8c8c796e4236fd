"""The pages and the text of a PDF."""

from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from .limits import TEXT

BROKEN = (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError)


class _Enough(Exception):
    """As much text as is kept."""


def read(file: Any, found: Any) -> None:
    """Add the pages and the text of the open PDF to `found`, page by page, so that what was read is there when time is
    up.

    `is_read` is set once the first page is done and had text: a scan, a broken and an encrypted file stay unread.
    """
    try:
        pages = PdfReader(file).pages
        found.pages = len(pages)
        for number, page in enumerate(pages):
            found.add(f"{_text_of(page, TEXT - found.length)}\n")
            if number == 0 and found.text.strip():
                found.is_read = True
            if found.is_full:
                return
    except BROKEN:
        return


def _text_of(page: Any, most: int) -> str:
    """Return the text of a page; extraction is stopped where there is as much as is kept, not cut afterwards."""
    pieces, length = [], 0

    def visit(text: str, *_matrices) -> None:
        nonlocal length
        pieces.append(text)
        length += len(text)
        if length >= most:
            raise _Enough

    try:
        return page.extract_text(visitor_text=visit)
    except _Enough:
        return "".join(pieces)
