"""The body of an article or standard page."""

from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.telepath import register
from wagtail.blocks.stream_block import StreamBlockAdapter

from cms.media.blocks import DocumentChooserBlock, GalleryBlock, ImageBlock, LinkCardBlock
from cms.pages.blocks import HeadingBlock, KeyFiguresBlock, ParagraphBlock, QuoteBlock, TableBlock


class BodyBlock(blocks.StreamBlock):
    """What a text is made of. A new block needs its class, its API form, a line here and a template."""

    heading = HeadingBlock()
    paragraph = ParagraphBlock()
    image = ImageBlock()
    gallery = GalleryBlock()
    quote = QuoteBlock()
    table = TableBlock()
    document = DocumentChooserBlock()
    key_figures = KeyFiguresBlock()
    link_card = LinkCardBlock()

    class Meta:
        label = _("Body")
        required = False


class BodyBlockAdapter(StreamBlockAdapter):
    """The body in the editor's browser, where headings and tables are pasted from Word."""

    js_constructor = "articles.blocks.BodyBlock"

    @cached_property
    def media(self) -> Any:
        return super().media + forms.Media(js=["articles/body_block.js"])


register(BodyBlockAdapter(), BodyBlock)
