"""Changes of the page tree come one after the other.

A page's place is in its path, and a move or a deletion writes the paths and counts of other pages. Treebeard locks only
the parent of a new page, so on PostgreSQL two people who changed the tree at one moment waited for each other, or
counted children wrongly.

Locks are taken in this order: the tree, bundles, the rows of pages and their types, proposals, the rows of the store.
"""

from collections.abc import Iterable

from django.db import connection
from django.db.models import Q
from django.urls import ResolverMatch
from wagtail.models import Page

# Wagtail's views that change the tree: there the lock is taken before the view reads where a page is.
VIEWS = frozenset({
    "wagtailadmin_pages:add", "wagtailadmin_pages:copy", "wagtailadmin_pages:delete", "wagtailadmin_pages:move_confirm",
    "wagtailadmin_pages:set_page_position",
})  # fmt: skip
BULK_ACTIONS = frozenset({"move", "delete"})

PLACE = ("path", "depth", "numchild", "url_path")


def at_or_below(place: str, field: str = "path") -> Q:
    """Return the condition of standing at a place in the tree or below it; `field` has the paths.

    On SQLite as a range, since it has no index for the LIKE to which `startswith` comes. PostgreSQL has one, and may
    compare by a locale in which the sign after `9` or `Z` stands before all digits.
    """
    if connection.vendor != "sqlite":
        return Q(**{f"{field}__startswith": place})
    return Q(**{f"{field}__gte": place, f"{field}__lt": after(place)})


def after(place: str) -> str:
    """Return the first text, in the order of bytes, that is behind all places at or below this one."""
    return place[:-1] + chr(ord(place[-1]) + 1)


def outermost(places: Iterable[str]) -> list[str]:
    """Return those of some places, or addresses, that do not stand below another one of them."""
    found: list[str] = []
    for place in sorted({*places} - {""}):
        if not (found and place.startswith(found[-1])):
            found.append(place)
    return found


def changes_tree(match: ResolverMatch) -> bool:
    """Return whether a view of Wagtail's changes the tree."""
    if match.view_name == "wagtail_bulk_action":
        return match.kwargs["app_label"] == "wagtailcore" and match.kwargs["action"] in BULK_ACTIONS
    return match.view_name in VIEWS


def lock_tree() -> None:
    """Wait until nobody else changes the tree, and keep it until the transaction ends.

    SQLite has one writer anyway.
    """
    Page.objects.select_for_update(no_key=True).filter(depth=1).order_by("path").first()


def lock_place(*pages: Page) -> None:
    """Lock the rows of `pages`, and read anew where they are.

    A page's own row comes before that of its type, as it does in saving. Raise Page.DoesNotExist where one is gone.
    """
    for page in sorted(pages, key=lambda page: page.pk):
        place = Page.objects.select_for_update().only(*PLACE).get(pk=page.pk)
        if page.path != place.path:
            # Treebeard's memory of the parent.
            page.__dict__.pop("_cached_parent_obj", None)
        for name in PLACE:
            setattr(page, name, getattr(place, name))
