"""Changes of what is public and no page: files, the register, the site, redirects.

Worked out and written after the pages, in the same transaction: what of them is public, and how often it is shown, the
store knows by then.
"""

import logging
from collections.abc import Iterable

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone, translation

from .digest import digest_of
from .models import Change, ChangeLogKind, Item, RemovedItem
from .page_changes import PageChanges
from .projection.pages import Projected
from .projection.registry import Collection, Entry, collections
from .projection.texts import to_text
from .writing import Altered, forget_removals, remove, write

logger = logging.getLogger(__name__)


def collection_changes(changes: PageChanges, altered: Altered, everything: bool = False) -> list[Change]:
    """Write what is otherwise now, and return the rows that tell of it, without numbers.

    Only what `changes` and `altered` can have touched is looked at, or `everything`.
    """
    found: list[Change] = []
    with translation.override(settings.LANGUAGE_CODE):
        for collection in sorted(collections().values(), key=lambda one: one.after_links):
            ids = None if everything else touched(collection, changes, altered)
            if ids is not None and not ids:
                continue
            try:
                with transaction.atomic():
                    found += compare(collection, ids, changes.version, altered)
            except Exception:
                # Whatever is wrong with one of them, the others are told; it is looked at again once a day.
                logger.exception("the changes of %s could not be worked out", collection.name)
    return found


def touched(collection: Collection, changes: PageChanges, altered: Altered) -> set[str] | None:
    """Return the ids of the entries of a collection that may be otherwise now; None for all."""
    if any(event.model == model._meta.label for event in changes.objects for model in collection.whole):
        return None
    ids: set[str] = set()
    if collection.model is not None:
        label = collection.model._meta.label
        for event in changes.objects:
            if event.model == label and event.object_id is not None:
                ids.add(str(event.object_id))
        ids |= {str(number) for _item, kind, number in altered.links if kind == collection.name}
    if collection.parameter is not None:
        ids |= {value for _item, parameter, value in altered.terms if parameter == collection.parameter}
    pages = changes.touched | changes.shown_otherwise
    return ids | set(collection.touched(pages, changes.objects, ids)) if pages or ids or changes.objects else ids


def compare(collection: Collection, ids: set[str] | None, version: str, altered: Altered) -> list[Change]:
    """Compare entries with what is stored of them, write the differences, and return the rows."""
    now = collection.entries(ids)
    stored = Item.objects.filter(type=collection.name)
    by_id = {str(item.number if item.number is not None else item.key): item for item in stored_among(stored, ids)}
    # What an act removed is known to others until it is told.
    removed = {one.key: one for one in RemovedItem.objects.filter(type=collection.name)}
    kinds: dict[str, str] = dict.fromkeys(removed, ChangeLogKind.REMOVED)
    made: list[Projected] = []
    for entry_id, entry in now.items():
        one = projected(collection, entry_id, entry)
        old = by_id.get(entry_id)
        if old is not None and old.key != one.key:
            # Another slug: to others it is another object.
            remove([old.pk], altered)
            kinds[old.key] = ChangeLogKind.REMOVED
            old = None
        if old is None and one.key in removed:
            kinds.pop(one.key)
            if removed[one.key].digest != one.digest:
                kinds[one.key] = ChangeLogKind.CHANGED
        elif old is None:
            kinds[one.key] = ChangeLogKind.ADDED
        elif old.digest != one.digest:
            kinds[one.key] = ChangeLogKind.CHANGED
        elif old.facts == one.facts and not old.stale and old.version == version:
            continue
        made.append(one)
    gone = [item for entry_id, item in by_id.items() if entry_id not in now]
    kinds |= {item.key: ChangeLogKind.REMOVED for item in gone}
    remove([item.pk for item in gone], altered)
    write(made, version, altered)
    forget_removals([one.pk for one in removed.values()], altered)
    at, order = timezone.now(), [ChangeLogKind.ADDED, ChangeLogKind.CHANGED, ChangeLogKind.REMOVED]
    return [
        Change(at=at, kind=kind, type=collection.name, key=key, gone=kind == ChangeLogKind.REMOVED)
        for key, kind in sorted(kinds.items(), key=lambda pair: (order.index(ChangeLogKind(pair[1])), pair[0]))
    ]


def stored_among(stored: QuerySet[Item], ids: set[str] | None) -> Iterable[Item]:
    """Return those of the items `stored` whose number (or key, where they have none) is among `ids`."""
    if ids is None:
        return list(stored)
    wanted, found = sorted(ids), []
    for start in range(0, len(wanted), 500):
        part = wanted[start : start + 500]
        numbers = [int(one) for one in part if one.isdecimal()]
        found += [*stored.filter(number__in=numbers), *stored.filter(number=None, key__in=part)]
    return found


def projected(collection: Collection, entry_id: str, entry: Entry) -> Projected:
    """Return what the store keeps of an entry."""
    return Projected(
        type=collection.name,
        key=entry.key,
        number=int(entry_id) if entry_id.isdecimal() else None,
        address=entry.address,
        detail=to_text(entry.form),
        reference=to_text({name: entry.form[name] for name in ("slug", "code", "name") if name in entry.form}),
        digest=digest_of(entry.form),
        terms=set(entry.terms),
        sort_keys=entry.sort_keys,
        links=entry.links,
    )
