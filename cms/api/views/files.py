"""`images/` and `documents/`: the files that something public shows."""

from typing import Any

from cms.core.schemas import ref

from ..cursors import BY_ID
from ..openapi.describing import described_listing, described_object
from .base import CollectionViewSet


class ImagesViewSet(CollectionViewSet):
    """Public images. Alternative text, caption and credit belong to the uses."""

    name = "images"
    cursor_order = BY_ID

    @classmethod
    def describe(cls) -> dict[str, Any]:
        return {
            "listing": described_listing(ref("ImageFile"), answer="Public images"),
            "detail": described_object(ref("ImageFile"), "A public image"),
        }


class DocumentsViewSet(CollectionViewSet):
    """Public documents."""

    name = "documents"
    cursor_order = BY_ID

    @classmethod
    def describe(cls) -> dict[str, Any]:
        return {
            "listing": described_listing(ref("Document"), answer="Public documents"),
            "detail": described_object(ref("Document"), "A public document"),
        }
