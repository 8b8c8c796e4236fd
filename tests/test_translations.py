"""Everything that a person sees is there in Vietnamese."""

import io
import re
from pathlib import Path

import pytest
from babel.messages.extract import extract
from django.utils.translation import templatize

from tests.vendor_messages import KEYWORDS
from tests.vendor_messages import read as messages

ROOT = Path(__file__).parent.parent
CATALOGUE = ROOT / "locale/vi/LC_MESSAGES/django.po"
CATALOGUES = sorted((ROOT / "locale").rglob("*.po"))


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


def test_placeholders_survive_translation():
    for message in messages(CATALOGUE):
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        wanted = set(re.findall(r"%\(\w+\)s", ids[-1]))
        assert all(set(re.findall(r"%\(\w+\)s", string)) == wanted for string in strings), message.id
