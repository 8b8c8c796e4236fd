"""Which public pages show what, by the links that the store keeps."""

from collections.abc import Iterable

from cms.core.batches import batches
from cms.pages.tree import at_or_below

from .models import Item, Link


def pages_showing(kind: str, numbers: Iterable[int]) -> set[int]:
    """Return the public pages that show one of these objects (`kind` is an endpoint)."""
    found: set[int] = set()
    for batch in batches(numbers):
        rows = Link.objects.filter(kind=kind, number__in=batch).exclude(item__page_id=None)
        found |= {pk for pk in rows.values_list("item__page_id", flat=True) if pk is not None}
    return found


def pages_below(tree_paths: Iterable[str]) -> set[int]:
    """Return the public pages that stand below these places in the tree, and so name them among their ancestors."""
    found: set[int] = set()
    for path in tree_paths:
        below = Item.objects.filter(at_or_below(path, "tree_path")).exclude(tree_path=path).exclude(page_id=None)
        found |= {pk for pk in below.values_list("page_id", flat=True) if pk is not None}
    return found


def pages_shown_by(item_ids: Iterable[int]) -> dict[int, set[int]]:
    """Return the pages to which each of the items refers, by item."""
    found: dict[int, set[int]] = {}
    for batch in batches(item_ids):
        for item, number in Link.objects.filter(item__in=batch, kind="pages").values_list("item", "number"):
            found.setdefault(item, set()).add(number)
    return found


def shown_among(kind: str, numbers: Iterable[int]) -> set[int]:
    """Return those of the objects that something public shows."""
    return set(Link.objects.filter(kind=kind, number__in=list(numbers)).values_list("number", flat=True))
