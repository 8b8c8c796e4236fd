"""`images/` and `documents/`: the files that something public shows."""

from cms.media.models import CustomDocument, CustomImage
from cms.media.public import public_documents, public_images
from cms.media.represent import document_form, image_form, preload_images

from .base import BY_ID, FormViewSet


class ImagesViewSet(FormViewSet):
    """Public images. Alternative text, caption and credit belong to the uses."""

    name = "images"
    cursor_order = BY_ID
    model = CustomImage

    def get_queryset(self):
        return preload_images(public_images()).order_by("pk")

    def form(self, instance):
        form = image_form(instance)
        return {key: form[key] for key in form if key not in {"alt", "caption", "credit"}}


class DocumentsViewSet(FormViewSet):
    """Public documents."""

    name = "documents"
    cursor_order = BY_ID
    model = CustomDocument

    def get_queryset(self):
        return public_documents().order_by("pk")

    def form(self, instance):
        return document_form(instance)
