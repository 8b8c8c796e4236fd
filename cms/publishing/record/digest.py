"""The digest of a page's content: equal for what readers could not tell apart, whoever saved it and whenever.

Pure functions.
"""

import datetime
import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.dateparse import parse_datetime

from cms.pages.publication import BOOKKEEPING

# Of a child: its own number, and the page that it belongs to.
_OF_CHILDREN = frozenset({"pk", "page", "content_object", "sort_order"})
_TIMES = {"go_live_at", "expire_at"}
# When it is published is no content: the approver decides it (docs/adr/0021-the-approver-decides-when.md).
_WHEN = {"go_live_at"}

# What a live alias may have of its own.
OF_ALIASES = frozenset({"slug", *_TIMES})


def content_digest(data: dict[str, Any], without: frozenset[str] = frozenset()) -> str:
    """Return the SHA-256 of the content in `data`: a revision's `content`, or a page's `serializable_data()`.

    The time of publication is left out. Empty values count as absent, so that a field that is added later changes no
    digest while it is empty. Fields named in `without` are left out.
    """
    return hashlib.sha256(_text(data, BOOKKEEPING | _WHEN | without).encode()).hexdigest()


def canonical(name: str, value: Any) -> str:
    """Return the one spelling of the value of a field, the time of publication included: equal where readers could not
    tell two apart.
    """
    return _text({name: value}, BOOKKEEPING)


def _text(data: dict[str, Any], left_out: frozenset[str]) -> str:
    plain = json.loads(json.dumps(data, cls=DjangoJSONEncoder))
    return json.dumps(_fields(plain, left_out), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _fields(data: dict[str, Any], left_out: frozenset[str]) -> dict[str, Any]:
    values = {name: _value(name, value) for name, value in data.items() if name not in left_out}
    return {
        name: value
        for name, value in values.items()
        if value not in (None, "", [], False) or value == 0 and value is not False
    }


def _value(name: str, value: Any) -> Any:
    if name in _TIMES and isinstance(value, str):
        moment = parse_datetime(value)
        if moment is None:
            return value
        return moment.astimezone(datetime.UTC).replace(microsecond=0).isoformat()
    if isinstance(value, str) and value[:1] in "[{":
        return _stream(value)
    if isinstance(value, list):
        return _children(value)
    return value


def _stream(text: str) -> Any:
    """Return the parsed JSON of a stream field with its keys sorted; any other text as it is.

    Wagtail stores the keys in any order. A key that stands twice stays so.
    """
    try:
        return ["json", json.loads(text, object_pairs_hook=lambda pairs: sorted(pairs, key=str))]
    except ValueError:
        return text


def _children(items: list[Any]) -> list[Any]:
    """Children in their order, numbers (of a many-to-many relation) in any order."""
    if not all(isinstance(item, dict) for item in items):
        return sorted(items, key=str)
    ordered = any("sort_order" in item for item in items)
    if ordered:
        items = sorted(items, key=lambda item: (item.get("sort_order") is None, item.get("sort_order") or 0))
    forms = [_fields(item, _OF_CHILDREN) for item in items]
    return forms if ordered else sorted(forms, key=lambda form: json.dumps(form, sort_keys=True))
