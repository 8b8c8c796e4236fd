"""The text of Word, Excel, PowerPoint and OpenDocument files: XML in an archive, read as a stream."""

import re
import zipfile
from collections.abc import Iterator
from typing import Any

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from .limits import UNPACKED, Refused

# The parts with text, headers first: markings stand there.
_PARTS = {
    "docx": (r"word/header\d*\.xml", r"word/document\d*\.xml"),
    "odt": (r"styles\.xml", r"content\.xml"),
    "ods": (r"styles\.xml", r"content\.xml"),
    "xlsx": (r"xl/sharedStrings\.xml",),
    "pptx": (r"ppt/slides/slide\d+\.xml",),
}
TYPES = frozenset(_PARTS)
# Elements that are lines of their own: paragraphs, headings, shared strings; a box stands inside the paragraph that it
# hangs on.
_LINES = ("}p", "}h", "}si")
_BREAKS = {"br": "\n", "cr": "\n", "line-break": "\n", "tab": " ", "s": " "}
_BROKEN = (
    zipfile.BadZipFile,
    ParseError,
    DefusedXmlException,
    ValueError,
    RuntimeError,
    NotImplementedError,
    EOFError,
    OSError,
)


def read(file: Any, kind: str, found: Any) -> None:
    """Add the text of the open file to `found`, a part a head, until there is as much as is kept.

    Raise Refused(`unpacked`) where the parts unpack to more than may be, whatever the archive says of their size.
    """
    budget = _Budget()
    try:
        with zipfile.ZipFile(file) as archive:
            for pattern in _PARTS[kind]:
                for info in archive.infolist():
                    if re.fullmatch(pattern, info.filename):
                        with archive.open(info) as part:
                            found.begin_head()
                            _read_part(budget.over(part), found)
                    if found.is_full:
                        break
    except _BROKEN:
        found.is_read = False
        return
    found.is_read = bool(found.text.strip())


def _read_part(part, found) -> None:
    depth = 0
    for event, node in iterparse(part, events=("start", "end"), forbid_dtd=True):
        if event == "start":
            depth += node.tag.endswith(_LINES)
            continue
        # All of an element's text is there once it ends; what follows it belongs to the line around it, and is there
        # when its parent ends.
        if node.tag.endswith(_LINES):
            depth -= 1
            found.add("".join([node.text or "", *_inside(node)]) + "\n")
            _let_go(node)
        elif not depth and len(node) > 1000:
            node.clear()
        if found.is_full:
            return


def _inside(node: Any) -> Iterator[Any]:
    """Yield the text in the elements of a line, in order; lines inside it (of a text box) have been added and
    emptied.
    """
    for child in node:
        yield _BREAKS.get(child.tag.rpartition("}")[2], "")
        if not child.tag.endswith(_LINES):
            yield child.text or ""
            yield from _inside(child)
        yield child.tail or ""


def _let_go(node: Any) -> None:
    """Empty a line that was added, and keep what follows it."""
    tail = node.tail
    node.clear()
    node.tail = tail


class _Budget:
    """How much may be unpacked still, over all parts."""

    def __init__(self) -> None:
        self.left = UNPACKED

    def over(self, part: Any) -> Any:
        return _Counted(part, self)


class _Counted:
    """A part that is read up to the budget."""

    def __init__(self, part: Any, budget: Any) -> None:
        self._part = part
        self._budget = budget

    def read(self, size: Any = -1) -> Any:
        data = self._part.read(min(size, 1_000_000) if size and size > 0 else 1_000_000)
        self._budget.left -= len(data)
        if self._budget.left < 0:
            raise Refused("unpacked", megabytes=UNPACKED // 1_000_000)
        return data
