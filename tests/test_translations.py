"""Everything that a person sees is there in Vietnamese."""

import io
import re
from pathlib import Path

import pytest
from babel.messages.extract import DEFAULT_KEYWORDS, extract
from babel.messages.pofile import read_po
from django.utils.translation import templatize

ROOT = Path(__file__).parent.parent
CATALOGUE = ROOT / "locale/vi/LC_MESSAGES/django.po"
CATALOGUES = sorted((ROOT / "locale").rglob("*.po"))
KEYWORDS = {
    **DEFAULT_KEYWORDS,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext_lazy": (1, 2),
    "pgettext_lazy": ((1, "c"), 2),
}


def messages(path):
    with path.open("rb") as file:
        return [message for message in read_po(file, locale="vi") if message.id]


def strings_in_use():
    """Everything that code and templates mark for translation."""
    for folder in ("articles", "cms", "home", "search", "templates"):
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix == ".py":
                source = path.read_text()
            elif path.suffix == ".html":
                # What it gives is almost Python: the indentation of the HTML means nothing.
                source = re.sub(r"(?m)^[ \t]+", "", templatize(path.read_text(), origin=str(path)))
            else:
                continue
            for _line, message, _comments, _context in extract("python", io.BytesIO(source.encode()), KEYWORDS):
                yield message if isinstance(message, str) else message[0]


def test_every_string_in_use_is_in_the_catalogue():
    known = {message.id if isinstance(message.id, str) else message.id[0] for message in messages(CATALOGUE)}
    assert set(strings_in_use()) - known == set()


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_string_is_missing_or_guessed(path):
    wrong = [
        message.id
        for message in messages(path)
        if message.fuzzy or not all([message.string] if isinstance(message.string, str) else message.string)
    ]
    assert wrong == []


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: str(path.relative_to(ROOT)))
def test_placeholders_survive_translation(path):
    for message in messages(path):
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        wanted = set(re.findall(r"%\(\w+\)s", ids[-1]))
        assert all(set(re.findall(r"%\(\w+\)s", string)) == wanted for string in strings), message.id
