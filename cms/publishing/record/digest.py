"""The digest of a page's content: equal for what readers could not tell apart, whoever saved it and whenever."""

import datetime
import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model
from django.utils.dateparse import parse_datetime
from wagtail.models import Page, Revision

from cms.pages.content import TIMES, content_fields

# Of a child: its own number, and the page that it belongs to.
_OF_CHILDREN = frozenset({"pk", "page", "content_object", "sort_order"})
# When it is published is no content: the approver decides it (docs/adr/0021-the-approver-decides-when.md).
_WHEN = frozenset({"go_live_at"})

# What a live alias may have of its own.
OF_ALIASES = frozenset({"slug", *TIMES})

# Each entry of the record says by which version its digest was taken. Who changes what a digest covers, or how it is
# taken, adds a version and keeps the older one, so that nothing approved before is taken back.
VERSION = 1
_FIELDS = {1: lambda model: content_fields(model) - _WHEN}


def content_digest(
    model: type[Model], data: dict[str, Any], without: frozenset[str] = frozenset(), version: int = VERSION
) -> str:
    """Return the SHA-256 of the content of a page of type `model` in `data`: a revision's `content`, or a page's
    `serializable_data()`.

    Only the fields that are content count (`cms.pages.content`), the time of publication aside. Empty values count as
    absent, so that a field that is added later changes no digest while it is empty. Fields named in `without` are left
    out. Raise KeyError for a version that is not known.
    """
    names = _names_of(model, version) - without
    return hashlib.sha256(_text({name: data[name] for name in names & data.keys()}).encode()).hexdigest()


_known: dict[tuple[type[Model], int], frozenset[str]] = {}


def _names_of(model: type[Model], version: int) -> frozenset[str]:
    if (model, version) not in _known:
        _known[model, version] = _FIELDS[version](model)
    return _known[model, version]


@dataclass(frozen=True)
class Content:
    """What a page of a type says: its `serializable_data()`, or a revision's `content`."""

    model: type[Model]
    data: dict[str, Any]

    @classmethod
    def of(cls, instance: Page | Revision) -> "Content":
        """Return the content of a page (as its type) as it stands in memory, or of a revision of a page.

        To be asked before anything reads the page's blocks: then they are written out in full.
        """
        if not isinstance(instance, Revision):
            return cls(type(instance), instance.serializable_data())
        model = ContentType.objects.get_for_id(instance.content_type_id).model_class()
        if model is None:
            raise ValueError(f"revision {instance.pk} is of a type that is not installed")
        return cls(model, instance.content)

    def digest(self, version: int = VERSION) -> str:
        """Return its digest, as this version takes it."""
        return content_digest(self.model, self.data, version=version)


def digest_of(instance: Page | Revision, version: int = VERSION) -> str:
    """Return the digest of a page or of a revision; see `Content.of`."""
    return Content.of(instance).digest(version)


def canonical(name: str, value: Any) -> str:
    """Return the one spelling of the value of a field, the time of publication included: equal where readers could not
    tell two apart.
    """
    return _text({name: value})


def _text(data: dict[str, Any]) -> str:
    plain = json.loads(json.dumps(data, cls=DjangoJSONEncoder))
    return json.dumps(_fields(plain, frozenset()), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _fields(data: dict[str, Any], left_out: frozenset[str]) -> dict[str, Any]:
    values = {name: _value(name, value) for name, value in data.items() if name not in left_out}
    return {
        name: value
        for name, value in values.items()
        if value not in (None, "", [], False) or value == 0 and value is not False
    }


def _value(name: str, value: Any) -> Any:
    if name in TIMES and isinstance(value, str):
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
