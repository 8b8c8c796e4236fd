"""`images/` and `documents/`: the files that something public shows."""

from typing import Any

from cms.core.schemas import ref
from cms.media.models import CustomDocument, CustomImage
from cms.media.public import public_documents, public_images
from cms.media.represent import document_form, image_form, preload_images

from ..openapi.describing import described_listing, described_object
from .base import BY_ID, FormViewSet


class ImagesViewSet(FormViewSet):
    """Public images. Alternative text, caption and credit belong to the uses."""

    name = "images"
    cursor_order = BY_ID
    model = CustomImage

    @classmethod
    def describe(cls) -> dict[str, Any]:
        return {
            "listing": described_listing(ref("ImageFile"), answer="Public images"),
            "detail": described_object(ref("ImageFile"), "A public image"),
        }

    def get_queryset(self) -> Any:
        return preload_images(public_images()).order_by("pk")

    def form(self, instance: Any) -> Any:
        form = image_form(instance) or {}
        return {key: form[key] for key in form if key not in {"alt", "caption", "credit"}}


class DocumentsViewSet(FormViewSet):
    """Public documents."""

    name = "documents"
    cursor_order = BY_ID
    model = CustomDocument

    @classmethod
    def describe(cls) -> dict[str, Any]:
        return {
            "listing": described_listing(ref("Document"), answer="Public documents"),
            "detail": described_object(ref("Document"), "A public document"),
        }

    def get_queryset(self) -> Any:
        return public_documents().order_by("pk")

    def form(self, instance: Any) -> Any:
        return document_form(instance)
