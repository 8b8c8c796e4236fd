"""Which changes of the register readers would see."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, ReferenceIndex

from cms.pages.relied_on import is_named_by_relied_on
from cms.store.models import Link
from cms.store.projection.registry import collection_with


def pages_altered(stored: Any, values: dict[str, Any]) -> int | None:
    """Return how many public pages show the entry; None for one that is new, or that neither a public page nor one that
    people are asked to approve shows.
    """
    if stored is None:
        return None
    collection = collection_with(type(stored))
    shown = Link.objects.filter(kind=collection.name, number=stored.pk).values("item").distinct().count()
    return shown if shown or _is_relied_on(stored) else None


def pages_of_category(stored: Any, values: dict[str, Any]) -> int:
    """Return how many public pages show the category, which is public itself."""
    return (pages_altered(stored, values) or 0) if stored is not None else 0


def _is_relied_on(stored: Any) -> bool:
    """Return whether a page names the entry that is in review or approved, or public and not projected yet."""
    references = ReferenceIndex.objects.filter(
        to_content_type=ContentType.objects.get_for_model(stored),
        to_object_id=str(stored.pk),
        base_content_type=ContentType.objects.get_for_model(Page),
    )
    numbers = [int(pk) for pk in references.values_list("object_id", flat=True).distinct()]
    return Page.objects.filter(pk__in=numbers, live=True).exists() or is_named_by_relied_on(stored)
