"""Writing the search table."""

import datetime
import re
from html import unescape
from typing import Any

from django.db import transaction
from django.utils.html import strip_tags
from wagtail.models import Page

from cms.core.text import sort_key
from cms.store.representation import represent

from .models import SearchEntry
from .registry import SearchText, text_of
from .tokens import folded, tokens

# The forms of blocks and documents hold addresses, digests and codes, which nobody looks for.
_SILENT_KEYS = {
    "type", "id", "src", "srcset", "sizes", "url", "sha256", "content_type", "anchor", "level", "width", "height",
    "jpeg",
    "pages", "size", "filename",
}  # fmt: skip
SUMMARY_LENGTH = 300
# Characters in which the passage of a result is looked for.
TEXT_LENGTH = 100_000


@transaction.atomic
def index_page(page: Page) -> None:
    """Write the entry of the stored, specific `page`; a page that is not live has none.

    A failure here fails the publication: what is public must be found.
    """
    text = text_of(type(page), represent(page)) if page.live else None
    if text is None:
        SearchEntry.objects.filter(pk=page.pk).delete()
        return
    SearchEntry.objects.update_or_create(page_id=page.pk, defaults=values_of(text))


def values_of(text: SearchText) -> dict[str, Any]:
    """Return the columns of the entry with this text."""
    summary, body = plain(text.summary), plain(text.body)
    columns = {
        "title": tokens(text.title),
        "reference": tokens(" ".join([text.reference, *text.keywords])),
        "summary": tokens(summary),
        "body": tokens(body),
    }
    document = text.document
    return {
        **{name: " ".join(found) for name, found in columns.items()},
        **{f"folded_{name}": " ".join(folded(found)) for name, found in columns.items()},
        "type_code": document.type_code if document else "",
        "number": document.number if document else "",
        "symbol": document.symbol[:60] if document else "",
        "year": document.year if document else None,
        "sort_title": sort_key(text.title)[:1200],
        "shown_summary": shorten(summary),
        "shown_date": datetime.date.fromisoformat(text.date) if text.date else None,
        "shown_kind": dict(zip(("code", "name"), text.kind, strict=True)),
        "shown_issuers": text.issuers,
        "shown_text": f"{summary} {body}".strip()[:TEXT_LENGTH],
    }


def plain(value: Any) -> str:
    """Return the text in an API form: HTML without its tags, lists and blocks one after the other."""
    if isinstance(value, str):
        return unescape(strip_tags(re.sub(r"</(p|li|h\d|td)>|<br/?>", " ", value))).strip()
    if isinstance(value, dict):
        return " ".join(plain(child) for key, child in value.items() if key not in _SILENT_KEYS)
    if isinstance(value, list | tuple):
        return " ".join(filter(None, map(plain, value)))
    return "" if value is None or isinstance(value, bool) else str(value)


def shorten(text: str) -> str:
    """`text` up to the end of a word within SUMMARY_LENGTH characters."""
    text = re.sub(r"\s+", " ", text)
    if len(text) <= SUMMARY_LENGTH:
        return text
    return text[:SUMMARY_LENGTH].rsplit(" ", 1)[0] + "…"
