"""Images and documents: public while something public shows them."""

from typing import Any

from cms.media.models import CustomDocument, CustomImage
from cms.media.represent import document_form, image_form, preload_images

from ..models import Link
from .registry import Collection, Entry


def shown(kind: str, ids: set[str] | None) -> Any:
    """Return the ids of the files that something public shows, among `ids` or all."""
    links = Link.objects.filter(kind=kind)
    if ids is not None:
        links = links.filter(number__in=[int(one) for one in ids])
    return links.values("number")


def images(ids: set[str] | None) -> dict[str, Entry]:
    """Return the public images. Alternative text, caption and credit belong to the uses."""
    found = {}
    for image in preload_images(CustomImage.objects.filter(pk__in=shown("images", ids), purged_at=None)):
        form = image_form(image) or {}
        form = {key: form[key] for key in form if key not in {"alt", "caption", "credit"}}
        found[str(image.pk)] = Entry(str(image.pk), form)
    return found


def documents(ids: set[str] | None) -> dict[str, Entry]:
    """Return the public documents."""
    queryset = CustomDocument.objects.filter(pk__in=shown("documents", ids), purged_at=None).defer("extracted_text")
    return {str(document.pk): Entry(str(document.pk), document_form(document) or {}) for document in queryset}


IMAGES = Collection("images", images, model=CustomImage, after_links=True)
DOCUMENTS = Collection("documents", documents, model=CustomDocument, after_links=True)
