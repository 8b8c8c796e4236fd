"""The process that reads one file: python -m cms.media.reading.child PATH EXTENSION FOLDER.

Writes what it found to FOLDER/found.json, and pictures beside it.
"""

import json
import signal
import sys
from pathlib import Path
from typing import Any

from . import limits, types


class Findings:
    """What is known of a document so far.

    `heads` are the texts in which a marking would stand: the first page, headers.
    """

    def __init__(self) -> None:
        self.pages = None
        self.length = 0
        self.is_read = False
        self.heads = [""]
        self._pieces = []

    @property
    def text(self) -> Any:
        """All that was read."""
        return "".join(self._pieces)

    @property
    def is_full(self) -> bool:
        """Whether there is as much text as is kept."""
        return self.length >= limits.TEXT

    def begin_head(self) -> None:
        """Begin a new part with the next text."""
        self.heads.append("")

    def add(self, text: str) -> None:
        """Text that was read; beyond the limit none is kept."""
        # No database takes NUL or half a surrogate pair, which broken fonts of PDFs map to.
        text = text.replace("\x00", "").encode("utf-8", "replace").decode()[: limits.TEXT - self.length]
        self._pieces.append(text)
        self.length += len(text)
        if len(self.heads[-1]) < HEAD:
            self.heads[-1] += text


# Characters of a part in which markings are looked for.
HEAD = 20_000


class _TimeIsUp(BaseException):
    """Nothing that reads a file may catch it."""


def read(path: Path, extension: str, folder: Path) -> dict:
    """Return what the file at `path` is and says. Raise Refused."""
    with path.open("rb") as file:
        kind = types.type_of(file, extension)
        if kind in types.PICTURES:
            from . import pictures

            return {"type": kind, "picture": pictures.read(path, kind, folder)}
        # Should this process be ended, the file is one whose text can't be read.
        _tell(folder, {"type": kind})
        found = Findings()
        try:
            signal.setitimer(signal.ITIMER_REAL, limits.TEXT_SECONDS)
            _read_text(file, kind, found)
        except (_TimeIsUp, MemoryError):
            # What was read stays read.
            pass
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
        return {
            "type": kind,
            "pages": found.pages,
            "text": found.text,
            "is_read": found.is_read,
            "marking": _marking(found.heads),
        }


def _read_text(file, kind, found) -> None:
    file.seek(0)
    if kind == "pdf":
        from . import pdf

        pdf.read(file, found)
    elif kind in types.PLAIN:
        from . import plain

        plain.read(file, found)
    else:
        from . import office

        if kind in office.TYPES:
            office.read(file, kind, found)


def _marking(heads):
    from cms.media.secrecy import marking_in

    return next((marking for head in heads if (marking := marking_in(head.splitlines()))), None)


def _stop(_number, _frame) -> None:
    raise _TimeIsUp


def _tell(folder, found) -> None:
    (folder / "found.json").write_text(json.dumps(found))


def main(path: str, extension: str, folder: str) -> None:
    """Read within the limits."""
    limits.apply()
    signal.signal(signal.SIGALRM, _stop)
    try:
        found = read(Path(path), extension, Path(folder))
    except limits.Refused as refused:
        found = {"refused": refused.code, "params": refused.params}
    except MemoryError:
        found = {"refused": "limits"}
    _tell(Path(folder), found)


if __name__ == "__main__":
    main(*sys.argv[1:])
