"""What leaves a news article: its API form, and by what it is found."""

from collections.abc import Iterator
from typing import Any

from rest_framework import serializers
from wagtail.api import APIField

from cms.store.projection.fields import (
    DocumentsField,
    ImageUseField,
    PageReferencesField,
    SnippetField,
    StreamSerializer,
    TagsField,
)

FIELDS = [
    APIField("lead"),
    APIField("byline"),
    APIField("source"),
    APIField("category", serializer=SnippetField()),
    APIField("tags", serializer=TagsField(source="tagged_items")),
    APIField("published_on", serializer=serializers.DateField()),
    APIField("featured_until", serializer=serializers.DateField()),
    APIField("image", serializer=ImageUseField("image")),
    APIField("body", serializer=StreamSerializer()),
    APIField("attachments", serializer=DocumentsField()),
    APIField("related_articles", serializer=PageReferencesField("article_id", source="related_links")),
    APIField("directives", serializer=PageReferencesField("directive_id", source="article_directives")),
]


def terms(page: Any) -> Iterator[tuple[str, Any]]:
    """Yield the values by which filters find an article."""
    if page.category_id:
        yield "category", page.category_id
    for item in page.tagged_items.all():
        yield "tag", item.tag_id
    if page.published_on:
        yield "year", page.published_on.year


def sort_keys(form: dict[str, Any]) -> dict[str, str | None]:
    """Return what articles are ordered by."""
    return {
        "published_on": form["published_on"],
        "featured_until": form["featured_until"],
        "published": form["published_on"],
    }
