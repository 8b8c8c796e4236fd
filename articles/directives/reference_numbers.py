"""The number and symbol of a document: reading any spelling, writing the normal one (Decree 30/2020/NĐ-CP, Annex III;
Regulation 399-QĐ/TW).

Only the spelling is normalised. `16-CT/TTg` never becomes `16/CT-TTg`, although the second is right: what was printed
is kept, and what is meant is for people to say.
"""

import re
from dataclasses import dataclass

from cms.core.text import fold, normalise

from .document_types import Family

_WS = r"[\s\u00a0]*"
_DASH = r"[-\u2010-\u2013\u2212]"
_NUMBER = r"(?P<number>\d{1,5}(?:\.\d{1,3})?[a-zđ]?)"
_ABBR = r"[A-ZĐ][A-Za-zĐđƯưƠơ]{0,9}\d{0,2}"
_ORG = rf"{_ABBR}(?:{_WS}{_DASH}{_WS}{_ABBR}){{0,3}}"

_PARTY = re.compile(rf"{_NUMBER}{_WS}{_DASH}{_WS}(?P<symbol>{_ABBR}{_WS}/{_WS}{_ORG})")
_STATE = re.compile(rf"{_NUMBER}{_WS}/{_WS}(?:(?P<year>\d{{4}}){_WS}/{_WS})?(?P<symbol>{_ORG})")


@dataclass(frozen=True)
class Reference:
    """A reference taken apart. `number` is padded and carries its year: `09`, `30/2020`."""

    number: str
    symbol: str
    family: str

    def __str__(self) -> str:
        return normal_reference(self.number, self.symbol)


def parse_reference(text: str) -> Reference | None:
    """Return the reference that `text` is, in any of the spellings seen in the wild; None where it is none.

    Spaces around dash and slash, other dashes, Ð (U+00D0) for Đ and a leading "số" are forgiven.

    >>> str(parse_reference("số 120 - KL/TW"))
    '120-KL/TW'
    >>> str(parse_reference("9–CT/TU"))
    '09-CT/TU'
    """
    text = normalise(text).replace("Ð", "Đ").strip()
    text = re.sub(r"^số\s*:?\s*", "", text, flags=re.IGNORECASE)
    for family, pattern in ((Family.PARTY, _PARTY), (Family.STATE, _STATE)):
        match = pattern.fullmatch(text)
        if match:
            year = match.groupdict().get("year")
            number = _padded(match["number"]) + (f"/{year}" if year else "")
            return Reference(number, _tidy(match["symbol"]), family.value)
    return None


def normal_reference(number: str, symbol: str) -> str:
    """Return the reference in its normal spelling; "" where there is no number.

    The symbol says which way the two are joined, not the family: a state document that was printed `16-CT/TTg` stays
    so.
    """
    if not number or not symbol:
        return number
    return f"{number}{'-' if '/' in symbol else '/'}{symbol}"


def reference_key(text: str) -> str:
    """Return the key by which references compare: without case, diacritics (Đ and D mix in the wild) and padding.

    >>> reference_key("17 - ĐA/TU") == reference_key("17-DA/TU")
    True
    """
    parsed = parse_reference(text) or parse_reference(text.upper())
    return fold(str(parsed) if parsed else re.sub(r"\s+", "", normalise(text)))


def _padded(number: str) -> str:
    return f"0{number}" if re.match(r"\d(?!\d)", number) else number


def _tidy(symbol: str) -> str:
    return re.sub(_DASH, "-", re.sub(r"[\s\u00a0]+", "", symbol))
