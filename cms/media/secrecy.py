"""Files that carry a secrecy marking are refused at entry (Law 29/2018/QH14 on the protection of state secrets).

A marking stands by itself: alone on its line, near the head of the first page or in the header of the document. Words
in a sentence are none. What has no text in it (a scan, an old binary format, an encrypted file) can't be judged by a
program: for that the editor declares that nothing in it is secret. Pure functions: they run in the process that reads a
file.
"""

import re

from cms.core.text import fold, normalise

# Where markings stand: the head of the first page.
HEAD_LINES = 30
_STAMP = re.compile(r"(TUYỆT MẬT|TỐI MẬT|MẬT|LƯU HÀNH NỘI BỘ)")
_LABELLED = re.compile(r"(?:do mat|muc do mat) ?:? ?(tuyet mat|toi mat|mat)")


def marking_in(lines: list[str]) -> str | None:
    """Return the secrecy marking among the first of these lines of a page or header, as it is written; None where there
    is none.
    """
    return next((found for line in lines[:HEAD_LINES] if (found := marking_of(line))), None)


def marking_of(line: str) -> str | None:
    """Return the marking that `line` is, and nothing else; letters may be spaced out."""
    text = " ".join(normalise(line).split())
    if re.fullmatch(r"(?:\w )+\w", text):
        text = text.replace(" ", "")
        spaced = {name.replace(" ", ""): name for name in ("TUYỆT MẬT", "TỐI MẬT", "MẬT", "LƯU HÀNH NỘI BỘ")}
        text = spaced.get(text, text)
    text = text.strip(" .*-–[]()")
    if _STAMP.fullmatch(text) or _LABELLED.fullmatch(fold(text)):
        return text
    return None
