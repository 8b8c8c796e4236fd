"""What keeps pages where they are: what public, reviewed or approved content shows of them, and locks.

Wagtail asks of each row of a list whether it may be moved or deleted; a list asks for all of its rows at once.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page, ReferenceIndex

from .locks import registered_locks
from .relied_on import relied_on_revisions
from .tree import at_or_below


@dataclass(frozen=True)
class Obstacles:
    """Of one page: whether it or one below it is live, in review, or approved for later (moving it would change an
    address); whether such pages refer to it or one below it; and the lock that an app has for it, or None.
    """

    is_fixed: bool
    is_shown: bool
    lock: Any


_known: ContextVar[dict[int, Obstacles]] = ContextVar("known obstacles", default={})  # noqa: B039 - replaced, never filled


@contextmanager
def known_at_once(pages: Iterable[Page]) -> Iterator[None]:
    """Ask once for all of `pages` that nobody has asked for yet, while a list of them is made."""
    known = _known.get()
    token = _known.set({**known, **obstacles_of(page for page in pages if page.pk not in known)})
    try:
        yield
    finally:
        _known.reset(token)


def obstacles(page: Page) -> Obstacles:
    """Return what keeps `page` where it is."""
    return _known.get().get(page.pk) or obstacles_of([page])[page.pk]


def lock_of(page: Page) -> Any:
    """Return the first lock that an app has for `page`, or None."""
    known = _known.get().get(page.pk)
    return known.lock if known is not None else registered_locks([page]).get(page.pk)


def obstacles_of(pages: Iterable[Page]) -> dict[int, Obstacles]:
    """Return what keeps each of `pages` where it is, by id, in a number of queries that does not grow with them."""
    pages = list(pages)
    if not pages:
        return {}
    # A live page stays, whatever else there is.
    drafts = [page for page in pages if not page.live]
    branches, live = _branches(drafts)
    relied_on = relied_on_pages(pk for branch in branches.values() for pk in branch)
    shown = _shown(branches)
    locks = registered_locks(pages)
    return {
        page.pk: Obstacles(
            page.live or bool(branches[page.pk] & (live | relied_on)), page.pk in shown, locks.get(page.pk)
        )
        for page in pages
    }


def _branches(pages: list[Page]) -> tuple[dict[int, set[int]], set[int]]:
    """Return the ids at or below each of `pages`, by its id, and the ids of those that are live."""
    branches, live = {page.pk: {page.pk} for page in pages}, set()
    above = {page.path: page.pk for page in pages if page.numchild}
    if above:
        rows = Page.objects.filter(reduce(or_, map(at_or_below, above)))
        for pk, path, is_live in rows.values_list("pk", "path", "live"):
            for end in range(Page.steplen, len(path) + 1, Page.steplen):
                if path[:end] in above:
                    branches[above[path[:end]]].add(pk)
            if is_live:
                live.add(pk)
    return branches, live


def _shown(branches: dict[int, set[int]]) -> dict[int, set[int]]:
    """Return the pages, live or in review, that refer to a branch from outside of it, by the id of its page."""
    owners: dict[int, set[int]] = {}
    for owner, branch in branches.items():
        for pk in branch:
            owners.setdefault(pk, set()).add(owner)
    content_type = ContentType.objects.get_for_model(Page)
    references = ReferenceIndex.objects.filter(
        to_content_type=content_type, to_object_id__in=[str(pk) for pk in owners], base_content_type=content_type
    )
    found: dict[int, set[int]] = {}
    for to, by in references.values_list("to_object_id", "object_id").distinct():
        for owner in owners[int(to)]:
            if int(by) not in branches[owner]:
                found.setdefault(owner, set()).add(int(by))
    everybody = {pk for numbers in found.values() for pk in numbers}
    if not everybody:
        return {}
    relied_on = relied_on_pages(everybody)
    counting = set(Page.objects.filter(pk__in=everybody, live=True).values_list("pk", flat=True)) | relied_on
    return {owner: numbers & counting for owner, numbers in found.items() if numbers & counting}


def shown_elsewhere(page: Page) -> list[Page]:
    """Return the pages, live or in review, that refer to `page` or to one below it: what was approved would change if
    it went.
    """
    branches, _live = _branches([page])
    return list(Page.objects.filter(pk__in=_shown(branches).get(page.pk, ())).order_by("path"))


def relied_on_pages(numbers: Iterable[int]) -> set[int]:
    """Return those of the pages `numbers` of which a revision is in review, or approved and not public yet."""
    revisions = relied_on_revisions().filter(object_id__in=[str(number) for number in numbers])
    return {int(number) for number in revisions.values_list("object_id", flat=True)}
