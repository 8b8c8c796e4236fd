"""Matching by SQLite's FTS5: one scan gives the matches with their rank."""

from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

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


def matches(query: Any) -> Q:
    """Return the condition that a page has all that is looked for."""
    sql = "SELECT rowid FROM search_fts WHERE search_fts MATCH %s"
    return Q(pk__in=RawSQL(sql, [expression(query)]))  # noqa: S611


def scan(query: Any, queryset: QuerySet, limit: int, any_of: bool = False) -> list[int]:
    """Return the ids of the pages in `queryset` that match best, at most `limit`.

    The plus keeps SQLite from looking up each page of the set in the index, which would walk all matches for each
    (EXAMPLES: bm25).
    """
    pages, params = queryset.order_by().values("pk").query.sql_with_params()
    sql = (
        "SELECT rowid FROM search_fts WHERE search_fts MATCH %s"  # noqa: S608
        f" AND +rowid IN ({pages}) ORDER BY bm25(search_fts, {_WEIGHTS}), rowid LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [expression(query, any_of), *params, limit])
        return [pk for (pk,) in cursor.fetchall()]
