"""Documents, and renditions of images. What is public the store says; what is not answers as what does not exist."""

import hashlib
import mimetypes
from functools import lru_cache
from typing import Any

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponseNotModified
from django.utils.http import parse_etags
from django.views.decorators.http import require_safe

from cms.accounts.login.sessions import is_whole
from cms.delivery.previews.files import PARAMETER, may_see
from cms.media.models import CustomDocument, CustomImage, Rendition
from cms.media.renditions import FILTERS
from cms.store.models import Item
from cms.store.projector import newest

# Everybody may keep a public file, and asks whether it is still public.
PUBLIC = "public, max-age=0, must-revalidate"
# Types that browsers show themselves; others are saved.
SHOWN = "application/pdf"
# What a storage says of a file that is not there; a bucket that does not answer is something else (`cms.errors`).
MISSING = (FileNotFoundError, IsADirectoryError, NotADirectoryError, ValueError)


@require_safe
def serve_document(request: HttpRequest, document_id: str, filename: str) -> Any:
    """Return a document, if the reader may have it; 404 otherwise."""
    # Asked of everybody, so that what is not public answers to the header as what does not exist.
    inside = is_of_the_office(request)
    document = CustomDocument.objects.defer("extracted_text").filter(pk=int(document_id[:18])).first()
    public = document is not None and is_public("documents", document.pk)
    if document is not None and not (public or inside):
        inside = is_shown_by_link(request, "documents", document.pk)
    if document is None or document.filename != filename or not (public or (inside and not document.purged_at)):
        raise Http404
    attachment = document.content_type != SHOWN
    policy = "default-src 'none'"
    return answer(
        request,
        str(document.file.name),
        str(document.content_type),
        document.sha256,
        public,
        policy,
        attachment,
        filename,
    )


@require_safe
def serve_media(request: HttpRequest, path: str) -> Any:
    """Return the file at `path` below MEDIA_URL, if the reader may have it; 404 otherwise.

    A rendition's name carries its filter and never changes its bytes. Originals may hold places and names of people in
    their metadata and stay inside, and so do the renditions that Wagtail's admin makes: those keep the metadata.
    """
    inside = is_of_the_office(request)
    if "\x00" in path:
        raise Http404
    rendition = Rendition.objects.filter(file=path).only("image_id", "filter_spec").first()
    public = rendition is not None and rendition.filter_spec in FILTERS and is_public("images", rendition.image_id)
    inside = inside and (rendition is not None or CustomImage.objects.filter(file=path).exists())
    if rendition is not None and rendition.filter_spec in FILTERS and not (public or inside):
        inside = is_shown_by_link(request, "images", rendition.image_id)
    if not public and not inside:
        raise Http404
    content_type = mimetypes.guess_type(path)[0] or "application/octet-stream"
    policy = "default-src 'none'; style-src 'unsafe-inline'"
    return answer(
        request,
        path,
        content_type,
        digest_of_file(path, rendition.pk) if public and rendition is not None else "",
        public,
        policy,
    )


def is_public(kind: str, number: int) -> bool:
    """Return whether something public shows a file; `kind` is its endpoint."""
    newest()
    return Item.objects.filter(type=kind, number=number).exists()


def is_of_the_office(request: HttpRequest) -> bool:
    """Return whether this is somebody who works in the admin."""
    return request.user.is_active and request.user.has_perm("wagtailadmin.access_admin") and is_whole(request)


def is_shown_by_link(request: HttpRequest, kind: str, number: int) -> bool:
    """Return whether the address is signed for a link to a draft that shows a file."""
    return PARAMETER in request.GET and may_see(request.GET[PARAMETER], request.path, kind, number)


def answer(
    request: HttpRequest,
    name: str,
    content_type: str,
    sha256: str,
    public: bool,
    policy: str,
    attachment: bool = False,
    filename: str = "",
) -> Any:
    """Return the file `name` of the storage, or 304 where the reader has it; 404 where the storage has not."""
    headers = {"Cache-Control": PUBLIC if public else "private, no-store", "X-Content-Type-Options": "nosniff"}
    if not public:
        headers["X-Robots-Tag"] = "noindex"
    if public and sha256:
        headers["ETag"] = f'"{sha256}"'
        known = request.headers.get("If-None-Match", "")
        if {headers["ETag"], "*"} & {one.removeprefix("W/") for one in parse_etags(known)}:
            return HttpResponseNotModified(headers=headers)
    try:
        file = default_storage.open(name)
    except MISSING as error:
        raise Http404 from error
    response = FileResponse(file, as_attachment=attachment, filename=filename, content_type=content_type)
    for header, value in {**headers, "Content-Security-Policy": policy}.items():
        response[header] = value
    return response


@lru_cache(maxsize=4096)
def digest_of_file(name: str, rendition_id: int) -> str:
    """Return the SHA-256 of a rendition's file. Raise Http404 where the storage has none.

    The bytes of a rendition never change; one that is made again, under the same name, is another one.
    """
    try:
        with default_storage.open(name) as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except MISSING as error:
        raise Http404 from error
