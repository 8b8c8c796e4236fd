"""What consumers know of pages: by the items of the store, and by what acts removed and the feed has not told yet."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Q

from cms.pages.tree import at_or_below

from .models import Item, RemovedItem


@dataclass
class Told:
    """What a consumer knows of a page: of its item, or of one that an act removed and that is not told of yet."""

    page_id: int
    type: str
    path: str
    tree_path: str
    digest: str
    reference: str
    facts: str = ""
    is_current: bool = True
    item: int | None = None
    # Of the program that made its form.
    version: str = ""
    # The removals that are not told of yet.
    removed: set[int] = field(default_factory=set)
    shows: set[int] = field(default_factory=set)


def scope_of(page_id: int, places: Iterable[str]) -> Q:
    """Return the condition of being this page, or of standing at or below one of these places."""
    scope = Q(page_id=page_id)
    for place in places:
        scope |= at_or_below(place, "tree_path")
    return scope


def stored_of(scope: Q, removed: bool = True) -> dict[int, Told]:
    """Return what consumers know of pages, by page."""
    found: dict[int, Told] = {}
    if removed:
        for one in RemovedItem.objects.filter(scope).exclude(page_id=None).order_by("pk"):
            shows = {number for kind, number in one.links if kind == "pages"}
            found[one.page_id or 0] = Told(
                one.page_id or 0,
                one.type,
                one.path,
                one.tree_path,
                one.digest,
                one.reference,
                removed={one.pk, *(found[one.page_id or 0].removed if one.page_id in found else ())},
                shows=shows,
            )
    fields = ("pk", "page_id", "type", "path", "tree_path", "digest", "reference", "facts", "stale", "version")
    for item in Item.objects.filter(scope).exclude(page_id=None).only(*fields):
        found[item.page_id or 0] = Told(
            item.page_id or 0,
            item.type,
            item.path,
            item.tree_path,
            item.digest,
            item.reference,
            item.facts,
            not item.stale,
            item=item.pk,
            version=item.version,
            # What went and came back before it was told.
            removed=found[item.page_id or 0].removed if item.page_id in found else set(),
        )
    return found
