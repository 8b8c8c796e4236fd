"""Tags in Vietnamese have several words: only commas (or quotes) part them, never spaces."""

from typing import Any

from taggit.utils import _edit_string_for_tags, _parse_tags

from .text import normalise


def parse_tags(text: str) -> Any:
    """Return the tag names in `text`; `chuyển đổi số` is one tag.

    taggit splits at spaces when it sees no comma, so one is always given.
    """
    if not text:
        return []
    return _parse_tags(f"{normalise(text)},")


def join_tags(tags: Any) -> Any:
    """Return the text that `parse_tags` reads back into `tags`."""
    return _edit_string_for_tags(tags)
