"""Plain text: UTF-8, or UTF-16 with its mark. Anything else stays unread rather than guessed."""

import codecs
from typing import Any


def read(file: Any, found: Any) -> None:
    """Add the text of the open file to `found`."""
    head = file.read(4)
    file.seek(0)
    utf16 = head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    decoder = codecs.getincrementaldecoder("utf-16" if utf16 else "utf-8-sig")()
    try:
        while not found.is_full and (data := file.read(65536)):
            found.add(decoder.decode(data))
        if not found.is_full:
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return
    found.is_read = bool(found.text.strip())
