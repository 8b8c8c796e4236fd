"""Comparing the store with forms made anew, and mending it; making it from nothing. While the site serves, by the
projector's protocol: portion by portion, each under the lease.

Rows of the feed are written only where a consumer has something else than the portal: the log and its epoch stay.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from wagtail.models import Page

from cms.core.batches import batches
from cms.core.dependencies import ALL
from cms.pages.public import default_site, one_view_of_public

from .collection_changes import Comparison, made_of
from .dependencies import write_touched
from .lease import lease
from .models import (
    Change,
    ChangeLogHead,
    ChangeLogKind,
    Event,
    Form,
    Item,
    ItemCount,
    Link,
    Notice,
    RemovedItem,
    SortKey,
    Span,
    Term,
)
from .notices import write_notices
from .projection.companions import are_right, check_companions, kept_beside
from .projection.pages import Projected, facts_of
from .projection.registry import collections
from .projector import append, locked_head, newest, pending, snapshot
from .refreshing import refresh_for_a_while
from .removal import remove_items
from .restore import tell_processes
from .version import is_newest, projection_version
from .worked_out import project_each
from .writing import Altered, count_anew, write, write_counts

PORTION = 100
# Seconds between two looks whether stale forms get fewer; after which is looked whether there are any again; and where
# they don't get fewer.
LOOK, NEXT_LOOK, IDLE = 2.0, 5.0, 60.0

Progress = Callable[[int, int], None]


class AnotherVersion(Exception):
    """A newer version of the program makes the forms: this one would take them for wrong."""


def no_progress(_done: int, _whole: int) -> None:
    """Tell nobody how far it is."""


def check(
    progress: Progress = no_progress,
    everything: bool = False,
    after: int = 0,
    reached: Callable[[int], None] = lambda page_id: None,
) -> Counter[str]:
    """Compare what is stored with what would be made now, and mend what differs; return how much of what did.

    With `everything` all is written anew. What has pending events is left to the projector. `progress(done, whole)` is
    told how far it is. It begins behind the page `after`, and tells `reached` the last page of each portion. Raise
    AnotherVersion.
    """
    newest()
    if not is_newest():
        raise AnotherVersion("another version of the program makes the forms: run this there, or `migrate` here first")
    # What is stale is known to be so.
    refresh_for_a_while(float("inf"))
    found: Counter[str] = Counter()
    # What nobody looks at now hides nothing; somebody has to look at why.
    found["set aside"] += Event.objects.exclude(pending()).count()
    ids = list(Page.objects.filter(live=True, depth__gt=1).order_by("pk").values_list("pk", flat=True))
    wait_for_stale_forms = _WaitForStaleForms()
    for start in range(0, len(ids), PORTION):
        portion = ids[start : start + PORTION]
        if portion[-1] > after:
            wait_for_stale_forms()
            with lease():
                found += _check_pages(portion, everything)
            reached(portion[-1])
        progress(min(start + PORTION, len(ids)), len(ids))
    with lease():
        found += _remove_what_is_not_public(set(ids))
    newest()
    found += check_collections(everything)
    found += (beside := check_companions())
    with lease():
        _check_what_is_beside(is_wrong=bool(beside))
    return found


class _WaitForStaleForms:
    """Lets the worker bring stale forms up to date first: the search follows them within seconds."""

    def __init__(self) -> None:
        self._next_look = 0.0

    def __call__(self) -> None:
        """Wait as long as a portion of them and more is brought up to date between two looks."""
        stale = Item.objects.filter(stale=True)
        if time.monotonic() < self._next_look:
            return
        left = stale.count()
        while left:
            time.sleep(LOOK)
            before, left = left, stale.count()
            if left > before - PORTION:
                break
        self._next_look = time.monotonic() + (NEXT_LOOK if not left else IDLE)


def _check_what_is_beside(is_wrong: bool) -> None:
    """Write notices and counts anew. Where they were others, or something else beside the items is known to have been
    wrong, no kept answer holds: none says that it depends on these.
    """
    with transaction.atomic():
        head, before = locked_head(), _beside()
        write_notices(None)
        if not RemovedItem.objects.exists():
            count_anew()
        is_wrong |= _beside() != before
        if is_wrong:
            head.generation += 1
            append(head, [], {})
            write_touched(head.generation, {ALL})
    if is_wrong:
        tell_processes(head)


def _beside() -> tuple[list[Any], list[Any]]:
    counts = ItemCount.objects.exclude(number=0).order_by("type").values_list("type", "number")
    notices = Notice.objects.values_list("page_id", "address_digest", "body", "target_id")
    return list(counts), sorted(map(str, notices))


def check_collections(everything: bool = False) -> Counter[str]:
    """As `check`, of what is no page."""
    found: Counter[str] = Counter()
    for name in sorted(collections(), key=lambda one: collections()[one].after_links):
        with lease():
            found += _check_collection(name, everything)
    return found


def _check_pages(ids: list[int], everything: bool) -> Counter[str]:
    found: Counter[str] = Counter()
    version, site = projection_version(), default_site()
    root = site.root_page.url_path if site is not None else "/"
    with snapshot(), one_view_of_public(), translation.override(settings.LANGUAGE_CODE):
        waiting = set(Event.objects.filter(pending(), page_id__in=ids).values_list("page_id", flat=True))
        made, failed = project_each(set(ids) - waiting, root)
    found["can't be made"] += len(failed)
    with transaction.atomic():
        head = locked_head()
        # Something may have happened since, to them or to what stands above them.
        events = Event.objects.filter(pending())
        places = [path for path in events.exclude(page_id=None).values_list("path", flat=True) if path]
        waiting |= set(events.filter(page_id__in=ids).values_list("page_id", flat=True))
        waiting |= set(RemovedItem.objects.filter(page_id__in=ids).values_list("page_id", flat=True))
        waiting |= {pk for pk, one in made.items() if any(one.tree_path.startswith(place) for place in places)}
        stored = {item.page_id: item for item in Item.objects.filter(page_id__in=list(made))}
        facts, forms = stored_facts(item.pk for item in stored.values()), _forms(stored.values())
        beside = kept_beside(item.pk for item in stored.values())
        wrong, rows = [], []
        for pk, one in made.items():
            if pk in waiting:
                continue
            item = stored.get(pk)
            if item is not None and not everything:
                is_same = is_right(item, one, facts[item.pk], forms.get(item.pk), version)
                if is_same and are_right(beside[item.pk], one.companions):
                    continue
            found["missing" if item is None else "different" if not everything else "made"] += 1
            if item is not None:
                # What it is found by is written whatever was noted of it.
                item.facts = ""
            if item.digest != one.digest if item is not None else not _is_known(one):
                kind = ChangeLogKind.CHANGED if item is not None else ChangeLogKind.PUBLISHED
                rows.append(Change(at=timezone.now(), kind=kind, type=one.type, key=one.key, gone=False, path=one.path))
            wrong.append(one)
        altered = Altered()
        known = {(one.type, one.key): stored[one.page_id] for one in wrong if one.page_id in stored}
        write(wrong, version, altered, known)
        _number(head, rows, altered)
    if wrong:
        tell_processes(head)
    return found


def _is_known(one: Projected) -> bool:
    """Return whether consumers know a page of which the store has lost the item."""
    last = Change.objects.filter(type=one.type, key=one.key).order_by("-seq").first()
    return last is not None and not last.gone


def is_right(item: Item, one: Projected, facts: str, form: Form | None, version: str) -> bool:
    """Return whether all that is stored of an item is what would be made now."""
    return (
        item.facts == one.facts == facts
        and (item.digest, item.path, item.tree_path, item.address) == (one.digest, one.path, one.tree_path, one.address)
        and item.reference == one.reference
        and form is not None
        and (form.detail, form.listing) == (one.detail, one.listing)
        and (item.version == version and not item.stale)
    )


def stored_facts(item_ids: Iterable[int]) -> dict[int, str]:
    """Return the digest of what each item is really found by."""
    ids = list(item_ids)
    terms: dict[int, set[tuple[str, str]]] = {pk: set() for pk in ids}
    spans: dict[int, list[Any]] = {pk: [] for pk in ids}
    keys: dict[int, dict[str, str | None]] = {pk: {} for pk in ids}
    links: dict[int, set[tuple[str, int]]] = {pk: set() for pk in ids}
    for batch in batches(ids):
        for item, *pair in Term.objects.filter(item__in=batch).values_list("item", "parameter", "value"):
            terms[item].add((pair[0], pair[1]))
        rows = Span.objects.filter(item__in=batch).order_by("pk")
        for item, *span in rows.values_list("item", "parameter", "code", "begins", "ends"):
            spans[item].append(tuple(span))
        for key in SortKey.objects.filter(item__in=batch):
            keys[key.item_id][key.name] = None if key.unknown else key.value
        for item, kind, number in Link.objects.filter(item__in=batch).values_list("item", "kind", "number"):
            links[item].add((kind, number))
    return {pk: facts_of(terms[pk], spans[pk], keys[pk], links[pk]) for pk in ids}


def _forms(items: Iterable[Item]) -> dict[int, Form]:
    return Form.objects.in_bulk([item.pk for item in items])


def _remove_what_is_not_public(live: set[int]) -> Counter[str]:
    """Remove items of pages that are not live; those hidden by what stands above them the reconciliation finds."""
    items = Item.objects.exclude(page_id=None).only("pk", "page_id", "tree_path")
    found = [item for item in items if item.page_id not in live]
    with transaction.atomic():
        # What was published meanwhile is public.
        pages = Page.objects.filter(live=True)
        ids = [item.page_id for item in found if item.page_id is not None]
        now = {pk for batch in batches(ids) for pk in pages.filter(pk__in=batch).values_list("pk", flat=True)}
        gone = [item for item in found if item.page_id not in now]
        remove_items(gone)
        Event.objects.bulk_create(
            [Event(kind=ChangeLogKind.CHANGED, page_id=item.page_id, path=item.tree_path) for item in gone]
        )
    return Counter({"not public": len(gone)} if gone else {})


def _check_collection(name: str, everything: bool) -> Counter[str]:
    version, altered, collection = projection_version(), Altered(), collections()[name]
    found: Counter[str] = Counter()
    with snapshot(), one_view_of_public(), translation.override(settings.LANGUAGE_CODE):
        entries = made_of({name: None})[0].get(name)
    with transaction.atomic():
        head = locked_head()
        if entries is None:
            found["can't be made"] += 1
            return found
        if Event.objects.filter(set_aside_until=None).exists():
            # What is counted and shown will be otherwise in a moment.
            return found
        removed = {(one.type, one.key): one for one in RemovedItem.objects.filter(page_id=None, type=name)}
        comparison = Comparison(removed, version, altered)
        made = {one.key: one for one in entries.values()}
        items = {item.key: item for item in Item.objects.filter(type=name)}
        facts, forms = stored_facts(item.pk for item in items.values()), _forms(items.values())
        both = [(items[key], made[key]) for key in made.keys() & items.keys()]
        wrong = [
            item.pk
            for item, one in both
            if everything or not is_right(item, one, facts[item.pk], forms.get(item.pk), version)
        ]
        for batch in batches(wrong):
            Item.objects.filter(pk__in=batch).update(version="", facts="")
        found["made" if everything else "different"] += len(wrong)
        found["missing"] += len(made.keys() - items.keys() - {key for _kind, key in removed})
        comparison.compare(collection, None, entries)
        _number(head, [row for row in comparison.write() if not _is_told(row)], altered)
    tell_processes(head)
    return found


def _is_told(row: Change) -> bool:
    """Return whether a row tells consumers of an object that they know: the store has lost its item."""
    last = Change.objects.filter(type=row.type, key=row.key).order_by("-seq").first()
    return row.kind == ChangeLogKind.ADDED and last is not None and not last.gone


def _number(head: ChangeLogHead, rows: list[Change], altered: Altered) -> None:
    if not rows and not altered.touched and not altered.counts:
        return
    head.generation += 1
    append(head, rows, altered.items)
    write_counts(altered)
    write_touched(head.generation, altered.touched)
