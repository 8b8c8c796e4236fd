"""The digest of a page's content: equal for what readers could not tell apart, whoever saved it and whenever. Pure functions."""

import datetime
import hashlib
import json

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.dateparse import parse_datetime

# Where a page stands, who holds it and how far it is: not what it says.
BOOKKEEPING = {
    "pk", "path", "depth", "numchild", "translation_key", "locale", "content_type", "owner", "url_path", "draft_title",
    "live", "has_unpublished_changes", "expired", "first_published_at", "last_published_at", "live_revision",
    "latest_revision", "latest_revision_created_at", "locked", "locked_at", "locked_by", "alias_of",
    "wagtail_admin_comments",
}  # fmt: skip
# Of a child: its own number, and the page that it belongs to.
_OF_CHILDREN = {"pk", "page", "content_object", "sort_order"}
_TIMES = {"go_live_at", "expire_at"}


def content_digest(data: dict) -> str:
    """The SHA-256 of the content in `data`: a revision's `content`, or a page's `serializable_data()`."""
    plain = json.loads(json.dumps(data, cls=DjangoJSONEncoder))
    content = {name: _value(name, value) for name, value in plain.items() if name not in BOOKKEEPING}
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _value(name, value):
    if name in _TIMES and isinstance(value, str):
        return parse_datetime(value).astimezone(datetime.UTC).replace(microsecond=0).isoformat()
    if isinstance(value, str) and value[:1] in "[{":
        return _stream(value)
    if isinstance(value, list):
        return _children(value)
    return value


def _stream(text):
    """A stream field is stored as JSON in a string, with its keys in any order."""
    try:
        return json.loads(text)
    except ValueError:
        return text


def _children(items):
    """Children in their order, numbers (of a many-to-many relation) in any order."""
    if not all(isinstance(item, dict) for item in items):
        return sorted(items, key=str)
    if any("sort_order" in item for item in items):
        items = sorted(items, key=lambda item: (item.get("sort_order") is None, item.get("sort_order") or 0))
    forms = [{name: _value(name, value) for name, value in item.items() if name not in _OF_CHILDREN} for item in items]
    if any("sort_order" in item for item in items):
        return forms
    return sorted(forms, key=lambda form: json.dumps(form, sort_keys=True))
