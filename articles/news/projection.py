"""What leaves a news article: its API form, and by what it is found."""

from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext
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
from search.registry import SearchText

from ..projection import FoundBy, OrderedBy, TypeProjection, entry_of

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


def search_text(form: dict[str, Any]) -> SearchText:
    """Return what the search finds of an article; its lead stands in results."""
    return SearchText(
        title=form["title"],
        kind=("article", capfirst(gettext("news article"))),
        summary=form["lead"],
        keywords=[tag["name"] for tag in form["tags"]],
        body=[
            form["body"],
            form["byline"],
            form["source"],
            (form["category"] or {}).get("name", ""),
            [attachment["title"] for attachment in form["attachments"]],
        ],
        date=form["published_on"],
    )


PROJECTION = TypeProjection(
    found_by=(
        FoundBy("category", lambda page: [page.category_id], entry_of("categories")),
        FoundBy("tag", lambda page: [item.tag_id for item in page.tagged_items.all()], entry_of("tags")),
        FoundBy("year", lambda page: [page.published_on and page.published_on.year]),
    ),
    ordered_by=(
        OrderedBy("published_on"),
        OrderedBy("featured_until"),
        # In place of the day of the first publication.
        OrderedBy("published", lambda form: form["published_on"], offered=False),
    ),
    search_text=search_text,
)
