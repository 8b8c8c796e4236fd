"""What is known of uploaded files: read once, before the transaction of the request begins, and found again by whoever
asks inside it.
"""

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from pathlib import PurePath
from tempfile import NamedTemporaryFile
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile, File
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from .reading.process import Reading, read_path
from .reading.types import PICTURES

_known: ContextVar[dict | None] = ContextVar("readings", default=None)


def sha256_of(file: Any) -> str:
    """Return the hexadecimal SHA-256 of an open file; its position is put back to the start."""
    file.seek(0)
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    return digest


@contextmanager
def readings_of(files: Any) -> Iterator[Any]:
    """Read `files` (open, with their names) now; what asks for their readings inside does not wait for them again."""
    token = _known.set({})
    try:
        for file in files:
            reading_of(file)
        yield
    finally:
        _known.reset(token)


def reading_of(file: Any) -> Reading:
    """Return what an open file is and says. Outside of `readings_of` it is read at once."""
    if file.size > _largest():
        return Reading(refused="size", params={"most": filesizeformat(_largest())})
    key = sha256_of(file), PurePath(file.name).suffix.lower().lstrip(".")
    known = _known.get()
    if known is None:
        return replace(_read(file, key[1]), sha256=key[0])
    if key not in known:
        known[key] = replace(_read(file, key[1]), sha256=key[0])
    return known[key]


def to_store(file: Any, reading: Reading) -> File | None:
    """Return what is stored in place of an uploaded picture: scaled, without what the camera wrote into it, under a
    name that fits; None for the file as it came.
    """
    suffix = PurePath(file.name).suffix.lower().lstrip(".").replace("jpg", "jpeg")
    if reading.stored is None and suffix == reading.type:
        return None
    content = reading.stored
    if content is None:
        file.seek(0)
        content = file.read()
    stored = ContentFile(content, name=f"{PurePath(file.name).stem}.{reading.type.replace('jpeg', 'jpg')}")
    known = _known.get()
    if known is not None:
        sha256 = sha256_of(stored)
        key = sha256, PurePath(stored.name or "").suffix.lower().lstrip(".")
        known[key] = replace(reading, stored=None, sha256=sha256, uploaded_sha256=reading.sha256)
    return stored


def _largest():
    return max(settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE, settings.WAGTAILDOCS_MAX_UPLOAD_SIZE)


def _read(file, extension):
    if hasattr(file, "temporary_file_path"):
        return read_path(file.temporary_file_path(), extension)
    with NamedTemporaryFile() as copy:
        for chunk in file.chunks():
            copy.write(chunk)
        copy.flush()
        file.seek(0)
        return read_path(copy.name, extension)


def refusal(reading: Reading, wanted: str = "document") -> str | None:
    """Why a file is not taken, in a sentence; None for one that may be a `wanted`: `image` or `document`."""
    if reading.marking:
        return _("This file is marked “%(marking)s”. It must not be here, and nothing of it was stored.") % {
            "marking": reading.marking
        }
    if reading.refused:
        params = {**reading.params, "extension": _harmless(reading.params.get("extension", ""))}
        return _REASONS[reading.refused]() % params
    if wanted == "image" and reading.type not in PICTURES:
        return _REASONS["broken"]()
    return None


def _harmless(extension):
    """Return the end of a file's name, as far as it can stand in a sentence: the uploader takes sentences for HTML."""
    return f".{extension}" if re.fullmatch(r"[a-z0-9]{1,10}", extension) else "?"


_REASONS = {
    "size": lambda: _("This file is too large: at most %(most)s are taken."),
    "pixels": lambda: _(
        "This image has %(megapixels)s million pixels, and at most %(most)s million are taken. Make it smaller and "
        "upload it again."
    ),
    "unpacked": lambda: _("This file unpacks to more than %(megabytes)s MB, which is not taken."),
    "limits": lambda: _(
        "Reading this file takes too long or too much memory. Save it anew in the program it comes from and upload "
        "that."
    ),
    "broken": lambda: _("This is not an image that can be read."),
    "mismatch": lambda: _(
        "The content of this file is not what its name says (%(extension)s). Nothing of it was stored."
    ),
}
