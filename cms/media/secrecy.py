"""Files that carry a secrecy marking are refused at entry (Law on the protection of state secrets; DOMAIN, section 4).

A marking stands by itself: alone on its line, near the head of the first page or in the header of the document. Words in a sentence are none.
What has no text in it (a scan, an old binary format, an encrypted file) can't be judged by a program: for that the editor declares, on submission, that
nothing is secret.
"""

import re
import zipfile

from defusedxml.ElementTree import ParseError, fromstring
from pypdf import PdfReader
from pypdf.errors import PyPdfError

from cms.common.text import fold, normalise

# Where markings stand: the head of the first page.
HEAD_LINES = 30
# XML beyond this is not read: a small archive can hold a very large one.
MAX_XML = 20_000_000
_STAMP = re.compile(r"(TUYỆT MẬT|TỐI MẬT|MẬT|LƯU HÀNH NỘI BỘ)")
_LABELLED = re.compile(r"(?:do mat|muc do mat) ?:? ?(tuyet mat|toi mat|mat)")
_PARAGRAPHS = ("}p", "}h")
_XML_PARTS = {
    "docx": re.compile(r"word/(document|header\d*)\.xml"),
    "odt": re.compile(r"(content|styles)\.xml"),
}


def marking_in(file, extension: str) -> str | None:
    """The secrecy marking that the open `file` carries, as it is written; None where none is found. The position is put back."""
    file.seek(0)
    try:
        for head in heads_of(file, extension.lower()):
            for line in head[:HEAD_LINES]:
                found = marking_of(line)
                if found:
                    return found
    finally:
        file.seek(0)
    return None


def marking_of(line: str) -> str | None:
    """The marking that `line` is, and nothing else; letters may be spaced out."""
    text = " ".join(normalise(line).split())
    if re.fullmatch(r"(?:\w )+\w", text):
        text = text.replace(" ", "")
        spaced = {name.replace(" ", ""): name for name in ("TUYỆT MẬT", "TỐI MẬT", "MẬT", "LƯU HÀNH NỘI BỘ")}
        text = spaced.get(text, text)
    text = text.strip(" .*-–[]()")
    if _STAMP.fullmatch(text) or _LABELLED.fullmatch(fold(text)):
        return text
    return None


def heads_of(file, extension):
    """Yields lists of lines: the head of the first page, and the headers."""
    if extension == "pdf":
        yield _pdf_lines(file)
    elif extension in _XML_PARTS:
        yield from _xml_lines(file, _XML_PARTS[extension])
    elif extension in {"txt", "csv"}:
        yield file.read(10_000).decode("utf-8", "replace").splitlines()


def _pdf_lines(file):
    try:
        pages = PdfReader(file).pages
        return pages[0].extract_text().splitlines() if pages else []
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return []


def _xml_lines(file, parts):
    try:
        with zipfile.ZipFile(file) as archive:
            for info in archive.infolist():
                if parts.fullmatch(info.filename) and info.file_size <= MAX_XML:
                    root = fromstring(archive.read(info))
                    yield ["".join(node.itertext()) for node in root.iter() if node.tag.endswith(_PARAGRAPHS)]
    except (zipfile.BadZipFile, ParseError, ValueError, RuntimeError, NotImplementedError):
        return
