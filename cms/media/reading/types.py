"""What a file is, decided by its bytes. A name that says something else is a reason to refuse it."""

import re
import zipfile
from typing import Any

from .limits import UNPACKED, Refused

PICTURES = {"avif", "gif", "heic", "jpeg", "png", "webp"}
# The old binary formats of Microsoft Office share one container, which this project does not look into.
OLE = {"doc", "xls", "ppt"}
PLAIN = {"txt", "csv"}
# What a zip archive is, by a part that every file of that type has.
_PARTS = {
    "docx": re.compile(r"word/document\d*\.xml"),
    "xlsx": re.compile(r"xl/workbook\d*\.xml"),
    "pptx": re.compile(r"ppt/presentation\d*\.xml"),
}
_MIMETYPES = {
    b"application/vnd.oasis.opendocument.text": "odt",
    b"application/vnd.oasis.opendocument.spreadsheet": "ods",
}
_HEIF_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1"}
_HEAD = 1024


def type_of(file: Any, extension: str) -> str:
    """Return the type of the open `file`, as the usual extension in lower case.

    Plain text and the old formats of Microsoft Office are told apart by `extension`, since their bytes are alike.
    Raise Refused(`mismatch`) where the bytes are of another type than the name says, Refused(`unpacked`) for an
    archive that unpacks to more than may be.
    """
    extension = {"jpg": "jpeg", "heif": "heic"}.get(extension.lower(), extension.lower())
    file.seek(0)
    head = file.read(_HEAD)
    found = _by_head(head, file, extension)
    # Phones call their pictures .jpg whatever they are; pictures are stored as what they are.
    if found != extension and not (found in PICTURES and extension in PICTURES):
        raise Refused("mismatch", extension=extension, found=found or "")
    return found


def _by_head(head, file, extension):
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if head.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "gif"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "webp"
    if head[4:8] == b"ftyp":
        return "avif" if head[8:12] in {b"avif", b"avis"} else "heic" if head[8:12] in _HEIF_BRANDS else None
    # Some programs put a few bytes before it, which every reader forgives.
    if b"%PDF-" in head if extension == "pdf" else head.startswith(b"%PDF-"):
        return "pdf"
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return extension if extension in OLE else "doc"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _by_parts(file)
    if extension in PLAIN and (b"\x00" not in head or head.startswith((b"\xff\xfe", b"\xfe\xff"))):
        return extension
    return None


def _by_parts(file):
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
            if sum(info.file_size for info in archive.infolist()) > UNPACKED:
                raise Refused("unpacked", megabytes=UNPACKED // 1_000_000)
            if "mimetype" in names:
                with archive.open("mimetype") as part:
                    return _MIMETYPES.get(part.read(100).strip(), "zip")
            return next((found for found, part in _PARTS.items() if any(map(part.fullmatch, names))), "zip")
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError):
        return None
