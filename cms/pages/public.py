"""The one predicate of "public": what readers and other apps may see.

A page is public when it is live, of the site, and neither it nor an ancestor is private or taken off line.
It is asked when items of the store are written, from which everything public is read; and by the desk.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import reduce
from itertools import groupby
from operator import or_
from typing import Any

from django.db.models import Case, Q, QuerySet, When
from django.db.models.functions import Substr
from django.db.models.lookups import In
from wagtail.models import Page, Site

from cms.core.batches import batches


@dataclass(frozen=True)
class Boundaries:
    """Where the site begins in the tree, and the branches of it that are hidden."""

    root: str | None
    hidden: tuple[str, ...]

    def hidden_by_length(self) -> Iterator[Any]:
        """Yield the hidden branches in groups of equal depth: (length of their paths, paths)."""
        for length, paths in groupby(sorted(self.hidden, key=len), key=len):
            yield length, list(paths)


# Conditions on pages, of other apps, under which a page and all below it is hidden from readers.
_hidden: list[Q] = []


def register_hidden(condition: Q) -> None:
    """Register a condition under which pages are not public although they are live."""
    _hidden.append(condition)


def find_boundaries() -> Boundaries:
    """Return the boundaries as they stand now, in one query.

    A page below one that is not live is not public either: readers can't reach it.
    """
    is_root = Q(sites_rooted_here__is_default_site=True)
    is_hidden = reduce(or_, _hidden, Q(view_restrictions__isnull=False) | Q(live=False, depth__gt=1, numchild__gt=0))
    rows = (
        Page.objects.filter(is_root | is_hidden)
        .annotate(is_hidden=Case(When(is_hidden, then=True), default=False))
        .order_by()
        .values_list("path", "is_hidden", "sites_rooted_here__is_default_site")
    )
    root, hidden = None, set()
    for path, is_hidden, rooted in rows:
        if rooted:
            root = path
        if is_hidden:
            hidden.add(path)
    return Boundaries(
        root,
        tuple(
            path
            for path in hidden
            if not any(path[:end] in hidden for end in range(Page.steplen, len(path), Page.steplen))
        ),
    )


def public_pages(queryset: QuerySet | None = None) -> Any:
    """`queryset` (default: all pages) without what is not public."""
    queryset = Page.objects.all() if queryset is None else queryset
    boundaries = find_boundaries()
    if boundaries.root is None:
        return queryset.none()
    queryset = queryset.filter(live=True, path__startswith=boundaries.root)
    # One condition for each level of the tree: one for each branch is more than SQLite takes once there are hundreds.
    for length, paths in boundaries.hidden_by_length():
        queryset = queryset.exclude(In(Substr("path", 1, length), paths))
    return queryset


def public_paths(paths: Iterable[str]) -> set[str]:
    """Return the public ones among the places `paths` in the tree.

    Asked by their own and their ancestors' paths, so it costs the same on a site of any size.
    """
    paths = set(paths)
    known = _known.get()
    if known is not None and known.keys() >= paths:
        return {path for path in paths if known[path]}
    above = {path[:end] for path in paths for end in range(Page.steplen, len(path) + 1, Page.steplen)}
    is_root = Q(sites_rooted_here__is_default_site=True)
    is_hidden = reduce(or_, _hidden, Q(view_restrictions__isnull=False) | Q(live=False, depth__gt=1))
    root, hidden = None, set()
    for batch in batches(above):
        rows = (
            Page.objects.filter(path__in=batch)
            .filter(is_root | is_hidden)
            .annotate(is_hidden=Case(When(is_hidden, then=True), default=False))
            .order_by()
            .values_list("path", "is_hidden", "sites_rooted_here__is_default_site")
        )
        for path, is_off, rooted in rows:
            root = path if rooted else root
            if is_off:
                hidden.add(path)
    public = {
        path
        for path in above
        if root is not None
        and path.startswith(root)
        and not any(path[:end] in hidden for end in range(Page.steplen, len(path) + 1, Page.steplen))
    }
    if known is not None:
        known |= {path: path in public for path in above}
    return public & paths


_known: ContextVar[dict[str, bool] | None] = ContextVar("known", default=None)
_address: ContextVar[str | None] = ContextVar("address", default=None)


@contextmanager
def one_view_of_public() -> Iterator[None]:
    """Ask once of each place in the tree, and of the site's address, for all that is read as of one moment."""
    known, address = _known.set({}), _address.set(_find_site_url())
    try:
        yield
    finally:
        _known.reset(known)
        _address.reset(address)


def public_among(ids: Iterable[int], queryset: QuerySet | None = None) -> dict[int, Page]:
    """Return the public pages among `ids` by id, of `queryset` (default: pages of every type)."""
    queryset = Page.objects.all() if queryset is None else queryset
    found: dict[int, Page] = {}
    for batch in batches(ids):
        pages = {page.pk: page for page in queryset.filter(pk__in=batch, live=True)}
        public = public_paths(page.path for page in pages.values())
        found |= {pk: page for pk, page in pages.items() if page.path in public}
    return found


def is_kept_back(page: Page) -> bool:
    """Return whether something keeps the page itself from readers although it may be live, such as a takedown."""
    return Page.objects.filter(reduce(or_, _hidden, Q(pk=None)), pk=page.pk).exists()


def hiding_ancestors(page: Page, of_these_public: Any = ()) -> list[Page]:
    """Return the pages above `page` because of which readers would not see it: private, hidden, or not live and not
    among the pages `of_these_public`.
    """
    above = page.get_ancestors().filter(depth__gt=1)
    hidden = set(above.filter(reduce(or_, _hidden, Q(view_restrictions__isnull=False))).values_list("pk", flat=True))
    return [one for one in above if one.pk in hidden or not (one.live or one.pk in of_these_public)]


def default_site() -> Site | None:
    """Return the one site that this installation serves."""
    return Site.objects.select_related("root_page").filter(is_default_site=True).first()


def site_url() -> str:
    """Return the address of the public site, without a slash at its end; files and API addresses are made from it."""
    known = _address.get()
    return _find_site_url() if known is None else known


def _find_site_url() -> str:
    paths = Site.get_site_root_paths()
    return paths[0].root_url if paths else ""
