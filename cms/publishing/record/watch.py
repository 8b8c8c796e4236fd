"""Changes of rights and configuration, written into the record with old and new value.

There is no review of them, so the record is what keeps them honest. Apps register the models that matter.
"""

import re
from collections.abc import Iterable
from contextvars import ContextVar
from typing import Any

from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save
from modelcluster.fields import ParentalKey
from wagtail.fields import RichTextField

from cms.core.actor import current_actor

from .labels import key_of, name_of, subject_of
from .models import RecordKind
from .write import record

# Never in a record that is exported and printed.
SECRET = {"password"}
# Wagtail's editor numbers paragraphs anew each time that it opens them.
_BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')


class Remembered:
    """What objects were before they were changed, between the signal before and the one after, which come with the same
    object. Changes may stand inside one another.
    """

    # Of changes that failed nobody asks any more.
    depth = 16

    def __init__(self, name: str) -> None:
        self._kept: ContextVar[tuple[tuple[Any, Any], ...]] = ContextVar(name, default=())

    def keep(self, instance: Any, value: Any) -> None:
        """Keep `value` until it is taken."""
        self._kept.set((*self._kept.get()[-self.depth :], (instance, value)))

    def take(self, instance: Any) -> Any:
        """Return what was kept of `instance`, or None, and forget it."""
        kept = self._kept.get()
        for index in range(len(kept) - 1, -1, -1):
            if kept[index][0] is instance:
                self._kept.set(kept[:index])
                return kept[index][1]
        return None


def watched_fields(model: type[Model], ignore: Iterable[str] = (), parent: bool = False) -> list[Any]:
    """Return the fields that the record follows; what a child belongs to is no property of it, but with `parent`."""
    return [
        field
        for field in model._meta.concrete_fields
        if field.attname not in {"id", *ignore} and (parent or not isinstance(field, ParentalKey))
    ]


def watch(
    model: type[Model],
    kind: RecordKind = RecordKind.CONFIGURATION_CHANGED,
    ignore: Iterable[str] = (),
    parent: bool = False,
) -> None:
    """Record each change of the stored fields of `model`, with `parent` of what it belongs to as well, and that an
    instance is added or removed.
    """
    fields = watched_fields(model, ignore, parent)
    remembered = Remembered(f"watched {model._meta.label}")

    def values(instance: Any) -> dict[str, Any]:
        return {field.attname: plain_value(field, getattr(instance, field.attname)) for field in fields}

    def before(sender: type, instance: Any, raw: bool = False, **kwargs: Any) -> None:
        stored = model._default_manager.filter(pk=instance.pk).first() if instance.pk and not raw else None
        remembered.keep(instance, (values(stored), stored) if stored else None)

    def after(sender: type, instance: Any, raw: bool = False, **kwargs: Any) -> None:
        if raw:
            return
        recorded: tuple[dict[str, Any], Any] = remembered.take(instance) or ({}, None)
        (old, stored), new = recorded, values(instance)
        changes = {name: (old.get(name), value) for name, value in new.items() if old.get(name) != value}
        if stored is None:
            changes = {name: pair for name, pair in changes.items() if pair[1] not in (None, "")}
        if changes or stored is None:
            _record(kind, instance, _kept(changes), **_names_of(fields, changes, stored, instance), added=not old)

    def gone(sender: type, instance: Any, **kwargs: Any) -> None:
        changes = {name: (value, None) for name, value in values(instance).items() if value}
        _record(kind, instance, _kept(changes), **_names_of(fields, changes, instance, None), removed=True)

    uid = f"record.watch.{model._meta.label}"
    pre_save.connect(before, sender=model, weak=False, dispatch_uid=f"{uid}.before")
    post_save.connect(after, sender=model, weak=False, dispatch_uid=f"{uid}.after")
    post_delete.connect(gone, sender=model, weak=False, dispatch_uid=f"{uid}.gone")


def watch_relation(model: type[Model], name: str, kind: RecordKind = RecordKind.RIGHTS_CHANGED) -> None:
    """Record each change of the many-to-many relation `name` of `model`, such as a user's groups."""
    through = getattr(model, name).through
    remembered = Remembered(f"watched {model._meta.label}.{name}")

    def follow(sender: type, instance: Any, action: str, reverse: bool, pk_set: set[int] | None, **kwargs: Any) -> None:
        if action in {"pre_add", "pre_remove", "pre_clear"}:
            owners = _owners(instance, reverse, pk_set, action)
            remembered.keep(instance, {owner.pk: _names(owner) for owner in owners})
        elif action in {"post_add", "post_remove", "post_clear"}:
            old_names = remembered.take(instance) or {}
            for owner in model._default_manager.filter(pk__in=old_names):
                old, new = old_names[owner.pk], _names(owner)
                if old != new:
                    _record(kind, owner, {name: [old, new]})

    def _owners(instance: Any, reverse: bool, pk_set: set[int] | None, action: str) -> Any:
        if not reverse:
            return [instance]
        if action == "pre_clear":
            return list(model._default_manager.filter(**{name: instance}))
        return list(model._default_manager.filter(pk__in=pk_set or ()))

    def _names(owner: Any) -> list[str]:
        return sorted(key_of(other) for other in getattr(owner, name).all())

    m2m_changed.connect(follow, sender=through, weak=False, dispatch_uid=f"record.watch.{model._meta.label}.{name}")


def _record(kind: RecordKind, instance: Any, changes: dict[str, Any], **data: Any) -> None:
    record(
        kind,
        subject=subject_of(instance),
        user=current_actor(),
        model=instance._meta.label,
        object=str(instance.pk),
        changes=changes,
        **data,
    )


def _kept(changes: dict[str, Any]) -> dict[str, Any]:
    return {name: ["…", "…"] if name in SECRET else list(pair) for name, pair in changes.items()}


def _names_of(fields: list[Any], changes: dict[str, Any], old: Any, new: Any) -> dict[str, Any]:
    """Return the names of what changed relations pointed at and point at: they may be gone when the record is read."""

    def name(instance: Any, field: Any) -> Any:
        related = getattr(instance, field.name, None) if instance is not None else None
        return name_of(related) if related is not None else ""

    names = {
        field.attname: [name(old, field), name(new, field)]
        for field in fields
        if field.is_relation and field.attname in changes
    }
    return {"names": names} if names else {}


def plain_value(field: Any, value: Any) -> Any:
    """Return the value of a field as JSON holds it; rich text without what the editor numbers anew each time."""
    if isinstance(field, RichTextField):
        return _BLOCK_KEY.sub("", value or "")
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)
