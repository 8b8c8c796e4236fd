"""Writing the search table."""

import datetime
import re
from html import unescape

from django.db import transaction
from django.utils.html import strip_tags

from cms.api.represent import represent
from cms.common.text import fold, sort_key, words

from .models import Entry
from .registry import text_of

# The forms of blocks and documents hold addresses, digests and codes, which nobody looks for.
_SILENT_KEYS = {
    "type", "id", "src", "srcset", "sizes", "url", "sha256", "content_type", "anchor", "level", "width", "height",
    "pages", "size", "filename",
}  # fmt: skip
SUMMARY_LENGTH = 300


@transaction.atomic
def index_page(page) -> None:
    """Writes the entry of the stored, specific `page`; a page that is not live has none.

    A failure here fails the publication: what is public must be found.
    """
    text = text_of(type(page), represent(page)) if page.live else None
    if text is None:
        Entry.objects.filter(pk=page.pk).delete()
        return
    columns = {
        "title": words(text.title),
        "reference": words(text.reference),
        "summary": words(plain(text.summary)),
        "body": words(plain(text.body)),
    }
    values = {name: " ".join(found) for name, found in columns.items()}
    values |= {f"folded_{name}": fold(value) for name, value in values.items()}
    Entry.objects.update_or_create(
        page_id=page.pk,
        defaults={
            **values,
            "sort_title": sort_key(text.title)[:1200],
            "shown_summary": shorten(plain(text.summary)),
            "shown_date": datetime.date.fromisoformat(text.date) if text.date else None,
        },
    )


def plain(value) -> str:
    """The text in an API form: HTML without its tags, lists and blocks one after the other."""
    if isinstance(value, str):
        return unescape(strip_tags(re.sub(r"</(p|li|h\d|td)>|<br/?>", " ", value))).strip()
    if isinstance(value, dict):
        return " ".join(plain(child) for key, child in value.items() if key not in _SILENT_KEYS)
    if isinstance(value, list | tuple):
        return " ".join(plain(child) for child in value)
    return "" if value is None or isinstance(value, bool) else str(value)


def shorten(text: str) -> str:
    """`text` up to the end of a word within SUMMARY_LENGTH characters."""
    text = re.sub(r"\s+", " ", text)
    if len(text) <= SUMMARY_LENGTH:
        return text
    return text[:SUMMARY_LENGTH].rsplit(" ", 1)[0] + "…"
