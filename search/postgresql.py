"""Matching by PostgreSQL's tsvector, in the configuration that cuts words and changes nothing."""

from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL


def _terms(terms, operator):
    # Words hold letters and digits only, so nothing in them can be an operator.
    return f" {operator} ".join(f"({' <-> '.join(term)})" for term in terms)


def matches(query: Any) -> Q:
    """Return the condition that a page has all that is looked for."""
    sql = "SELECT page_id FROM search_entry WHERE folded_vector @@ to_tsquery('simple', %s)"
    return Q(pk__in=RawSQL(sql, [_terms(query.terms, "&")]))  # noqa: S611


def scan(query: Any, queryset: QuerySet, limit: int, any_of: bool = False) -> list[int]:
    """Return the ids of the pages in `queryset` that match best, at most `limit`.

    What agrees with the accents, or has the query as a phrase, ranks higher.
    """
    pages, params = queryset.order_by().values("pk").query.sql_with_params()
    wanted = _terms(query.terms, "|" if any_of else "&")
    exact, phrase = _terms([(word,) for word in query.typed], "&"), " <-> ".join(query.words)
    sql = (
        "SELECT page_id FROM search_entry WHERE folded_vector @@ to_tsquery('simple', %s)"  # noqa: S608
        f" AND page_id IN ({pages})"
        " ORDER BY ts_rank(folded_vector, to_tsquery('simple', %s)) + ts_rank(exact_vector, to_tsquery('simple', %s))"
        " + ts_rank(folded_vector, to_tsquery('simple', %s)) DESC, page_id LIMIT %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [wanted, *params, wanted, exact, phrase, limit])
        return [pk for (pk,) in cursor.fetchall()]
