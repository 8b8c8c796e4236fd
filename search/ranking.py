"""Putting what matches in order: the document that is meant, then how well the words agree, then what is in force
before what is not.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.utils import timezone

from cms.api.registry import Searched
from cms.store.conditions import Condition, among
from cms.store.models import Span, Term
from cms.store.selection import Selection

from . import postgresql, registry, sqlite
from .models import SearchEntry
from .query import parse
from .tokens import folded

# So many of the best are looked at more closely; what follows keeps the order of the database.
RERANKED = 200
# Where fewer pages than this have all words, those with fewer words follow.
MIN_RESULTS = 10
_SHORT = ("folded_title", "folded_reference", "folded_summary", "title", "reference", "summary")


def backend() -> Any:
    """Return how the database at hand matches."""
    return postgresql if connection.vendor == "postgresql" else sqlite


class Found:
    """The items that fulfil `conditions` and match `text`, most relevant first.

    Where few have all words and `fewer` is set, those with fewer words follow; `missing` has the words that such an
    item lacks, by item.
    """

    def __init__(self, conditions: Sequence[Condition], text: str, fewer: bool = True) -> None:
        self.query = parse(text)
        self._conditions = list(conditions)
        self.missing: dict[int, list[str]] = {}
        self._first: list[int] = []
        self._more = 0
        # How well the documents with the number that is meant agree with the query, by id.
        self._scores: dict[int, int] = {}
        if self.query.is_nothing():
            return
        meant = self._meant()
        matching = backend().scan(self.query, self._conditions, RERANKED) if self.query.terms else []
        self._first = self._ordered(list(dict.fromkeys([*meant, *matching])))
        if fewer and len(self._first) < MIN_RESULTS:
            self._first += self._with_fewer_words()
        elif len(matching) == RERANKED:
            having = Selection([backend().matches(self.query), *self._conditions])
            known = Selection([among(self._first), backend().matches(self.query)])
            self._more = having.count() - known.count()

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self._first) + self._more

    def ids(self, offset: int, limit: int) -> list[int]:
        """Return the ids from `offset` on."""
        if offset + limit <= len(self._first) or not self._more:
            return self._first[offset : offset + limit]
        known = set(self._first)
        following = backend().scan(self.query, self._conditions, offset + limit + len(known))
        return [*self._first, *(pk for pk in following if pk not in known)][offset : offset + limit]

    def _meant(self):
        """Return documents with the number that the query names, whatever else their texts say."""
        meant = self.query.meant
        if meant is None or not (meant.number or meant.date):
            return []
        same = SearchEntry.objects.exclude(type_code="")
        same = same.filter(number=meant.number) if meant.number else same.filter(shown_date=meant.date)
        if meant.types and not meant.symbol:
            same = same.filter(type_code__in=meant.types)
        rows = list(same.values_list("pk", "type_code", "symbol", "year", "shown_date"))
        if rows and self._conditions:
            allowed = Selection([among([row[0] for row in rows]), *self._conditions]).items()
            rows = [row for row in rows if row[0] in allowed]
        scores = {pk: score for pk, *facts in rows if (score := _agreement(meant, *facts))}
        best = sorted(scores, key=lambda pk: (-scores[pk], pk))[:RERANKED]
        self._scores = {pk: scores[pk] for pk in best}
        return best

    def _ordered(self, ids: Iterable[int]):
        if not ids:
            return []
        scores = self._scores
        lesser_ones = lesser(ids)
        rows = {row.pk: row for row in SearchEntry.objects.filter(pk__in=ids).only("shown_date", *_SHORT)}
        # What was taken down between two queries is not there any more.
        places = {pk: place for place, pk in enumerate(ids) if pk in rows}

        def key(pk: int):
            row = rows[pk]
            return -scores.get(pk, 0), -self._agreement_of_words(row), pk in lesser_ones, places[pk]

        return sorted(places, key=key)

    def _agreement_of_words(self, row) -> int:
        """Return how well title, number and summary agree: all of it as one phrase, all words, or not; accents
        count.
        """
        words, typed = self.query.words, self.query.typed
        if not words:
            return 0
        folded_fields = [f" {getattr(row, f'folded_{name}')} " for name in ("title", "reference", "summary")]
        exact_fields = [f" {getattr(row, name)} " for name in ("title", "reference", "summary")]
        agreement = 0
        if any(f" {' '.join(words)} " in text for text in folded_fields):
            agreement = 4
        elif all(any(f" {' '.join(term)} " in text for text in folded_fields) for term in self.query.terms):
            agreement = 2
        if not agreement:
            return 0
        return agreement + all(any(f" {word} " in text for text in exact_fields) for word in typed)

    def _with_fewer_words(self):
        """Return the best of those that have at least half of what can be found at all; what each lacks is noted."""
        terms = self.query.terms
        if len(terms) < 2:
            return []
        known = set(self._first)
        ids = [pk for pk in backend().scan(self.query, self._conditions, RERANKED // 2, any_of=True) if pk not in known]
        rows = SearchEntry.objects.filter(pk__in=ids).only(*_SHORT, "folded_body")
        lacking, pairs = {}, {}
        for row in rows:
            pairs[row.pk] = self._pairs_in(row)
            text = f" {row.folded_title} | {row.folded_reference} | {row.folded_summary} | {row.folded_body} "
            lacking[row.pk] = [term for term in terms if f" {' '.join(term)} " not in text]
        typed = {}
        for word in self.query.typed:
            typed.setdefault(folded([word])[0], word)
        findable = len(terms) - len(set.intersection(*map(set, lacking.values()))) if lacking else 0
        number = (self.query.meant.number,) if self.query.meant and self.query.meant.number else None
        kept = [
            pk
            for pk in ids
            # Another number is another document.
            if (len(terms) - len(lacking[pk])) * 2 >= findable and number not in lacking[pk]
        ]
        self.missing = {pk: [" ".join(typed.get(word, word) for word in term) for term in lacking[pk]] for pk in kept}
        return sorted(kept, key=lambda pk: (len(lacking[pk]), -pairs[pk]))

    def _pairs_in(self, row) -> int:
        """Return how many pairs of words that follow each other in the query do so in title, number or summary:
        Vietnamese words span syllables.
        """
        words = self.query.words
        text = f" {row.folded_title} | {row.folded_reference} | {row.folded_summary} "
        return sum(f" {first} {second} " in text for first, second in zip(words, words[1:], strict=False))


def _agreement(meant, type_code, symbol, year, date) -> int:
    """Return how well a document with the same number agrees with what is meant; 0 where it is another one."""
    score = 0
    if not meant.number:
        return 2
    if meant.symbol:
        if symbol.replace("/", "-") == meant.symbol.replace("/", "-"):
            score += 8
        elif set(meant.symbol.replace("/", "-").split("-")) <= set(symbol.replace("/", "-").split("-")):
            score += 4
        else:
            return 0
    if meant.types:
        if type_code in meant.types:
            score += 4
        elif not meant.symbol:
            return 0
    if not score:
        return 0
    if meant.year:
        score += 1 if year == meant.year else -1
    if meant.date:
        score += 2 if date == meant.date else -1
    return max(score, 1)


def lesser(items: Iterable[int]) -> set[int]:
    """Return those of the items that rank below others of an equally good match: withdrawn, or not in force today."""
    today, items = timezone.localdate(), list(items)
    spans = Span.objects.filter(item__in=items, code__in=registry.LESSER_STATES, begins__lte=today, ends__gt=today)
    withdrawn = Term.objects.filter(item__in=items, parameter="withdrawn")
    return {*spans.values_list("item", flat=True), *withdrawn.values_list("item", flat=True)}


def search_items(conditions: Sequence[Condition], text: str) -> Searched:
    """Return which of the items that fulfil `conditions` have all of `text`, and the best of them."""
    found = Found(conditions, text, fewer=False)
    best = tuple(found.ids(0, min(found.total, RERANKED)))
    if not found.query.terms:
        return Searched(among(best), best)
    return Searched(backend().matches(found.query) if found.total > len(best) else among(best), best)
