"""Matching by SQLite's FTS5."""

from django.db.models import F, FloatField, Func, Q, Value
from django.db.models.expressions import RawSQL

_COLUMNS = {
    True: "{folded_title folded_reference folded_summary folded_body}",
    False: "{title reference summary body}",
}


def expression(query, folded: bool) -> str:
    """The query in FTS5's language. Words hold letters and digits only, so nothing in it can be an operator."""
    terms = " AND ".join(f'"{" ".join(term)}"' for term in query.terms)
    return f"{_COLUMNS[folded]} : ({terms})"


def matches(query, folded: bool) -> Q:
    """The condition that a page matches."""
    sql = "SELECT rowid FROM search_fts WHERE search_fts MATCH %s"
    return Q(pk__in=RawSQL(sql, [expression(query, folded)]))  # noqa: S611


class Rank(Func):
    """bm25 with the weights of the columns; greater is better."""

    template = (
        "(SELECT -bm25(search_fts, 10, 10, 4, 1, 10, 10, 4, 1) FROM search_fts WHERE search_fts MATCH %(expressions)s)"
    )
    arg_joiner = " AND search_fts.rowid = "
    output_field = FloatField()


def rank(query) -> Rank:
    """How well a page matches the folded query."""
    return Rank(Value(expression(query, folded=True)), F("pk"))
