"""Writing the search table."""

import datetime
import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from typing import Any

from django.utils.html import strip_tags

from cms.core.batches import batches

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


def prepare(model: type, form: dict[str, Any]) -> dict[str, Any] | None:
    """Return the columns of the entry of a page of type `model`; None for a type that is not searched."""
    text = text_of(model, form)
    return None if text is None else values_of(text)


def differing(model: type, before: dict[str, Any], after: dict[str, Any], fill: Callable[[Any], Any]) -> dict[str, Any]:
    """Return the columns that differ between two kept forms of a page of type `model`; `fill` gives what is sent of a
    part.
    """
    old, new = text_of(model, before), text_of(model, after)
    if new is None or old == new:
        return {}
    if old is not None and replace(old, keywords=new.keywords, issuers=new.issuers) == new:
        # What an issuer's name alters, of many pages at once: the text is not cut into words again.
        return {**columns_of("reference", fill(reference_text(new))), "shown_issuers": fill(new.issuers)}
    return prepare(model, fill(after)) or {}


def write(entries: dict[int, dict[str, Any] | None]) -> None:
    """Store the entries of items, in place of what is stored of them."""
    found = [SearchEntry(item_id=item, **values) for item, values in entries.items() if values is not None]
    gone = [item for item, values in entries.items() if values is None]
    columns = [field.name for field in SearchEntry._meta.concrete_fields if not field.primary_key]
    SearchEntry.objects.bulk_create(
        found, batch_size=50, update_conflicts=True, unique_fields=["item"], update_fields=columns
    )
    for batch in batches(gone):
        SearchEntry.objects.filter(pk__in=batch).delete()


def values_of(text: SearchText) -> dict[str, Any]:
    """Return the columns of the entry with this text."""
    summary, body = plain(text.summary), plain(text.body)
    document = text.document
    return {
        **columns_of("title", text.title),
        **columns_of("reference", reference_text(text)),
        **columns_of("summary", summary),
        **columns_of("body", body),
        "type_code": document.type_code if document else "",
        "number": document.number if document else "",
        "symbol": document.symbol[:60] if document else "",
        "year": document.year if document else None,
        "shown_summary": shorten(summary),
        "shown_date": datetime.date.fromisoformat(text.date) if text.date else None,
        "shown_kind": dict(zip(("code", "name"), text.kind, strict=True)),
        "shown_issuers": text.issuers,
        "shown_text": f"{summary} {body}".strip()[:TEXT_LENGTH],
    }


def reference_text(text: SearchText) -> str:
    """Return what is found as a page's reference is."""
    return " ".join([text.reference, *text.keywords])


def columns_of(name: str, text: str) -> dict[str, str]:
    """Return the words of `text` for the column `name`, as they are and folded."""
    words = tokens(text)
    return {name: " ".join(words), f"folded_{name}": " ".join(folded(words))}


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
