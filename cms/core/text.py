"""Vietnamese text: normalising, folding, slugs and the order of the alphabet. Pure functions."""

import re
import unicodedata

from django.utils.text import slugify

_D = str.maketrans({"đ": "d", "Đ": "D", "ð": "d", "Ð": "D"})

# ICU's `vi`: the letters first, then (between equal words) the tones.
_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
# PowerPoint's line break and the like: XML, and so a feed, has no place for them.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_TONES = "\u0300\u0309\u0303\u0301\u0323"


def normalise(text: str) -> str:
    """`text` in NFC, with no-break spaces made plain and control characters of a paste taken out; spelling is kept
    (`hoà` stays `hoà`).
    """
    return _CONTROLS.sub(" ", unicodedata.normalize("NFC", text).replace("\xa0", " "))


def fold(text: str) -> str:
    """`text` as search compares it: lower case, without diacritics, đ as d.

    Done in Python, at index and at query time, so that SQLite and PostgreSQL find the same.
    """
    decomposed = unicodedata.normalize("NFD", text.translate(_D).lower())
    # No character before U+0300 is a combining one.
    return "".join([char for char in decomposed if char < "\u0300" or not unicodedata.combining(char)])


def words(text: str) -> list[str]:
    """Return the words of `text`, lower case with their diacritics: what search counts as one term.

    >>> words("Chỉ thị số 18-CT/TU")
    ['chỉ', 'thị', 'số', '18', 'ct', 'tu']
    """
    return re.findall(r"[^\W_]+", normalise(text).lower())


def vietnamese_slug(text: str) -> str:
    """Return an ASCII slug; Django drops đ and Wagtail writes its code point instead.

    >>> vietnamese_slug("Đảng ủy, 2021–2025")
    'dang-uy-2021-2025'
    """
    return slugify(re.sub(r"[\u2010-\u2015\u2212/]", "-", fold(text)))


def sort_key(text: str) -> str:
    """Return a key whose byte order is the order of the Vietnamese alphabet (ICU `vi`).

    It consists of hexadecimal digits only, so that every database collation sorts it alike.
    Letters count first (a ă â … d đ …), digits and signs before them; the tone decides between equal letters.
    """
    letters, tones = [], []
    for char in unicodedata.normalize("NFD", normalise(text).lower().replace("ð", "đ")):
        if char in _TONES:
            if tones:
                tones[-1] = _TONES.index(char) + 1
        elif unicodedata.combining(char):
            if letters:
                letters[-1] = unicodedata.normalize("NFC", letters[-1] + char)
        else:
            letters.append(char)
            tones.append(0)
    primary = "".join(_weight(letter) for letter in letters)
    return f"{primary}00{''.join(map(str, tones))}"


def _weight(letter: str) -> str:
    if letter in _LETTERS:
        return f"{0x90 + _LETTERS.index(letter):02x}"
    if letter.isspace():
        return "01"
    if letter.isdigit():
        return f"{0x80 + int(unicodedata.digit(letter, 0)):02x}"
    return f"{0x10 + ord(letter) % 0x60:02x}"
