"""Which pages show what: Wagtail's reference index, the tree, and what apps register besides."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, ReferenceIndex

from cms.core.batches import batches
from cms.pages.rich_text import linked_id
from cms.store.models import Event

from .registry import object_fan_out


def pages_showing(ids: Iterable[int]) -> set[int]:
    """Return the pages that refer to one of the pages `ids`, or stand below one and so name it among their
    ancestors.
    """
    found = pages_referring(ContentType.objects.get_for_model(Page), ids)
    for batch in batches(ids):
        for path in Page.objects.filter(pk__in=batch, numchild__gt=0).values_list("path", flat=True):
            found |= set(Page.objects.filter(path__startswith=path).values_list("pk", flat=True))
    return found


def pages_showing_objects(events: list[Event]) -> set[int]:
    """Return the pages that refer to the objects of `events`."""
    found = set()
    for label, ids in _by_model(events).items():
        found |= object_fan_out(label, ids)
        content_type = ContentType.objects.get_by_natural_key(*label.lower().split("."))
        found |= pages_referring(content_type, ids)
    return found


def pages_shown_by(ids: Iterable[int]) -> dict[int, set[int]]:
    """Return the pages to which each of the pages `ids` refers."""
    content_type = ContentType.objects.get_for_model(Page)
    found: dict[int, set[int]] = {}
    for batch in batches(ids):
        rows = ReferenceIndex.objects.filter(
            base_content_type=content_type, object_id__in=[str(pk) for pk in batch], to_content_type=content_type
        )
        for object_id, to_object_id in rows.values_list("object_id", "to_object_id").distinct():
            # Rich text may name anything.
            if (number := linked_id(to_object_id)) is not None:
                found.setdefault(int(object_id), set()).add(number)
    return found


def pages_referring(content_type: ContentType, ids: Iterable[int]) -> set[int]:
    """Return the pages that refer to one of the objects `ids` of a type."""
    pages = ContentType.objects.get_for_model(Page)
    found = set()
    for batch in batches(ids):
        rows = ReferenceIndex.objects.filter(
            to_content_type=content_type, to_object_id__in=[str(pk) for pk in batch], base_content_type=pages
        )
        found |= {int(object_id) for object_id in rows.values_list("object_id", flat=True).distinct()}
    return found


def _by_model(events: list[Event]) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {}
    for event in events:
        if event.object_id is not None:
            found.setdefault(event.model, set()).add(event.object_id)
    return found
