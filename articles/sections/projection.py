"""What leaves a section: its API form, and what the search finds of it."""

from typing import Any

from wagtail.api import APIField

from cms.store.projection.fields import RichTextSerializer
from search.registry import SearchText

from ..projection import TypeProjection

FIELDS = [APIField("introduction", serializer=RichTextSerializer())]


def search_text(form: dict[str, Any]) -> SearchText:
    """Return what the search finds of a section: its introduction."""
    return SearchText(title=form["title"], kind=("section", form["title"]), summary=form["introduction"])


PROJECTION = TypeProjection(found_by=(), ordered_by=(), search_text=search_text)
