"""The text of Word, Excel, PowerPoint and OpenDocument files: XML in an archive, read as a stream."""

import re
import zipfile

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import ParseError, iterparse

from .limits import UNPACKED, Refused

# The parts with text, headers first: markings stand there.
_PARTS = {
    "docx": (r"word/header\d*\.xml", r"word/document\.xml"),
    "odt": (r"styles\.xml", r"content\.xml"),
    "ods": (r"styles\.xml", r"content\.xml"),
    "xlsx": (r"xl/sharedStrings\.xml",),
    "pptx": (r"ppt/slides/slide\d+\.xml",),
}
TYPES = frozenset(_PARTS)
# Elements after which a line ends: paragraphs, headings, shared strings.
_LINES = ("}p", "}h", "}si")
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


def read(file, kind: str, found) -> None:
    """Adds the text of the open file to `found`, a part a head, until there is as much as is kept.

    Raises Refused(`unpacked`) where the parts unpack to more than may be, whatever the archive says of their size.
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


def _read_part(part, found):
    line = []
    for _event, node in iterparse(part, events=("end",), forbid_dtd=True):
        if node.text and not node.tag.endswith(_LINES):
            line.append(node.text)
        if node.tag.endswith(_LINES):
            found.add((node.text or "") + "".join(line) + "\n")
            line = []
            node.clear()
        elif len(node) > 1000:
            # What is done is let go, or a long table would be kept whole.
            node.clear()
        if found.is_full:
            return


class _Budget:
    """How much may be unpacked still, over all parts."""

    def __init__(self):
        self.left = UNPACKED

    def over(self, part):
        return _Counted(part, self)


class _Counted:
    """A part that is read up to the budget."""

    def __init__(self, part, budget):
        self._part = part
        self._budget = budget

    def read(self, size=-1):
        data = self._part.read(min(size, 1_000_000) if size and size > 0 else 1_000_000)
        self._budget.left -= len(data)
        if self._budget.left < 0:
            raise Refused("unpacked", megabytes=UNPACKED // 1_000_000)
        return data
