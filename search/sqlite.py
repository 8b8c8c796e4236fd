"""Matching by SQLite's FTS5: one scan gives the matches with their rank."""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from cms.store.conditions import Condition

_FOLDED = "{folded_title folded_reference folded_summary folded_body}"
_EXACT = "{title reference summary body}"
# bm25 weighs the columns: title, reference, summary, body as typed, then folded.
_WEIGHTS = "6, 6, 3, 1, 10, 10, 4, 1"


def _joined(terms, operator):
    # Words hold letters and digits only, so nothing in them can be an operator.
    return f" {operator} ".join(f'"{" ".join(term)}"' for term in terms)


def expression(query: Any, any_of: bool = False) -> str:
    """Return the query in FTS5's language.

    What agrees with its accents, or has it as a phrase, matches twice and so ranks higher.
    """
    matching = f"({_FOLDED} : ({_joined(query.terms, 'OR' if any_of else 'AND')}))"
    if any_of or len(query.typed) < 1:
        return matching
    better = [f"({_EXACT} : ({_joined([(word,) for word in query.typed], 'AND')}))"]
    if len(query.typed) > 1:
        better.append(f"({_FOLDED} : {_joined([query.words], '')})")
    return f"{matching} AND ({' OR '.join([matching, *better])})"


def matches(query: Any) -> Condition:
    """Return the condition that an item has all that is looked for."""
    source = "SELECT rowid AS item_id FROM search_fts WHERE search_fts MATCH %s"
    return Condition(source, f"{{item}} IN ({source})", (f"({_FOLDED} : ({_joined(query.terms, 'AND')}))",))


def scan(query: Any, conditions: Sequence[Condition], limit: int, any_of: bool = False) -> list[int]:
    """Return the items that fulfil `conditions` and match best, at most `limit`: one scan of the matches."""
    tests = "".join(f" AND {one.tests('search_fts.rowid')}" for one in conditions)
    sql = (
        f"SELECT rowid FROM search_fts WHERE search_fts MATCH %s{tests}"
        f" ORDER BY bm25(search_fts, {_WEIGHTS}), rowid LIMIT %s"
    )
    params = [param for one in conditions for param in one.params]
    with connection.cursor() as cursor:
        cursor.execute(sql, [expression(query, any_of), *params, limit])
        return [pk for (pk,) in cursor.fetchall()]
