"""Changes of what is public and no page: files, the register, the site, redirects.

Worked out and written after the pages, in the same transaction: what of them is public, and how often it is shown, the
store knows by then.
"""

import logging

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone, translation

from cms.core.batches import batches

from .models import Change, ChangeLogKind, Item, RemovedItem, Term
from .projection.digest import digest_of
from .projection.pages import Projected
from .projection.registry import Collection, Entry, collections
from .projection.texts import to_text
from .worked_out import WorkedOut
from .writing import Altered, forget_removals, remove, write

logger = logging.getLogger(__name__)


def collection_changes(changes: WorkedOut, altered: Altered) -> list[Change]:
    """Write what is otherwise now, and return the rows that tell of it, without numbers.

    Only what `changes` and `altered` can have touched is looked at.
    """
    rows: list[Change] = []
    # What an act removed is known to others until it is told.
    removed = {(one.type, one.key): one for one in RemovedItem.objects.filter(page_id=None)}
    with translation.override(settings.LANGUAGE_CODE):
        # Files are public while links lead to them, so those come last.
        for after_links in (False, True):
            wanted = {
                one.name: ids
                for one in collections().values()
                if one.after_links == after_links and ((ids := touched(one, changes, altered)) is None or ids)
            }
            if not wanted:
                continue
            comparison = Comparison(removed, changes.version, altered)
            found, failed = made_of(wanted)
            changes.failures.entries |= failed
            for name, entries in found.items():
                ids = wanted[name]
                comparison.compare(
                    collections()[name], None if ids is None else ids - (failed.get(name) or set()), entries
                )
            rows += comparison.write()
    return rows


def made_of(
    wanted: dict[str, set[str] | None],
) -> tuple[dict[str, dict[str, Projected]], dict[str, set[str] | None]]:
    """Return what the store keeps of the public entries among the ids that are wanted of each collection (None: all),
    by id; and those of which it can't be made, which keep no other away. A collection is missing of which nothing can.
    Raise OperationalError or InterfaceError where the database is away.
    """
    try:
        with transaction.atomic():
            return {name: _made(name, ids) for name, ids in wanted.items()}, {}
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        logger.exception("collections could not be worked out together")
    found: dict[str, dict[str, Projected]] = {}
    failed: dict[str, set[str] | None] = {}
    for name, ids in wanted.items():
        if ids is not None:
            found[name], bad = _made_each(name, sorted(ids))
            failed |= {name: bad} if bad else {}
            continue
        try:
            with transaction.atomic():
                found[name] = _made(name, None)
        except Exception:
            logger.exception("%s could not be worked out", name)
            failed[name] = None
    return found, failed


def _made_each(name: str, ids: list[str]) -> tuple[dict[str, Projected], set[str]]:
    """Return what can be made, and the ids of what can't, which are looked for by halves."""
    try:
        with transaction.atomic():
            return _made(name, set(ids)), set()
    except (OperationalError, InterfaceError):
        # That is no entry's fault.
        raise
    except Exception:
        if len(ids) == 1:
            logger.exception("the form of %s %s could not be made", name, ids[0])
            return {}, set(ids)
    middle = len(ids) // 2
    (found, bad), (more, worse) = _made_each(name, ids[:middle]), _made_each(name, ids[middle:])
    return found | more, bad | worse


def _made(name: str, ids: set[str] | None) -> dict[str, Projected]:
    collection = collections()[name]
    return {entry_id: projected(collection, entry_id, entry) for entry_id, entry in collection.entries(ids).items()}


def touched(collection: Collection, changes: WorkedOut, altered: Altered) -> set[str] | None:
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


class Comparison:
    """Entries against what is stored of them: the differences, to be written together."""

    def __init__(self, removed: dict[tuple[str, str], RemovedItem], version: str, altered: Altered) -> None:
        self._removed = removed
        self._version = version
        self._altered = altered
        self._made: list[Projected] = []
        self._known: dict[tuple[str, str], Item] = {}
        self._gone: list[int] = []
        self._told: list[int] = []
        self._rows: list[Change] = []

    def compare(self, collection: Collection, ids: set[str] | None, now: dict[str, Projected]) -> None:
        """Note what is otherwise now of the entries `ids` (None: of all)."""
        stored = stored_among(collection, ids)
        kinds: dict[str, str] = {}
        for key, one in [(key, one) for (kind, key), one in self._removed.items() if kind == collection.name]:
            kinds[key] = ChangeLogKind.REMOVED
            self._told.append(one.pk)
        for entry_id, made in now.items():
            old = stored.get(entry_id)
            removed = self._removed.get((collection.name, made.key))
            if old is not None and old.key != made.key:
                # Another slug: to others it is another object.
                self._gone.append(old.pk)
                kinds[old.key] = ChangeLogKind.REMOVED
                old = None
            if old is not None:
                self._known[made.type, made.key] = old
                if old.digest != made.digest:
                    kinds[made.key] = ChangeLogKind.CHANGED
                elif old.facts == made.facts and not old.stale and old.version == self._version:
                    continue
            elif removed is None:
                kinds[made.key] = ChangeLogKind.ADDED
            elif removed.digest != made.digest:
                kinds[made.key] = ChangeLogKind.CHANGED
            else:
                kinds.pop(made.key)
            self._made.append(made)
        gone = [item for entry_id, item in stored.items() if entry_id not in now]
        self._gone += [item.pk for item in gone]
        if collection.parameter is not None:
            # Of one that was deleted, on pages whose forms are made later.
            for part in batches(str(item.number) for item in gone):
                left = Term.objects.filter(parameter=collection.parameter, value__in=part)
                left._raw_delete(left.db)
        kinds |= {item.key: ChangeLogKind.REMOVED for item in gone}
        # A key that went with one object and came with another.
        came = {one.key for one in self._made if one.type == collection.name}
        kinds |= {key: ChangeLogKind.CHANGED for key in came if kinds.get(key) == ChangeLogKind.REMOVED}
        at, order = timezone.now(), [ChangeLogKind.ADDED, ChangeLogKind.CHANGED, ChangeLogKind.REMOVED]
        self._rows += [
            Change(at=at, kind=kind, type=collection.name, key=key, gone=kind == ChangeLogKind.REMOVED)
            for key, kind in sorted(kinds.items(), key=lambda pair: (order.index(ChangeLogKind(pair[1])), pair[0]))
        ]

    def write(self) -> list[Change]:
        """Write the differences, and return the rows."""
        remove(self._gone, self._altered)
        write(self._made, self._version, self._altered, self._known)
        forget_removals(self._told, self._altered)
        return self._rows


def stored_among(collection: Collection, ids: set[str] | None) -> dict[str, Item]:
    """Return what is stored of the entries `ids` of a collection (None: of all), by id."""
    stored = Item.objects.filter(type=collection.name)
    if ids is None:
        items = list(stored)
    elif collection.model is not None:
        items = [item for part in batches(int(one) for one in ids) for item in stored.filter(number__in=part)]
    else:
        items = [item for part in batches(ids) for item in stored.filter(key__in=part)]
    return {str(item.number if item.number is not None else item.key): item for item in items}


def projected(collection: Collection, entry_id: str, entry: Entry) -> Projected:
    """Return what the store keeps of an entry."""
    return Projected(
        type=collection.name,
        key=entry.key,
        number=int(entry_id) if entry_id.isdecimal() else None,
        address=entry.address,
        detail=(detail := to_text(entry.form)),
        reference=to_text(collection.shown(entry.form)),
        digest=digest_of(detail),
        terms=set(entry.terms),
        sort_keys=entry.sort_keys,
        links=entry.links,
    )
