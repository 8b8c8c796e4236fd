"""What leaves a news article: its API form."""

from rest_framework import serializers
from wagtail.api import APIField

from cms.store.fields import (
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
