"""What answers depend on, by name, and what a change touches of it.

An answer depends on the items whose forms it prints, on kinds of items where it lists, counts or searches them, on
addresses where it says what stands there, and perhaps on the day (`cms.core.dependencies`). API answers name it in a
header, so that whoever keeps them (also the public site on another machine) knows which still hold after a change.
"""

from collections.abc import Iterable

from cms.core.dependencies import ALL

from .addresses import digest_of_address
from .models import RemovedItem, Touched

# What a look-up says of addresses at which something was taken down.
REMOVED = "removed"
# A change that touches more than this touches all.
MOST_NAMES = 2000
# Generations that the journal goes back; who has read less drops everything.
KEPT_GENERATIONS = 5000
_PRUNED_EVERY = 100


def of_item(kind: str, key: object) -> str:
    """Return the name of an item; of pages `kind` is `pages`."""
    return f"i:{kind}:{key}"


def of_kind(kind: str) -> str:
    """Return the name of all items of a page type, of `pages` or of a collection."""
    return f"k:{kind}"


def of_address(path: str) -> str:
    """Return the name of an address of the site: addresses are made from titles, and a purge leaves none."""
    return f"a:{digest_of_address(path.lower())[:32]}"


def of_companion(name: str) -> str:
    """Return the name of what is kept beside the items of pages, such as the search, and may follow them later."""
    return f"b:{name}"


def of_page(name: str, page_id: object, *paths: str, listed: bool = True) -> set[str]:
    """Return what is touched with a page of the type `name`; with `listed` also the lists in which it stands."""
    found = {of_item("pages", page_id), *(of_address(path) for path in paths if path)}
    return found | ({of_kind(name), of_kind("pages")} if listed else set())


def removals() -> set[str]:
    """Return what removals touch that are not told of yet: until then no answer that depends on it holds.

    To be asked before the end of the feed: what is told in between is touched by then, and not removed any more.
    """
    found: set[str] = set()
    rows = RemovedItem.objects.values_list("type", "key", "page_id", "path")[: MOST_NAMES + 1]
    for kind, key, page_id, path in rows:
        found |= of_page(kind, page_id, path) if page_id else {of_item(kind, key), of_kind(kind)}
    return found if len(found) <= MOST_NAMES else {ALL}


def write_touched(generation: int, names: Iterable[str]) -> None:
    """Write what a generation touched; each has an entry, so that a gap is seen."""
    names = set(names)
    if len(names) > MOST_NAMES:
        names = {ALL}
    # Nobody depends on this name.
    rows = [Touched(generation=generation, name=name[:300]) for name in sorted(names or {"nothing"})]
    Touched.objects.bulk_create(rows, batch_size=500)
    if generation % _PRUNED_EVERY == 0:
        Touched.objects.filter(generation__lte=generation - KEPT_GENERATIONS)._raw_delete(Touched.objects.db)


def touched_since(generation: int, until: int) -> dict[str, int] | None:
    """Return what was touched after `generation` up to `until`, each with the last generation that did; None where
    the journal does not go back so far.
    """
    rows = Touched.objects.filter(generation__gt=generation, generation__lte=until).values_list("name", "generation")
    found: dict[str, int] = {}
    seen: set[int] = set()
    for name, at in rows:
        seen.add(at)
        found[name] = max(at, found.get(name, 0))
    return found if len(seen) == until - generation else None
