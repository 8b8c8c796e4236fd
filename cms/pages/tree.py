"""Changes of the page tree come one after the other.

A page's place is in its path, and a move or a deletion writes the paths and counts of other pages. Treebeard locks only
the parent of a new page, so on PostgreSQL two people who changed the tree at one moment waited for each other, or
counted children wrongly.
"""

from wagtail.models import Page

# Wagtail's views that change the tree: there the lock is taken before the view reads where a page is.
VIEWS = frozenset({
    "wagtailadmin_pages:add", "wagtailadmin_pages:copy", "wagtailadmin_pages:delete", "wagtailadmin_pages:move_confirm",
    "wagtailadmin_pages:set_page_position", "wagtail_bulk_action",
})  # fmt: skip

PLACE = ("path", "depth", "numchild")


def lock_tree() -> None:
    """Wait until nobody else changes the tree, and keep it until the transaction ends.

    (SQLite has one writer anyway.)
    """
    Page.objects.select_for_update(no_key=True).get(depth=1)


def lock_place(*pages) -> None:
    """Lock the tree, then the rows of `pages`, and read anew where they are.

    A page's own row comes before that of its type, as it does in saving. Raise Page.DoesNotExist where one is gone.
    """
    lock_tree()
    for page in sorted(pages, key=lambda page: page.pk):
        place = Page.objects.select_for_update().only(*PLACE).get(pk=page.pk)
        for name in PLACE:
            setattr(page, name, getattr(place, name))
