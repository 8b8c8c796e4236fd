"""From what a reader types to the pages that match, most relevant first.

Every word must be found, somewhere in the page, folded; words in quotes must follow each other. A page in which the
words stand as typed, accents included, comes before one that only agrees without them.
"""

import re
from dataclasses import dataclass

from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, Q

from cms.common.text import fold, words

from . import postgresql, sqlite

MAX_TERMS = 20


@dataclass(frozen=True)
class Query:
    """Terms to find, each one word or the words of a phrase."""

    terms: tuple[tuple[str, ...], ...]

    def folded(self):
        """The same query without diacritics."""
        return Query(tuple(tuple(fold(word) for word in term) for term in self.terms))

    def as_phrase(self):
        """The whole query as one phrase."""
        return Query((tuple(word for term in self.terms for word in term),))


def parse(text: str) -> Query:
    """The query that `text` is. What is in quotes is a phrase, and so is a word with signs in it: `18-CT/TU`."""
    terms = []
    for quoted, unquoted in re.findall(r'[“"]([^”"]*)[”"]|([^\s“”"]+)', text):
        found = tuple(words(quoted or unquoted))
        if found:
            terms.append(found)
    return Query(tuple(terms[:MAX_TERMS]))


def backend():
    """How the database at hand matches."""
    return postgresql if connection.vendor == "postgresql" else sqlite


def search_pages(queryset, text: str):
    """`queryset` of pages, with only those that match `text`, most relevant first."""
    query = parse(text)
    if not query.terms:
        return queryset.none()
    engine = backend()
    return (
        queryset.filter(engine.matches(query.folded(), folded=True))
        .annotate(
            search_exact=_flag(engine.matches(query, folded=False)),
            search_phrase=_flag(engine.matches(query.as_phrase().folded(), folded=True)),
            search_rank=engine.rank(query.folded()),
        )
        .order_by("-search_exact", "-search_phrase", "-search_rank", "pk")
    )


def _flag(condition: Q):
    return ExpressionWrapper(condition, output_field=BooleanField())
