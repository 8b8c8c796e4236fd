"""Matching by PostgreSQL's tsvector, in the configuration that cuts words and changes nothing."""

from collections.abc import Sequence
from typing import Any

from cms.store.conditions import Condition
from cms.store.replica import reading


def _terms(terms, operator):
    # Words hold letters and digits only, so nothing in them can be an operator.
    return f" {operator} ".join(f"({' <-> '.join(term)})" for term in terms)


def matches(query: Any) -> Condition:
    """Return the condition that an item has all that is looked for."""
    kept = "e.folded_vector @@ to_tsquery('simple', %s)"
    return Condition(
        f"SELECT e.item_id FROM search_entry e WHERE {kept}",
        f"EXISTS (SELECT 1 FROM search_entry e WHERE e.item_id = {{item}} AND {kept})",
        (_terms(query.terms, "&"),),
    )


def scan(query: Any, conditions: Sequence[Condition], limit: int, any_of: bool = False) -> list[int]:
    """Return the items that fulfil `conditions` and match best, at most `limit`.

    What agrees with the accents, or has the query as a phrase, ranks higher.
    """
    tests = "".join(f" AND {one.tests('e.item_id')}" for one in conditions)
    params = [param for one in conditions for param in one.params]
    wanted = _terms(query.terms, "|" if any_of else "&")
    exact, phrase = _terms([(word,) for word in query.typed], "&"), " <-> ".join(query.words)
    sql = (
        f"SELECT e.item_id FROM search_entry e WHERE e.folded_vector @@ to_tsquery('simple', %s){tests}"
        " ORDER BY ts_rank(folded_vector, to_tsquery('simple', %s)) + ts_rank(exact_vector, to_tsquery('simple', %s))"
        " + ts_rank(folded_vector, to_tsquery('simple', %s)) DESC, e.item_id LIMIT %s"
    )
    with reading().cursor() as cursor:
        cursor.execute(sql, [wanted, *params, wanted, exact, phrase, limit])
        return [pk for (pk,) in cursor.fetchall()]
