"""Removal is part of the act: in its own transaction what is not public any more leaves the store, so that it is gone
whatever fails afterwards.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from wagtail.models import Page

from cms.core.batches import batches
from cms.pages.tree import at_or_below

from .links import shown_among
from .models import Item, Link, RemovedItem, Term
from .writing import delete_items

# Files, which are public only while something shows them.
FILES = ("images", "documents")


def remove_hidden(page_id: int, path: str) -> bool:
    """Remove a page that is not public (any more), and all below it; `path` is its place in the tree. Return whether
    anything was there.
    """
    stored = Item.objects.filter(page_id=page_id).values_list("tree_path", flat=True).first()
    scope, branch = Q(page_id=page_id), Q(pk=page_id)
    for place in {path, stored or ""} - {""}:
        scope |= at_or_below(place, "tree_path")
        branch |= at_or_below(place)
    # Before their items, as deleting locks them. Restricting a page, or naming it, locks its row at the commit only:
    # PostgreSQL checks foreign keys then.
    list(Page.objects.select_for_update(no_key=True).filter(branch).order_by("path").values_list("pk"))
    return remove_items(Item.objects.filter(scope).exclude(page_id=None))


def remove_outside(root_path: str) -> None:
    """Remove the pages that do not stand at or below the new root of the site."""
    remove_items(Item.objects.exclude(page_id=None).exclude(tree_path__startswith=root_path))


def remove_items(items: Iterable[Item]) -> bool:
    """Remove items, and the files that nothing else shows; what is to be told of them is kept aside. Return whether
    there were any.
    """
    wanted = sorted(item.pk for item in items)
    # Locked in the order of their keys, as the projector locks them.
    locked = Item.objects.select_for_update().order_by("pk")
    found = {item.pk: item for batch in batches(wanted) for item in locked.filter(pk__in=batch)}
    if not found:
        return False
    terms: dict[int, list[Any]] = {}
    links: dict[int, list[Any]] = {}
    for batch in batches(found):
        for item, *pair in Term.objects.filter(item__in=batch).values_list("item", "parameter", "value"):
            terms.setdefault(item, []).append(pair)
        for item, kind, number in Link.objects.filter(item__in=batch).values_list("item", "kind", "number"):
            links.setdefault(item, []).append([kind, number])
    RemovedItem.objects.bulk_create(
        [
            RemovedItem(
                type=item.type,
                key=item.key,
                page_id=item.page_id,
                path=item.path,
                tree_path=item.tree_path,
                digest=item.digest,
                reference=item.reference,
                terms=terms.get(pk, []),
                links=links.get(pk, []),
            )
            for pk, item in found.items()
        ],
        batch_size=100,
    )
    for batch in batches(found):
        delete_items(batch)
    shown = {(str(kind), int(number)) for pairs in links.values() for kind, number in pairs}
    for kind in FILES:
        numbers = {number for name, number in shown if name == kind}
        numbers -= {number for batch in batches(numbers) for number in shown_among(kind, batch)}
        for batch in batches(numbers):
            remove_items(Item.objects.filter(type=kind, number__in=batch))
    return True


def remove_file(kind: str, number: int) -> None:
    """Remove a file (`kind` is its endpoint) that nothing public shows, or that nobody may have."""
    remove_items(Item.objects.filter(type=kind, number=number))
