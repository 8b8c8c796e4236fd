"""The API forms of files."""

from typing import Any
from urllib.parse import urljoin

from wagtail.images.models import Filter

from cms.pages.public import site_url

from .renditions import FILTERS, JPEG_FILTER, SIZES, filters_for


def image_form(image: Any, alt: str = "", caption: str = "", credit: str = "") -> dict | None:
    """Return the API form of one use of `image`: the sizes to choose from, and what the use says of it; None for one
    that is gone.

    The sizes are made when an image is uploaded, never here. Raise LookupError where they are not there.
    """
    if image is None or image.purged_at:
        return None
    filters: dict[str, Any] = {spec: Filter(spec=spec) for spec in filters_for(image)}
    existing: dict[Any, Any] = image.find_existing_renditions(*filters.values())
    found = {spec: existing[one] for spec, one in filters.items() if one in existing}
    if len(found) < len(filters):
        raise LookupError(f"image {image.pk} lacks sizes")
    jpeg = found.pop(JPEG_FILTER)
    renditions = list(found.values())
    largest = renditions[-1]
    base = site_url()
    return {
        "id": image.pk,
        "title": image.title,
        "alt": alt or "",
        "caption": caption or "",
        "credit": credit or "",
        "src": urljoin(base, largest.url),
        "srcset": ", ".join(f"{urljoin(base, rendition.url)} {rendition.width}w" for rendition in renditions),
        "sizes": SIZES,
        "width": largest.width,
        "height": largest.height,
        "jpeg": urljoin(base, jpeg.url),
    }


def document_form(document: Any) -> dict | None:
    """Return the API form of `document`; None for one that is gone."""
    if document is None or document.purged_at:
        return None
    return {
        "id": document.pk,
        "title": document.title,
        "url": urljoin(site_url(), document.url),
        "filename": document.filename,
        "size": document.file_size,
        "content_type": document.content_type,
        "sha256": document.sha256,
        "pages": document.pages,
    }


def document_forms(documents: Any) -> list[dict]:
    """Return the forms of those among `documents` that are still there."""
    return [form for form in map(document_form, documents) if form]


def preload_images(queryset: Any) -> Any:
    """`queryset` of images with the renditions that `image_form` needs."""
    return queryset.prefetch_renditions(*FILTERS)
