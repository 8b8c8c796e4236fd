"""Files under MEDIA_URL: renditions of public images; anything else only for those who work in the admin."""

import mimetypes
from typing import Any

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from .models import CustomImage, Rendition
from .public import public_images
from .renditions import FILTERS


@require_safe
def serve_media(request: HttpRequest, path: str) -> Any:
    """Return the file at `path`, if the reader may have it; 404 otherwise.

    A rendition's name carries its filter and never changes its bytes, so browsers may keep a public one; but an image
    can stop being public, so they ask again after an hour. Originals may hold places and names of people in
    their metadata and stay inside, and so do the renditions that Wagtail's admin makes: those keep the metadata.
    """
    if "\x00" in path:
        raise Http404
    rendition = Rendition.objects.filter(file=path).only("image_id", "filter_spec").first()
    public = (
        rendition is not None
        and rendition.filter_spec in FILTERS
        and public_images().filter(pk=rendition.image_id).exists()
    )
    if not public and not may_see_drafts(request, rendition, path):
        raise Http404
    try:
        file = default_storage.open(path)
    except (OSError, ValueError) as error:
        raise Http404 from error
    response = FileResponse(file, content_type=mimetypes.guess_type(path)[0] or "application/octet-stream")
    response["Cache-Control"] = "public, max-age=3600" if public else "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'"
    return response


def may_see_drafts(request: HttpRequest, rendition: Any, path: str) -> bool:
    """Return whether this is somebody of the office, asking for an image and not for any other file in storage."""
    if not request.user.is_active or not request.user.has_perm("wagtailadmin.access_admin"):
        return False
    return rendition is not None or CustomImage.objects.filter(file=path).exists()
