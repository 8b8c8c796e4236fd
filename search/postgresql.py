"""Matching by PostgreSQL's tsvector, in the configuration that cuts words and changes nothing.

Each text has two vectors, of title, reference and summary, and of the body. The index is on both together.
"""

from collections.abc import Sequence
from typing import Any

from cms.store.conditions import Condition
from cms.store.replica import reading

# So many matches are ranked by all of their text.
CLOSELY_RANKED = 1000
_FOLDED = "search_vector(e.folded_short_vector, e.folded_body_vector)"
_EXACT = "search_vector(e.exact_short_vector, e.exact_body_vector)"
_ORDER = "short_rank DESC, shown_date DESC NULLS LAST, item_id"


def _terms(terms, operator):
    # Words hold letters and digits only, so nothing in them can be an operator.
    return f" {operator} ".join(f"({' <-> '.join(term)})" for term in terms)


def matches(query: Any) -> Condition:
    """Return the condition that an item has all that is looked for."""
    kept = f"{_FOLDED} @@ to_tsquery('simple', %s)"
    return Condition(
        f"SELECT e.item_id FROM search_entry e WHERE {kept}",
        f"EXISTS (SELECT 1 FROM search_entry e WHERE e.item_id = {{item}} AND {kept})",
        (_terms(query.terms, "&"),),
    )


def scan(query: Any, conditions: Sequence[Condition], limit: int, any_of: bool = False) -> list[int]:
    """Return the items that fulfil `conditions` and match best, at most `limit`.

    What agrees with the accents, or has the query as a phrase, ranks higher. Reading the bodies of tens of thousands of
    matches takes seconds: they are ranked by title, reference and summary, then by date, and only the first
    CLOSELY_RANKED of that order again by all of their text.
    """
    tests = "".join(f" AND {one.tests('e.item_id')}" for one in conditions)
    params = [param for one in conditions for param in one.params]
    wanted = _terms(query.terms, "|" if any_of else "&")
    exact, phrase = _terms([(word,) for word in query.typed], "&"), " <-> ".join(query.words)
    sql = f"""
        WITH matching AS MATERIALIZED (
            SELECT e.item_id, e.shown_date, ts_rank(e.folded_short_vector, to_tsquery('simple', %s))
            + ts_rank(e.exact_short_vector, to_tsquery('simple', %s))
            + ts_rank(e.folded_short_vector, to_tsquery('simple', %s)) AS short_rank
            FROM search_entry e WHERE {_FOLDED} @@ to_tsquery('simple', %s){tests}
            ORDER BY {_ORDER} LIMIT %s
        ), ranked AS (
            SELECT e.item_id, ts_rank({_FOLDED}, to_tsquery('simple', %s)) + ts_rank({_EXACT}, to_tsquery('simple', %s))
            + ts_rank({_FOLDED}, to_tsquery('simple', %s)) AS whole_rank
            FROM search_entry e WHERE e.item_id IN (SELECT item_id FROM matching ORDER BY {_ORDER} LIMIT %s)
        )
        SELECT item_id FROM matching LEFT JOIN ranked USING (item_id)
        ORDER BY whole_rank DESC NULLS LAST, {_ORDER} LIMIT %s
    """
    with reading().cursor() as cursor:
        cursor.execute(
            sql,
            [
                _terms(query.terms, "|"), exact, phrase, wanted, *params, max(limit, CLOSELY_RANKED),
                wanted, exact, phrase, CLOSELY_RANKED, limit,
            ],
        )  # fmt: skip
        return [pk for (pk,) in cursor.fetchall()]
