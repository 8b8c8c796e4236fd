"""Blocks that any page may use. Each has the API form that its template takes (templates/site/blocks/)."""

from typing import Any

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from cms.core.schemas import HTML, STRING, array, obj
from cms.core.text import normalise, vietnamese_slug

from .rich_text import FEATURES, display_html


class NormalisedMixin:
    """Stores what is typed in NFC, the one form in which Vietnamese text compares and prints alike."""

    def value_from_form(self, value: Any) -> Any:
        value = super().value_from_form(value)
        return normalise(value) if isinstance(value, str) else value


class CharBlock(NormalisedMixin, blocks.CharBlock):
    """A line of text."""


class TextBlock(NormalisedMixin, blocks.TextBlock):
    """Several lines of text."""


class ParagraphBlock(blocks.RichTextBlock):
    """Rich text. Its API form is display-ready HTML."""

    api_schema = HTML

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("features", FEATURES)
        super().__init__(**kwargs)

    def value_from_form(self, value: Any) -> Any:
        return super().value_from_form(normalise(value) if isinstance(value, str) else value)

    def get_api_representation(self, value: Any, context: dict[str, Any] | None = None) -> Any:
        return display_html(value.source)

    class Meta:
        icon = "pilcrow"
        label = _("Paragraph")
        preview_value = "<p>Đoàn công tác làm việc với <b>xã Bản Liền</b>.</p>"
        description = _("Text with bold, italic, lists and links")


class HeadingBlock(blocks.StructBlock):
    """A heading inside the text."""

    api_schema = obj({"text": STRING, "level": {"type": "integer", "enum": [2, 3]}, "anchor": STRING})

    text = CharBlock(label=_("Text"), max_length=200)
    level = blocks.ChoiceBlock(label=_("Level"), choices=[("2", _("Section")), ("3", _("Subsection"))], default="2")

    def get_api_representation(self, value: Any, context: dict[str, Any] | None = None) -> Any:
        return {
            "text": value["text"],
            "level": int(value["level"] or 2),
            "anchor": vietnamese_slug(value["text"] or ""),
        }

    class Meta:
        icon = "title"
        label = _("Heading")
        preview_value = {"text": "Kết quả nổi bật", "level": "2"}
        description = _("Parts a long text")


class QuoteBlock(blocks.StructBlock):
    """Somebody's words."""

    api_schema = obj({"text": STRING, "attribution": STRING})

    text = TextBlock(label=_("Quotation"))
    attribution = CharBlock(label=_("Who said it"), required=False, max_length=200)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        preview_value = {"text": "Dân tin thì việc khó cũng xong.", "attribution": "Một trưởng thôn"}
        description = _("Somebody's words, with their name")


class KeyFigureBlock(blocks.StructBlock):
    """One large number."""

    value = CharBlock(label=_("Figure"), max_length=30, help_text=_("As it is to be read, for example 10.948"))
    label = CharBlock(label=_("What it counts"), max_length=120)
    note = CharBlock(label=_("Note"), required=False, max_length=200)

    class Meta:
        icon = "order"
        label = _("Figure")


class KeyFiguresBlock(blocks.StructBlock):
    """A row of large numbers."""

    api_schema = obj({"title": STRING, "figures": array(obj({"value": STRING, "label": STRING, "note": STRING}))})

    title = CharBlock(label=_("Title"), required=False, max_length=200)
    figures = blocks.ListBlock(KeyFigureBlock(), label=_("Figures"), min_num=1, max_num=6)

    class Meta:
        icon = "table"
        label = _("Key figures")
        preview_value = {"title": "Sáu tháng", "figures": [{"value": "176", "label": "cuộc tiếp xúc"}]}
        description = _("A row of large numbers")


class TableBlock(TypedTableBlock):
    """A table with a heading for each column."""

    api_schema = obj(
        {
            "caption": STRING,
            "columns": array(
                obj({"type": {"type": "string", "enum": ["text", "numeric", "rich_text"]}, "heading": STRING})
            ),
            "rows": array(array({"type": ["string", "number", "null"]})),
        }
    )

    def __init__(self, **kwargs: Any) -> None:
        columns = [
            ("text", CharBlock(label=_("Text"), required=False)),
            ("numeric", blocks.FloatBlock(label=_("Number"), required=False)),
            ("rich_text", ParagraphBlock(label=_("Rich text"), required=False)),
        ]
        super().__init__(columns, **kwargs)

    def get_api_representation(self, value: Any, context: dict[str, Any] | None = None) -> Any:
        if value is None:
            return {"caption": "", "columns": [], "rows": []}
        return {
            "caption": value.caption,
            "columns": [{"type": column["block"].name, "heading": column["heading"]} for column in value.columns],
            "rows": [
                [
                    column["block"].get_api_representation(cell, context)
                    for column, cell in zip(value.columns, row["values"], strict=False)
                ]
                for row in value.row_data
            ],
        }

    @cached_property
    def preview_template(self) -> Any:
        return None

    class Meta:
        icon = "table"
        label = _("Table")
        description = _("A table with headings")
