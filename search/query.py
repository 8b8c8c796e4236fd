"""From what a reader types to what is looked for."""

import re
from dataclasses import dataclass

from .registry import Meant, read_query
from .tokens import SMALL_WORDS, folded, tokens

MAX_TERMS = 20


@dataclass(frozen=True)
class Query:
    """What is looked for.

    `terms` are folded, each one word or the words of a phrase in quotes; `typed` are all words as typed, in order, with
    their diacritics; `meant` is the document that the query seems to mean, or None.
    """

    terms: tuple[tuple[str, ...], ...]
    typed: tuple[str, ...]
    meant: Meant | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """All typed words, folded."""
        return tuple(folded(self.typed))

    def is_nothing(self) -> bool:
        """Return whether there is nothing to look for."""
        return not self.terms and self.meant is None


def parse(text: str) -> Query:
    """Parse what somebody typed into a query.

    What is in quotes is a phrase; small words are asked for only where there is nothing else.
    """
    phrases = [tuple(tokens(quoted)) for quoted in re.findall(r'[“"]([^”"]*)[”"]', text)]
    unquoted = re.sub(r'[“"][^”"]*[”"]', " ", text)
    meant, rest = read_query(unquoted)
    words = [word for word in tokens(rest) if word]
    large = [word for word in words if tuple(folded([word]))[0] not in SMALL_WORDS]
    terms = [tuple(folded(phrase)) for phrase in phrases if phrase]
    terms += [(word,) for word in folded(large or (words if not terms and meant is None else []))]
    typed = [*(word for phrase in phrases for word in phrase), *words]
    return Query(tuple(dict.fromkeys(terms))[:MAX_TERMS], tuple(typed[: MAX_TERMS * 2]), meant)
