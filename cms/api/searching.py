"""Listings that are searched: what has the words, and in which order."""

from collections.abc import Sequence

from cms.store.conditions import Condition, among, any_of, not_among
from cms.store.selection import Row, Selection

from .cursors import BY_ID
from .listings import Paging
from .registry import Searched


def with_search(conditions: Sequence[Condition], searched: Searched) -> list[Condition]:
    """Return `conditions`, and that of having what was searched for."""
    best = among(searched.best)
    return [*conditions, any_of(best, searched.condition)]


def by_relevance(selection: Selection, searched: Searched, paging: Paging) -> list[Row]:
    """Return the items of a page of a search, most relevant first; after the best by their number."""
    best = searched.best[paging.offset : paging.offset + paging.limit]
    rows = {}
    if best:
        first = Selection([among(best)])
        rows = {row.item: row for row in first.page(BY_ID.key, False, len(best))}
    found = [rows[item] for item in best if item in rows]
    missing = paging.limit - len(best)
    if missing and selection.count() > len(searched.best):
        others = Selection([*selection.conditions, not_among(searched.best)])
        found += others.page(BY_ID.key, False, missing, max(0, paging.offset - len(searched.best)))
    return found
