"""Matching by PostgreSQL's tsvector, in the configuration that cuts words and changes nothing."""

from django.db.models import F, FloatField, Func, Q, Value
from django.db.models.expressions import RawSQL


def expression(query) -> str:
    """The query in tsquery's language. Words hold letters and digits only."""
    return " & ".join(f"({' <-> '.join(term)})" for term in query.terms)


def matches(query, folded: bool) -> Q:
    """The condition that a page matches."""
    column = "folded_vector" if folded else "exact_vector"
    sql = f"SELECT page_id FROM search_entry WHERE {column} @@ to_tsquery('simple', %s)"  # noqa: S608
    return Q(pk__in=RawSQL(sql, [expression(query)]))  # noqa: S611


class Rank(Func):
    """ts_rank with the weights of the columns; greater is better."""

    template = (
        "(SELECT ts_rank(folded_vector, to_tsquery('simple', %(expressions)s)) FROM search_entry"
        " WHERE search_entry.page_id = %(page)s)"
    )
    output_field = FloatField()

    def as_sql(self, compiler, connection, **context):
        query, page = self.source_expressions
        query_sql, query_params = compiler.compile(query)
        page_sql, page_params = compiler.compile(page)
        sql = self.template % {"expressions": query_sql, "page": page_sql}
        return sql, (*query_params, *page_params)


def rank(query) -> Rank:
    """How well a page matches the folded query."""
    return Rank(Value(expression(query)), F("pk"))
