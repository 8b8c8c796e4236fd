"""Writing events, in the transaction of what they tell of."""

from typing import Any

from django.db import transaction
from django.db.models import Model
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_delete
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from cms.pages.public import public_paths

from .counter import bump
from .links import pages_showing
from .models import ChangeLogKind, Event, Item, Link, Notice
from .projection.registry import collection_with
from .projector import newest
from .related_changes import EXACT
from .removal import remove_file, remove_hidden

# What a look-up says of an address may change with these, also where nothing public was.
_TOLD_AT_ADDRESSES = {ChangeLogKind.TAKEN_DOWN, ChangeLogKind.RESTORED, ChangeLogKind.PURGED}


def note_page(kind: str, page: Page, certain: bool = False) -> None:
    """Note that a page, and so perhaps everything below it, is public in another way than before, or not any more.

    What is not any more leaves the store at once. What was not public and is not (a draft) concerns nobody outside,
    unless it is `certain` that something changes for readers.
    """
    # Of a deleted page the place in the tree says nothing any more.
    if kind != ChangeLogKind.DELETED and page.path in public_paths([page.path]):
        _write(Event(kind=kind, page_id=page.pk, path=page.path))
        return
    # Asked before the items: a projection that is under way may write one, and deletes its events with that.
    concerned = certain or kind in _TOLD_AT_ADDRESSES or Event.objects.exclude(page_id=None).exists()
    concerned = concerned or Notice.objects.filter(page_id=page.pk).exists()
    if remove_hidden(page.pk, page.path) or concerned:
        _write(Event(kind=kind, page_id=page.pk, path=page.path))


def note_purged(page_id: int) -> None:
    """Note that a page that is not there any more is purged: the log forgets its addresses."""
    _write(Event(kind=ChangeLogKind.PURGED, page_id=page_id))


def note_showing(instance: Any) -> None:
    """Note that what refers to `instance` has to be looked at.

    To be called before it is deleted: the reference index forgets it then.
    """
    collection = collection_with(type(instance))
    kind = "pages" if isinstance(instance, Page) else collection.name if collection else None
    if kind is None or instance.pk is None:
        return
    showing = sorted(pages_showing(kind, [instance.pk]))
    # Of more the deletion itself tells, which takes no form to be made at once.
    if 0 < len(showing) <= EXACT:
        Event.objects.bulk_create([Event(kind=ChangeLogKind.RELATED, page_id=page_id) for page_id in showing])
        _project_after_commit()


def note_object(instance: Any, is_new: bool = False) -> None:
    """Something that is no page has changed. What nothing public shows concerns nobody outside."""
    collection = collection_with(type(instance))
    if is_new and collection is not None and not collection.always_public:
        return
    if collection is not None and not collection.always_public and not Event.objects.exists():
        shown = Link.objects.filter(kind=collection.name, number=instance.pk).exists()
        if not shown and not Item.objects.filter(type=collection.name, number=instance.pk).exists():
            return
    _write(Event(kind=ChangeLogKind.CHANGED, model=instance._meta.label, object_id=instance.pk))


def note_purged_file(instance: Any) -> None:
    """Note that a file is purged, which leaves the store at once."""
    collection = collection_with(type(instance))
    if collection is not None:
        remove_file(collection.name, instance.pk)
    note_object(instance)


def note_redirects(page: Page) -> None:
    """Note that redirects to a page, or to pages below it, were made in a way that sends no signal."""
    _write(Event(kind=ChangeLogKind.CHANGED, model=Redirect._meta.label, path=page.path))


def note_model(model: type[Model]) -> None:
    """Instances of `model`, which is no page and which pages don't show, have changed in a way that sends no signal."""
    _write(Event(kind=ChangeLogKind.CHANGED, model=model._meta.label))


def follow_model(model: type[Model]) -> None:
    """Note each change of instances of `model`, which public content shows or which is public itself."""

    def noticed(sender: type, instance: Any, **kwargs: Any) -> None:
        if not kwargs.get("raw"):
            note_object(instance, is_new=kwargs.get("created", False))

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
    _project_after_commit()


def _project_after_commit() -> None:
    # Once for each transaction. Where it fails, or the process dies before, whoever asks for the newest number does it.
    if not any(function is _committed for _savepoints, function, _robust in transaction.get_connection().run_on_commit):
        transaction.on_commit(_committed, robust=True)


def _committed() -> None:
    # Others learn of the content before its numbers, and wait for the projection instead of showing what was.
    bump()
    newest()
