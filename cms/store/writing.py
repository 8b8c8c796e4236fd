"""Writing items with all that they are found by. To be called in the transaction that numbers the change."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.db.models import Count, F

from cms.core.batches import batches
from cms.core.rows import update_rows

from .dependencies import of_address, of_item, of_kind, of_page
from .models import Form, Item, ItemCount, Link, RemovedItem, SortKey, Span, Term
from .patching import Patched
from .projection.companions import companions
from .projection.pages import Projected

_BATCH = 500
_FIELDS = [
    "type", "number", "path", "tree_path", "address", "reference", "digest", "listing_digest", "facts", "seq",
    "next_change_on", "stale", "first_patch", "version",
]  # fmt: skip


class Altered:
    """What the items that were written or removed are found by otherwise than before."""

    def __init__(self) -> None:
        # How many more items of each type there are.
        self.counts: Counter[str] = Counter()
        # What was written, by type and key.
        self.items: dict[tuple[str, str], Item] = {}
        # Names of what answers may depend on (`cms.store.dependencies`).
        self.touched: set[str] = set()
        # (item, parameter, value) and (item, endpoint, id) that came or went.
        self.terms: set[tuple[int, str, str]] = set()
        self.links: set[tuple[int, str, int]] = set()


def write(made: Iterable[Projected], version: str, altered: Altered, known: dict[tuple[str, str], Item]) -> None:
    """Store these objects in place of what is stored of them: the items `known`, by type and key."""
    objects = {(one.type, one.key): one for one in made}
    if not objects:
        return
    old = dict(known)
    new: list[Item] = []
    changed: list[Item] = []
    facts: list[tuple[str, str]] = []
    had_facts: set[int] = set()
    for name, one in objects.items():
        item = old.get(name) or Item(type=one.type, key=one.key, page_id=one.page_id)
        if item.facts != one.facts:
            facts.append(name)
            had_facts |= {item.pk} if item.pk is not None else set()
        altered.touched |= _touched_by(item, one)
        (new if item.pk is None else changed).append(item)
        if item.pk is None or item.type != one.type:
            altered.counts[one.type] += 1
            altered.counts[item.type] -= item.pk is not None
        old[name] = item
        for field in _FIELDS[:9]:
            setattr(item, field, getattr(one, field))
        item.next_change_on, item.stale, item.first_patch, item.version = one.next_change_on, False, None, version
    Item.objects.bulk_create(new, batch_size=_BATCH)
    update_rows(Item, _FIELDS, [(item.pk, *(getattr(item, name) for name in _FIELDS)) for item in changed])
    Form.objects.bulk_create(
        [Form(item=old[name], detail=one.detail, listing=one.listing) for name, one in objects.items()],
        batch_size=300,
        update_conflicts=True,
        unique_fields=["item"],
        update_fields=["detail", "listing"],
    )
    _write_facts({old[name].pk: objects[name] for name in facts}, had_facts, altered)
    altered.items |= {name: old[name] for name in objects}
    for companion_name, companion in companions().items():
        pages = {old[key].pk: one.companions.get(companion_name) for key, one in objects.items() if one.page_id}
        if pages:
            companion.write(pages)


def write_patched(patches: Iterable[Patched], altered: Altered) -> None:
    """Store these forms in place of what is stored of the items, which must be locked and be there."""
    patches = list(patches)
    for one in patches:
        item = one.item
        altered.touched |= of_page(item.type, item.page_id, listed=item.listing_digest != one.listing_digest)
        altered.items[item.type, item.key] = item
        item.digest, item.listing_digest, item.stale, item.first_patch = one.digest, one.listing_digest, False, None
    names = ["digest", "listing_digest", "stale", "first_patch"]
    update_rows(Item, names, [(one.item.pk, *(getattr(one.item, name) for name in names)) for one in patches])
    update_rows(Form, ["detail", "listing"], [(one.item.pk, one.detail, one.listing) for one in patches])
    for name, companion in companions().items():
        by_columns: dict[tuple[str, ...], list[tuple[Any, ...]]] = {}
        for one in patches:
            if columns := one.companions.get(name):
                by_columns.setdefault(tuple(columns), []).append((one.item.pk, *columns.values()))
        for columns_given, rows in by_columns.items():
            update_rows(companion.model, columns_given, rows)


def write_counts(altered: Altered) -> None:
    """Bring the numbers of items up to date."""
    for name, more in altered.counts.items():
        if more and not ItemCount.objects.filter(type=name).update(number=F("number") + more):
            ItemCount.objects.create(type=name, number=more)


def count_anew() -> None:
    """Count all items."""
    ItemCount.objects.all().delete()
    found = Item.objects.order_by().values_list("type").annotate(Count("pk"))
    ItemCount.objects.bulk_create([ItemCount(type=name, number=number) for name, number in found])


def _touched_by(item: Item, one: Projected) -> set[str]:
    """Return what is touched when `one` takes the place of what the item is."""
    if one.page_id is None:
        addresses = {item.address, one.address} - {""}
        return {of_item(one.type, one.key), of_kind(one.type), *map(of_address, addresses)}
    is_listed = item.pk is None or item.facts != one.facts or item.listing_digest != one.listing_digest or item.stale
    addresses = {item.path, one.path} if item.path != one.path else set()
    return of_page(one.type, one.page_id, *addresses, listed=is_listed)


def _write_facts(objects: dict[int, Projected], had_facts: set[int], altered: Altered) -> None:
    """Replace what items are found by; those in `had_facts` were found by something else before."""
    terms: set[tuple[int, str, str]] = set()
    links: set[tuple[int, str, int]] = set()
    for batch in batches(had_facts):
        terms |= set(Term.objects.filter(item__in=batch).values_list("item", "parameter", "value"))
        links |= set(Link.objects.filter(item__in=batch).values_list("item", "kind", "number"))
        for model in (Term, Span, SortKey, Link):
            model.objects.filter(item__in=batch)._raw_delete(model.objects.db)
    altered.terms |= terms ^ {(pk, *pair) for pk, one in objects.items() for pair in one.terms}
    altered.links |= links ^ {(pk, *pair) for pk, one in objects.items() for pair in one.links}
    Term.objects.bulk_create(
        [
            Term(item_id=pk, type=one.type, parameter=parameter, value=value)
            for pk, one in objects.items()
            for parameter, value in sorted(one.terms)
        ],
        batch_size=_BATCH,
    )
    Span.objects.bulk_create(
        [
            Span(item_id=pk, type=one.type, parameter=parameter, code=code, begins=begins, ends=ends)
            for pk, one in objects.items()
            for parameter, code, begins, ends in one.spans
        ],
        batch_size=_BATCH,
    )
    SortKey.objects.bulk_create(
        [
            SortKey(item_id=pk, name=name, unknown=value is None, value=value or "", number=one.number or 0)
            for pk, one in objects.items()
            for name, value in sorted(one.sort_keys.items())
        ],
        batch_size=_BATCH,
    )
    Link.objects.bulk_create(
        [
            Link(item_id=pk, kind=kind, number=number)
            for pk, one in objects.items()
            for kind, number in sorted(one.links)
        ],
        batch_size=_BATCH,
    )


def remove(item_ids: Iterable[int], altered: Altered) -> None:
    """Remove items with all that hangs on them."""
    for batch in batches(item_ids):
        altered.terms |= set(Term.objects.filter(item__in=batch).values_list("item", "parameter", "value"))
        altered.links |= set(Link.objects.filter(item__in=batch).values_list("item", "kind", "number"))
        for item in Item.objects.filter(pk__in=batch):
            altered.touched |= touched_with(item)
            altered.counts[item.type] -= 1
        delete_items(batch)


def touched_with(item: Item | RemovedItem) -> set[str]:
    """Return what is touched with all of an item."""
    if item.page_id is not None:
        return of_page(item.type, item.page_id, item.path)
    address = getattr(item, "address", "")
    return {of_item(item.type, item.key), of_kind(item.type), *([of_address(address)] if address else [])}


def delete_items(item_ids: list[int]) -> None:
    """Delete the rows of at most 500 items. Django would load each of them first, since Wagtail listens to every
    deletion.
    """
    for companion in companions().values():
        companion.model._default_manager.filter(pk__in=item_ids)._raw_delete(companion.model._default_manager.db)
    for model in (Form, Term, Span, SortKey, Link):
        model.objects.filter(item__in=item_ids)._raw_delete(model.objects.db)
    Item.objects.filter(pk__in=item_ids)._raw_delete(Item.objects.db)


def forget_removals(pks: Iterable[int], altered: Altered) -> None:
    """Forget what acts removed, when it is told."""
    for batch in batches(pks):
        for one in RemovedItem.objects.filter(pk__in=batch):
            altered.touched |= touched_with(one)
            altered.counts[one.type] -= 1
            altered.terms |= {(0, *pair) for pair in one.terms}
            altered.links |= {(0, *pair) for pair in one.links}
        RemovedItem.objects.filter(pk__in=batch).delete()
