"""Blocks that show files."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock as WagtailDocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock as WagtailImageChooserBlock

from cms.core.schemas import STRING, array, nullable, obj, ref
from cms.pages.blocks import CharBlock, TextBlock
from cms.pages.preloaded import PreloadedChooserMixin

from .represent import document_form, image_form


class ImageChooserBlock(PreloadedChooserMixin, WagtailImageChooserBlock):
    """Chooses an image."""


class DocumentChooserBlock(PreloadedChooserMixin, WagtailDocumentChooserBlock):
    """Chooses a document. Its API form is the document's."""

    api_schema = ref("Document")

    def get_api_representation(self, value: Any, context: dict[str, Any] | None = None) -> Any:
        return document_form(value)

    class Meta:
        icon = "doc-full-inverse"
        label = _("File")
        description = _("A file to download, with its type and size")


class ImageBlock(blocks.StructBlock):
    """One use of an image, with the words that belong to this use."""

    api_schema = ref("Image")

    image = ImageChooserBlock(label=_("Image"))
    alt = CharBlock(
        label=_("Alternative text"),
        max_length=300,
        help_text=_("What is to be seen, for those who can't see it"),
    )
    caption = CharBlock(label=_("Image caption"), required=False, max_length=300)
    credit = CharBlock(label=_("Credit"), required=False, max_length=120)

    def get_api_representation(self, value: Any, context: dict[str, Any] | None = None) -> Any:
        return image_form(value["image"], value["alt"], value["caption"], value["credit"])

    class Meta:
        icon = "image"
        label = _("Image")
        description = _("An image with caption and credit")


class GalleryBlock(blocks.StructBlock):
    """Several images that belong together."""

    api_schema = obj({"title": STRING, "images": array(ref("Image"))})

    title = CharBlock(label=_("Title"), required=False, max_length=200)
    images = blocks.ListBlock(ImageBlock(), label=_("Images"), min_num=2)

    def get_api_representation(self, value: Any, context: dict[str, Any] | None = None) -> Any:
        block = self.child_blocks["images"].child_block
        forms = [block.get_api_representation(image, context) for image in value["images"]]
        return {"title": value["title"], "images": [form for form in forms if form]}

    class Meta:
        icon = "image"
        label = _("Gallery")
        description = _("Several images that belong together")


class LinkCardBlock(blocks.StructBlock):
    """A link to another site, with the editor's own words and picture: nothing is embedded from elsewhere."""

    api_schema = obj({"url": STRING, "title": STRING, "description": STRING, "image": nullable(ref("Image"))})

    url = blocks.URLBlock(label=_("Address"))
    title = CharBlock(label=_("Title"), max_length=200)
    description = TextBlock(label=_("Description"), required=False, max_length=400)
    image = ImageChooserBlock(label=_("Image"), required=False)
    alt = CharBlock(label=_("Alternative text"), required=False, max_length=300)

    def get_api_representation(self, value: Any, context: dict[str, Any] | None = None) -> Any:
        return {
            "url": value["url"],
            "title": value["title"],
            "description": value["description"],
            "image": image_form(value["image"], value["alt"]),
        }

    class Meta:
        icon = "link-external"
        label = _("Link card")
        description = _("A link to another site with your own title and picture")
