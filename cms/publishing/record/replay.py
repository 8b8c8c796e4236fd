"""Whether what is stored of a watched model is what the record tells of it (`watch.py`)."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import Group
from django.db.models import Model

from .labels import key_of
from .models import RecordEntry, RecordKind
from .watch import plain_value, watched_fields

# Of what is added the record leaves out what is empty.
_NOTHING: tuple[Any, ...] = (None, "", [])


def differences(
    model: type[Model],
    relations: Iterable[str] = (),
    also: Iterable[type[Model]] = (),
    ignore: Iterable[str] = (),
    parent: bool = False,
) -> list[str]:
    """Return a line for each instance of `model` that nobody made, changed or took away through the CMS.

    `relations` are many-to-many relations that are watched, `also` models under which it is changed too: the parents
    of which it inherits, `ignore` fields that the record does not follow, and with
    `parent` what a child belongs to is compared.
    """
    relations, ignore = tuple(relations), tuple(ignore)
    told = _told([model._meta.label, *(one._meta.label for one in also)], relations)
    found = []
    for instance in model._default_manager.order_by("pk"):
        name = f"{model._meta.label} {instance.pk} ({instance})"
        recorded = told.pop(str(instance.pk), None)
        if recorded is None:
            found.append(f"{name}: nobody made it")
            continue
        for field, value in _stored(instance, relations, watched_fields(model, ignore, parent)).items():
            wanted = recorded.get(field)
            if value != wanted and not (value in _NOTHING and wanted in _NOTHING):
                found.append(f"{name}: {field} is {value!r}, in the record {wanted!r}")
    return found + [f"{model._meta.label} {pk}: it is gone, and nobody took it away" for pk in told]


def _stored(instance: Model, relations: Iterable[str], followed: list[Any]) -> dict[str, Any]:
    values = {field.attname: plain_value(field, getattr(instance, field.attname)) for field in followed}
    return values | {name: sorted(key_of(other) for other in getattr(instance, name).all()) for name in relations}


def _told(labels: list[str], relations: Iterable[str]) -> dict[str, dict[str, Any]]:
    told: dict[str, dict[str, Any]] = {}
    # Relations to roles are told by their names, which change, and go with them.
    role = Group._meta.label
    entries = RecordEntry.objects.filter(kind__in=[RecordKind.RIGHTS_CHANGED, RecordKind.CONFIGURATION_CHANGED])
    entries = entries.filter(data__model__in=[*labels, role], redacted_by=None).order_by("pk")
    for data in entries.values_list("data", flat=True).iterator(chunk_size=2000):
        if data["model"] == role and role not in labels:
            if "name" in data["changes"]:
                _rename(told.values(), relations, *data["changes"]["name"])
        elif data.get("removed"):
            told.pop(data["object"], None)
        elif "changes" in data:
            new = {name: pair[1] for name, pair in data["changes"].items()}
            told.setdefault(data["object"], {}).update(new)
    return told


def _rename(told: Iterable[dict[str, Any]], relations: Iterable[str], old: str, new: str | None) -> None:
    for values in told:
        for name in relations:
            if old in (values.get(name) or ()):
                others = [one for one in values[name] if one != old]
                values[name] = sorted([*others, new] if new else others)
