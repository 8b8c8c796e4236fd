"""Cutting text into the words that are compared: the same at index and at query time. Pure functions.

Beyond `cms.core.text.words`: letters and digits part (`ct18` is `ct 18`), numbers lose padding and the dots of
thousands (`09` is `9`, `10.948` is `10948`).
"""

import re
import unicodedata
from typing import Any

from cms.core.text import fold, normalise


class _Kept(dict):
    """Letters and decimal digits as they are, anything else a space: what more counts as a word differs between
    databases (½).
    """

    def __missing__(self, code: int) -> str:
        category = unicodedata.category(chr(code))
        self[code] = code if category[0] == "L" or category == "Nd" or chr(code) in ".," else " "
        return self[code]


_KEPT = _Kept()
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:\.\d{3})+(?![\d.,]*\d)")
_PIECES = re.compile(r"\d+|[^\W\d_]+")
# Words of which a page rarely speaks: they count where they stand in a phrase, and are not asked for otherwise.
SMALL_WORDS = frozenset(
    fold(word)
    for word in [
        "số",
        "ngày",
        "tháng",
        "năm",
        "của",
        "về",
        "và",
        "các",
        "những",
        "là",
        "cho",
        "trong",
        "theo",
        "tại",
        "với",
        "được",
        "có",
        "từ",
        "đến",
        "do",
        "ở",
        "này",
        "thì",
        "mà",
        "khi",
        "về",
        "việc",
        "v/v",
    ]
)


def tokens(text: str) -> list[str]:
    """Return the words of `text`, lower case, with their diacritics.

    >>> tokens("Chỉ thị số 09-CT/TU: 10.948 lượt, ct18")
    ['chỉ', 'thị', 'số', '9', 'ct', 'tu', '10948', 'lượt', 'ct', '18']
    """
    plain = unicodedata.normalize("NFKC", normalise(text)).lower().replace("ð", "đ")
    joined = _THOUSANDS.sub(lambda match: match[0].replace(".", ""), plain)
    pieces = _PIECES.findall(joined.translate(_KEPT))
    return [piece.lstrip("0") or "0" if piece.isdecimal() else piece for piece in pieces]


def folded(words: Any) -> list[str]:
    """Return the same words without diacritics."""
    return fold(" ".join(words)).split(" ") if words else []


def normal_query(text: str) -> str:
    """Return a query as whole queries are compared: its words, folded.

    >>> normal_query("Giới  THIỆU!")
    'gioi thieu'
    """
    return " ".join(folded(tokens(text)))
