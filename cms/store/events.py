"""Writing events, in the transaction of what they tell of."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from wagtail.models import Page

from .links import pages_referring
from .models import ChangeLogKind, Event
from .registry import object_fan_out
from .sequencer import sequence


def note_page(kind: str, page: Page) -> None:
    """Note that a page, and so perhaps everything below it, is public in another way than before, or not any more."""
    _write(Event(kind=kind, page_id=page.pk, path=page.path))


def note_purged(page_id: int) -> None:
    """Note that a page that is not there any more is purged: the log forgets its addresses."""
    _write(Event(kind=ChangeLogKind.PURGED, page_id=page_id))


def note_showing(instance: Any) -> None:
    """Note that what refers to `instance` has to be looked at.

    To be called before it is deleted: the reference index forgets it then.
    """
    content_type = ContentType.objects.get_for_model(Page if isinstance(instance, Page) else instance)
    showing = pages_referring(content_type, [instance.pk]) | object_fan_out(instance._meta.label, [instance.pk])
    for page in Page.objects.filter(pk__in=showing, live=True):
        note_page(ChangeLogKind.RELATED, page)


def note_object(instance: Any) -> None:
    """Something that is no page has changed."""
    _write(Event(kind=ChangeLogKind.CHANGED, model=instance._meta.label, object_id=instance.pk))


def note_model(model: type[Model]) -> None:
    """Instances of `model`, which is no page and which pages don't show, have changed in a way that sends no signal."""
    _write(Event(kind=ChangeLogKind.CHANGED, model=model._meta.label))


def follow_model(model: type[Model]) -> None:
    """Note each change of instances of `model`, which public content shows or which is public itself."""

    def noticed(sender: type, instance: Any, **kwargs: Any) -> None:
        if not kwargs.get("raw"):
            note_object(instance)

    def forgotten(sender: type, instance: Any, **kwargs: Any) -> None:
        note_showing(instance)

    pre_delete.connect(forgotten, sender=model, weak=False, dispatch_uid=f"store.{model._meta.label}.forgotten")
    for signal in (post_save, post_delete):
        signal.connect(noticed, sender=model, weak=False, dispatch_uid=f"store.{model._meta.label}")
    for field in model._meta.many_to_many:
        through = getattr(model, field.name).through
        m2m_changed.connect(noticed, sender=through, weak=False, dispatch_uid=f"store.{through._meta.label}")


def _write(event: Event) -> None:
    event.save(force_insert=True)
    # Once for each transaction. Where it fails, or the process dies before, whoever asks for the newest number does it.
    if not any(function is sequence for _savepoints, function, _robust in transaction.get_connection().run_on_commit):
        transaction.on_commit(sequence, robust=True)
