"""Conditions on items, each in two forms of SQL: what selects the items, and what tests one. Which is used where is
decided by how many items each condition keeps (`cms.store.selection`): the planner alone chooses badly.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import connection
from wagtail.models import Page

from cms.pages.tree import after


@dataclass(frozen=True)
class Condition:
    """`source` selects `item_id`, each once; `test` is true of the item that `{item}` names."""

    source: str
    test: str
    params: tuple[Any, ...]
    # SQL that gives the ids of the entries that are named (with commas between), and how many there should be: a slug
    # may be none.
    named: tuple[str, tuple[Any, ...], int] | None = None
    # Gives the same condition once these ids are known. PostgreSQL knows how common a value is, but not how common what
    # a subquery comes to.
    with_ids: "Callable[[Sequence[str]], Condition] | None" = None
    # SQL that counts the items without looking at each, with its parameters.
    counted: tuple[str, tuple[Any, ...]] | None = None
    # The types of items that this asks for and nothing else, which stand beside each term.
    types: tuple[str, ...] | None = None
    # Gives the same condition, of items of some types alone: whatever fulfils that is of one of these types.
    of_types: "Callable[[tuple[str, ...]], Condition] | None" = None

    def tests(self, item: str) -> str:
        """Return the test of the item in the column `item`."""
        return self.test.replace("{item}", item)


_LISTED = f"{'GROUP_CONCAT' if connection.vendor == 'sqlite' else 'STRING_AGG'}(CAST(e.number AS VARCHAR(20)), ',')"


def _marks(values: Sequence[Any]) -> str:
    return ", ".join(["%s"] * len(values))


def by_item(index: str) -> str:
    """Return the words that make SQLite look an item up by this index: it has no statistics, and takes another one that
    begins with a common value. PostgreSQL chooses well.
    """
    return f"INDEXED BY {index}" if connection.vendor == "sqlite" else ""


def of_type(types: Sequence[str]) -> Condition:
    """Be of one of these types."""
    kept = f"t.parameter = %s AND t.value IN ({_marks(types)})"
    return Condition(
        f"SELECT t.item_id FROM store_term t WHERE {kept}",
        f"EXISTS (SELECT 1 FROM store_term t {by_item('store_term_of_item')} WHERE t.item_id = {{item}} AND {kept})",
        ("type", *types),
        counted=_counted(f"IN ({_marks(types)})", *types),
        types=tuple(types),
    )


def has_term(parameter: str, values: Sequence[str], types: tuple[str, ...] = ()) -> Condition:
    """Have one of these values of a parameter, and (where any are named) one of these types."""
    kept = f"t.parameter = %s AND t.value IN ({_marks(values)}){_typed(types)}"
    return Condition(
        f"SELECT {_distinct(values)}t.item_id FROM store_term t WHERE {kept}",
        f"EXISTS (SELECT 1 FROM store_term t {by_item('store_term_of_item')} WHERE t.item_id = {{item}} AND {kept})",
        (parameter, *values, *types),
        of_types=lambda types: has_term(parameter, values, types),
    )


def _typed(types: tuple[str, ...]) -> str:
    return f" AND t.type IN ({_marks(types)})" if types else ""


def _counted(types: str, *params: str) -> tuple[str, tuple[Any, ...]]:
    """Return SQL that counts the items of some types by the numbers that are kept of them; what was removed and is not
    numbered yet is still among these.
    """
    sql = (
        f"SELECT (SELECT COALESCE(SUM(c.number), 0) FROM store_itemcount c WHERE c.type {types})"
        f" - (SELECT COUNT(*) FROM store_removeditem r WHERE r.type {types})"
    )
    return sql, (*params, *params)


def has_entry(parameter: str, collection: str, keys: Sequence[str], types: tuple[str, ...] = ()) -> Condition:
    """Have, as a parameter, one of the entries of a collection with these keys (slugs), and one of these types."""
    marks = _marks(keys)
    entries = f"SELECT CAST(e.number AS VARCHAR(20)) FROM store_item e WHERE e.type = %s AND e.key IN ({marks})"
    kept = f"t.parameter = %s AND t.value IN ({entries}){_typed(types)}"
    return Condition(
        f"SELECT {_distinct(keys)}t.item_id FROM store_term t WHERE {kept}",
        f"EXISTS (SELECT 1 FROM store_term t {by_item('store_term_of_item')} WHERE t.item_id = {{item}} AND {kept})",
        (parameter, collection, *keys, *types),
        (
            f"SELECT {_LISTED} FROM store_item e WHERE e.type = %s AND e.key IN ({marks})",
            (collection, *keys),
            len(set(keys)),
        ),
        with_ids=lambda ids: has_term(parameter, ids, types),
        of_types=lambda types: has_entry(parameter, collection, keys, types),
    )


def has_span(parameter: str, codes: Sequence[str], day: date) -> Condition:
    """Be in the state of one of these derived codes on a day."""
    kept = f"p.parameter = %s AND p.code IN ({_marks(codes)}) AND p.begins <= %s AND p.ends > %s"
    return Condition(
        f"SELECT p.item_id FROM store_span p WHERE {kept}",
        f"EXISTS (SELECT 1 FROM store_span p {by_item('store_span_of_item')} WHERE p.item_id = {{item}} AND {kept})",
        (parameter, *codes, day, day),
    )


def in_range(name: str, low: str | None = None, high: str | None = None) -> Condition:
    """Have a sort key that is known and lies between two values, inclusive."""
    kept, params = "k.name = %s AND k.unknown = %s", [name, False]
    for sign, value in ((">=", low), ("<=", high)):
        if value is not None:
            kept += f" AND k.value {sign} %s"
            params.append(value)
    return Condition(
        f"SELECT k.item_id FROM store_sortkey k WHERE {kept}",
        f"EXISTS (SELECT 1 FROM store_sortkey k {by_item('store_sort_of_item')} WHERE k.item_id = {{item}} AND {kept})",
        tuple(params),
    )


def on_item(sql: str, *params: Any) -> Condition:
    """Have a row (`i`) of which this SQL is true."""
    return Condition(
        f"SELECT i.id AS item_id FROM store_item i WHERE {sql}",
        f"EXISTS (SELECT 1 FROM store_item i WHERE i.id = {{item}} AND {sql})",
        params,
    )


def is_page() -> Condition:
    """Be a page of any type: only names of page types have a dot."""
    return replace(on_item("i.page_id IS NOT NULL"), counted=_counted("LIKE %s", "%.%"))


def in_collection(name: str) -> Condition:
    """Be an entry of a collection."""
    return replace(on_item("i.type = %s", name), counted=_counted("= %s", name))


def below(tree_path: str, directly: bool = False) -> Condition:
    """Be a page below a place in the tree, or only directly below."""
    sql, params = "i.tree_path LIKE %s AND i.page_id IS NOT NULL", [f"{tree_path}_%"]
    if connection.vendor == "sqlite":
        # See `cms.pages.tree.at_or_below`.
        sql, params = "i.tree_path > %s AND i.tree_path < %s AND i.page_id IS NOT NULL", [tree_path, after(tree_path)]
    if directly:
        sql += f" AND LENGTH(i.tree_path) = {len(tree_path) + Page.steplen}"
    return on_item(sql, *params)


def numbered(numbers: Sequence[int]) -> Condition:
    """Be one of the pages with these ids."""
    return on_item(f"i.page_id IN ({_marks(numbers)})", *numbers)


def among(items: Sequence[int]) -> Condition:
    """Be one of these very items."""
    return on_item(f"i.id IN ({_marks(items)})", *items) if items else on_item("1 = 0")


def not_among(items: Sequence[int]) -> Condition:
    """Be a page, and none of these items."""
    kept = f" AND i.id NOT IN ({_marks(items)})" if items else ""
    return on_item(f"i.page_id IS NOT NULL{kept}", *items)


def all_of(*conditions: Condition) -> Condition:
    """Fulfil all of these."""
    first, *rest = conditions
    tests = "".join(f" AND {one.tests('a.item_id')}" for one in rest)
    params = tuple(param for one in conditions for param in one.params)
    return Condition(
        f"SELECT a.item_id FROM ({first.source}) a WHERE 1 = 1{tests}",
        f"({' AND '.join(one.test for one in conditions)})",
        params,
    )


def any_of(*conditions: Condition) -> Condition:
    """Fulfil one of these."""
    return Condition(
        " UNION ".join(one.source for one in conditions),
        f"({' OR '.join(one.test for one in conditions)})",
        tuple(param for one in conditions for param in one.params),
    )


def _distinct(values: Sequence[Any]) -> str:
    return "DISTINCT " if len(values) > 1 else ""
