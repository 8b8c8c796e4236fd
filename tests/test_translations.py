"""Everything that a person sees is there in Vietnamese."""

import re
from pathlib import Path

from babel.messages.pofile import read_po

CATALOGUE = Path(__file__).parent.parent / "locale/vi/LC_MESSAGES/django.po"


def messages(path):
    with path.open("rb") as file:
        return [message for message in read_po(file, locale="vi") if message.id]


def test_no_string_is_missing_or_guessed():
    wrong = [
        message.id
        for message in messages(CATALOGUE)
        if message.fuzzy or not all([message.string] if isinstance(message.string, str) else message.string)
    ]
    assert wrong == []


def test_placeholders_survive_translation():
    for message in messages(CATALOGUE):
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        wanted = set(re.findall(r"%\(\w+\)s", ids[-1]))
        assert all(set(re.findall(r"%\(\w+\)s", string)) == wanted for string in strings), message.id
