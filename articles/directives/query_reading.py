"""Reading what people type about a document: its type, number, symbol and date, in whatever spelling.

Pure functions.
"""

import datetime
import re
import unicodedata

from cms.core.text import fold, normalise
from search.registry import DocumentFacts, Meant

from .document_types import NAMES, abbreviations

# Everything below reads folded text, in which a word keeps its length.
_DATE = re.compile(
    r"(?:\(|\b(?:ngay|de ngay)\s+)?\b(\d{1,2})\s*(?:[/.-]|\s+thang\s+)\s*(\d{1,2})\s*(?:[/.-]|\s+nam\s+)\s*"
    r"((?:19|20)\d{2})\b\)?"
)
_ABBR = r"[a-z]{1,10}\d{0,2}"
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_DASH = r"\s*[-_\u2010-\u2015\u2212]\s*"
_ORG = rf"{_ABBR}(?:{_DASH}{_ABBR}){{0,3}}"
# 18-CT/TU, 18ct/tu, 120 - KL/TW; 30/2020/NĐ-CP, 16/CT-TTg.
_PARTY = re.compile(rf"\b(\d{{1,5}}(?:[a-z](?={_DASH}))?)(?:{_DASH}|\s*/\s*|\s*)({_ABBR})\s*/\s*({_ORG})\b")
_STATE = re.compile(rf"\b(\d{{1,5}})\s*/\s*(?:((?:19|20)\d{{2}})\s*/\s*)?([a-z]{{2,10}}(?:{_DASH}{_ABBR}){{0,3}})\b")
_WITH_YEAR = re.compile(r"\b(\d{1,5})\s*/\s*((?:19|20)\d{2})\b")

_TYPES = sorted(((fold(name), code) for code, name in NAMES.items()), key=lambda pair: -len(pair[0]))
_TYPE = re.compile(rf"\b({'|'.join(re.escape(name) for name, _code in _TYPES)})\b")
_NUMBER = re.compile(rf"{_TYPE.pattern}\s*(?:so\s*:?\s*)?(?P<number>\d{{1,5}})\b")
_CODES = dict(_TYPES)
_SPELLINGS = {"qui dinh": "quy dinh", "qui che": "quy che"}
_SHORT: dict[str, set[str]] = {}
for _code in NAMES:
    for _short in abbreviations(_code):
        _SHORT.setdefault(fold(_short), set()).add(_code)
_SHORT_FORM = "|".join(sorted(map(re.escape, _SHORT), key=len, reverse=True))
# ct18, CT 18, nd30; 18ct, 18-CT.
_SHORT_NUMBER = re.compile(
    rf"\b(?:(?P<before>{_SHORT_FORM})[\s.-]*(?:so\s*)?(?P<number>\d{{1,4}})|(?P<first>\d{{1,4}})[\s-]*(?P<after>{_SHORT_FORM}))\b"
)


def document_facts(code: str, number: str, symbol: str, issued_on: str | None) -> DocumentFacts:
    """Return what tells a document from others, as `read` finds it in a query.

    `number` may carry a year: `30/2020`; `issued_on` is in ISO 8601.
    """
    plain, _slash, year = number.partition("/")
    year = year if _YEAR.fullmatch(year) else (issued_on or "")[:4]
    return DocumentFacts(code, _plain_number(plain)[:20], fold(symbol), int(year) if _YEAR.fullmatch(year) else None)


def read(text: str) -> tuple[Meant | None, str]:
    """Return what `text` says of a document, and what of it is to be looked for in texts: all but dates, and the small
    words that belong to a number.

    >>> meant, rest = read("Chỉ thị số 9-CT/TU ngày 15/9/2016")
    >>> meant.number, meant.symbol, meant.date.isoformat(), rest
    ('9', 'ct/tu', '2016-09-15', 'Chỉ thị số 9-CT/TU')
    """
    # Fullwidth digits and the like are how some keyboards write.
    text = unicodedata.normalize("NFKC", normalise(text))
    compared = fold(text)
    if len(compared) != len(text):
        return None, text
    date, text, compared = _take_date(text, compared)
    for wrong, right in _SPELLINGS.items():
        compared = compared.replace(wrong, right)
    types = {_CODES[name] for name in _TYPE.findall(compared)}
    number, symbol, year = _reference(compared)
    if not number:
        short = _SHORT_NUMBER.search(compared)
        if short:
            number = _plain_number(short["number"] or short["first"])
            types = types or _SHORT[short["before"] or short["after"]]
        elif types and (named := _NUMBER.search(compared)):
            number = _plain_number(named["number"])
    if not number and not date and not types:
        return None, text
    return Meant(frozenset(types), number, symbol, year, date), text


def _take_date(text: str, compared):
    match = _DATE.search(compared)
    if match is None:
        return None, text, compared
    try:
        date = datetime.date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        return None, text, compared
    start, end = match.span()
    return date, f"{text[:start]} {text[end:]}".strip(), f"{compared[:start]} {compared[end:]}".strip()


def _reference(compared):
    """Return number, symbol and year of the reference in folded text; "" where there is none."""
    if match := _PARTY.search(compared):
        return _plain_number(match[1]), _tidy(f"{match[2]}/{match[3]}"), None
    if match := _STATE.search(compared):
        return _plain_number(match[1]), _tidy(match[3]), int(match[2]) if match[2] else None
    if match := _WITH_YEAR.search(compared):
        return _plain_number(match[1]), "", int(match[2])
    return "", "", None


def _plain_number(number):
    return fold(number).lstrip("0")


def _tidy(symbol):
    return re.sub(r"\s", "", re.sub(_DASH, "-", symbol))
