"""The passage of a text in which a query is found, with the words marked."""

import re
from collections import Counter
from itertools import islice
from typing import Any

from django.utils.html import escape

from cms.core.text import fold

from .tokens import SMALL_WORDS

# Characters around the first word that is found.
BEFORE, LENGTH = 60, 240
# Places that are looked at in one text.
MAX_PLACES = 2000


def passage(text: str, query: Any) -> str:
    """HTML: the part of `text` in which most words of `query` stand, each in `<mark>`; "" where none does."""
    text = re.sub(r"\s+", " ", text)
    wanted = _pattern(query)
    if wanted is None:
        return ""
    compared = _compared(text)
    found = [match.span() for match in islice(wanted.finditer(compared), MAX_PLACES)]
    if not found:
        return ""
    start = _best_start(found, compared)
    begin = _word_begin(text, max(0, start - BEFORE))
    end = _word_end(text, min(len(text), begin + LENGTH))
    pieces, position = ["…" if begin else ""], begin
    for left, right in found:
        if begin <= left and right <= end:
            pieces += [escape(text[position:left]), "<mark>", escape(text[left:right]), "</mark>"]
            position = right
    pieces += [escape(text[position:end]), "…" if end < len(text) else ""]
    return "".join(pieces)


def _pattern(query):
    words = {word for term in query.terms for word in term}
    words |= {word for word in query.words if word not in SMALL_WORDS}
    alternatives = []
    for word in sorted(words, key=len, reverse=True):
        # As `tokens` compares numbers: without padding, and with or without the dots of thousands.
        digits = r"0*" + r"\.?".join(word) if word.isdecimal() else re.escape(word)
        alternatives.append(digits)
    if not alternatives:
        return None
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(alternatives)})(?![^\W_])")


def _compared(text: str):
    """`text` folded, character by character, so that places stay the same."""
    return text.lower().translate(_FOLDING) if len(text.lower()) == len(text) else text.translate(_FOLDING)


class _Folding(dict):
    def __missing__(self, code: int) -> str:
        folded = fold(chr(code))
        self[code] = folded if len(folded) == 1 else chr(code)
        return self[code]


_FOLDING = _Folding()


def _best_start(found, compared):
    """Return where the first passage with the most different words begins: one pass over what was found."""
    words, last, best, start = Counter(), 0, 0, found[0][0]
    texts = [compared[left:right] for left, right in found]
    for first, (left, _right) in enumerate(found):
        while last < len(found) and found[last][0] < left + LENGTH - BEFORE:
            words[texts[last]] += 1
            last += 1
        if len(words) > best:
            best, start = len(words), left
        words[texts[first]] -= 1
        if not words[texts[first]]:
            del words[texts[first]]
    return start


def _word_begin(text: str, place):
    return text.rfind(" ", 0, place) + 1 if place else 0


def _word_end(text: str, place):
    if place >= len(text):
        return len(text)
    space = text.rfind(" ", 0, place)
    return space if space > 0 else place
