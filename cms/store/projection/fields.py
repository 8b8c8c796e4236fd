"""Serializer fields for page types' `api_fields`. Each gives one shape of docs/api.md."""

from collections.abc import Mapping
from typing import Any

from rest_framework import serializers
from wagtail.models import Page

from cms.core.schemas import HTML, array, nullable, ref
from cms.core.schemas import coded as coded_schema
from cms.media.represent import document_forms, image_form
from cms.pages.rich_text import display_html

from .references import references_to


class CodedField(serializers.Field):
    """A coded value: `{"code", "name"}`; null where there is none."""

    @property
    def api_schema(self) -> dict[str, Any]:
        """Its shape."""
        return nullable(coded_schema(self.labels))

    def __init__(self, choices: Any, **kwargs: Any) -> None:
        self.labels = dict(choices)
        super().__init__(**kwargs)

    def to_representation(self, value: Any) -> Any:
        return coded(value, self.labels)


def coded(value: Any, labels: Mapping[Any, Any]) -> dict[str, Any] | None:
    """Return the coded form of one of the choices `labels`; null for an empty one."""
    if not value:
        return None
    return {"code": str(value), "name": str(labels.get(value, value))}


def snippet(instance: Any) -> dict[str, Any] | None:
    """Return the form of a category, issuer, unit or sector inside something else."""
    if instance is None:
        return None
    return {"slug": instance.slug, "code": instance.code or None, "name": instance.name}


class SnippetField(serializers.Field):
    """One snippet."""

    api_schema = nullable(ref("Snippet"))

    def to_representation(self, value: Any) -> Any:
        return snippet(value)


class RichTextSerializer(serializers.Field):
    """Rich text as display-ready HTML."""

    api_schema = HTML

    def to_representation(self, value: Any) -> Any:
        return display_html(value)


class StreamSerializer(serializers.Field):
    """Blocks, each in its API form. (Wagtail's field can't be imported while models load.)"""

    api_schema = array(ref("Block"))

    def to_representation(self, value: Any) -> Any:
        blocks = value.stream_block.get_api_representation(value, self.context)
        # The image or file of such a block is gone.
        return [block for block in blocks if block["value"] is not None]


class ImageUseField(serializers.Field):
    """The image of a page with the words of this use: `<name>_alt`, `<name>_caption`, `<name>_credit`."""

    api_schema = nullable(ref("Image"))

    def __init__(self, name: str, **kwargs: Any) -> None:
        self.name = name
        super().__init__(source="*", **kwargs)

    def to_representation(self, page: Page) -> Any:
        words = (getattr(page, f"{self.name}_{part}", "") for part in ("alt", "caption", "credit"))
        return image_form(getattr(page, self.name), *words)


class DocumentsField(serializers.Field):
    """The documents of a child relation."""

    api_schema = array(ref("Document"))

    def to_representation(self, children: Any) -> Any:
        return document_forms(child.document for child in children.all())


class PageReferencesField(serializers.Field):
    """References to the public pages of a child relation; others vanish."""

    api_schema = array(ref("PageReference"))

    def __init__(self, key: str, **kwargs: Any) -> None:
        self.key = key
        super().__init__(**kwargs)

    def to_representation(self, children: Any) -> list[dict[str, Any]]:
        return references_to([getattr(child, self.key) for child in children.all()])


class TagsField(serializers.Field):
    """Tags by name."""

    api_schema = array(ref("Tag"))

    def to_representation(self, tagged_items: Any) -> list[dict[str, str]]:
        tags = sorted((item.tag for item in tagged_items.all()), key=lambda tag: tag.name)
        return [{"slug": tag.slug, "name": tag.name} for tag in tags]
