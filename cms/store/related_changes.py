"""Public pages that show something otherwise now, because of what happened to what they show.

Of a few the forms are patched, or made anew, before the change is told; of many they are marked, each to be brought up
to date when somebody asks for it.
"""

import json
from collections.abc import Iterable

from django.db.models import Q

from cms.core.batches import batches

from .collection_changes import made_of
from .fan_out import fan_out
from .links import pages_below, pages_showing
from .models import ChangeLogKind, Item
from .patching import Shown, can_be_told, patched
from .projection.registry import collections
from .told import Told, stored_of
from .version import projection_version
from .worked_out import WorkedOut

# The forms of more pages than this are not brought up to date before their change is told: they are stale until they
# are asked for, and a consumer who fetches one that is the same takes no harm.
EXACT = 200


def tell_related(changes: WorkedOut, neighbours: set[int]) -> None:
    """Add rows for the public pages that show something otherwise, `neighbours` among them, and say what becomes of
    their forms.
    """
    objects = _Objects(changes)
    anew = _pages_showing(changes, changes.shown_otherwise - changes.renamed.keys())
    anew |= (
        neighbours | fan_out(changes.touched | objects.pages) | objects.pages_otherwise | objects.pages_found_otherwise
    )
    by_patch = _pages_showing(changes, changes.renamed.keys() & changes.shown_otherwise) | objects.pages_renamed
    news = [*(Shown("pages", pk, *map(json.loads, texts)) for pk, texts in changes.renamed.items()), *objects.renamed]
    _tell(changes, (anew | by_patch) - changes.touched, by_patch - anew, news, objects.pages_found_otherwise)


class _Objects:
    """The entries and files that something happened to, and the pages that show them.

    `renamed` are those of which it is known what they show instead, on `pages_renamed`; what befell the others, on
    `pages_otherwise`, is not known. By the terms of `pages_found_otherwise` something else may be found.
    """

    def __init__(self, changes: WorkedOut) -> None:
        self.renamed: list[Shown] = []
        self.pages_renamed: set[int] = set()
        self.pages_otherwise: set[int] = set()
        self.pages_found_otherwise: set[int] = set()
        by_model: dict[str, set[int]] = {}
        for event in changes.objects:
            if event.object_id is not None:
                by_model.setdefault(event.model, set()).add(event.object_id)
        for collection in collections().values():
            if collection.model is None or not (ids := by_model.get(collection.model._meta.label)):
                continue
            showing = pages_showing(collection.name, ids)
            if not showing:
                continue
            renamed = _renamed(collection.name, ids)
            self.renamed += renamed
            others = ids - {one.number for one in renamed}
            self.pages_otherwise |= pages_showing(collection.name, others) if renamed else showing
            self.pages_renamed |= showing if renamed else set()
            altered = collection.terms_altered(ids) if collection.terms_altered else set()
            self.pages_found_otherwise |= pages_showing(collection.name, altered)
        self.pages_otherwise |= _pages_with_rivals(self.renamed)

    @property
    def pages(self) -> set[int]:
        """All of the pages."""
        return self.pages_renamed | self.pages_otherwise | self.pages_found_otherwise


def _renamed(name: str, ids: set[int]) -> list[Shown]:
    """Return those of the entries that are public as before, and that pages show otherwise."""
    before: dict[int, str] = {}
    for batch in batches(ids):
        rows = Item.objects.filter(type=name, number__in=batch, stale=False, version=projection_version())
        before |= {number: text for number, text in rows.values_list("number", "reference") if number is not None}
    made, _failed = made_of({name: {str(pk) for pk in before}})
    after = {one.number: one.reference for one in made.get(name, {}).values()}
    found = [
        Shown(name, pk, json.loads(text), json.loads(after[pk]))
        for pk, text in sorted(before.items())
        if pk in after and after[pk] != text and can_be_told(json.loads(text))
    ]
    # What one was called another one is called now: a form that has the new names already would get the old ones.
    return [one for one in found if not any(one.before == other.after or one.after == other.before for other in found)]


def _pages_with_rivals(renamed: Iterable[Shown]) -> set[int]:
    """Return the pages that show an entry of another collection which reads as one of these did: there nobody could
    tell which is which.
    """
    found: set[int] = set()
    for one in renamed:
        others = Item.objects.filter(type__in=collections().keys() - {one.kind}, key=one.before["slug"])
        for kind, number, text in others.values_list("type", "number", "reference"):
            if json.loads(text or "{}").get("name") == one.before["name"] and number is not None:
                found |= pages_showing(one.kind, [one.number]) & pages_showing(kind, [number])
    return found


def _pages_showing(changes: WorkedOut, ids: set[int]) -> set[int]:
    """Return the public pages that refer to one of the pages `ids`, or stand below one."""
    if not ids:
        return set()
    above = {known.tree_path for pk in ids if (known := changes.known.get(pk)) is not None}
    return pages_showing("pages", ids) | pages_below(above & changes.parents)


def _tell(changes: WorkedOut, ids: set[int], by_patch: set[int], news: list[Shown], exact: set[int]) -> None:
    """Add rows for those of the public pages `ids` that show something otherwise now. Those in `by_patch` show no more
    than `news`; of those in `exact` also what they are found by may differ.
    """
    told: dict[int, Told] = {}
    for batch in batches(ids):
        told |= stored_of(Q(page_id__in=batch), removed=False)
    told = {pk: one for pk, one in told.items() if changes.known.get(pk, one) is not None}
    changes.related = told
    if len(told) > EXACT:
        changes.make(told.keys() & exact)
        differing = set(told)
        later = told.keys() - changes.projected.keys() - changes.failures.pages
        changes.stale |= later - by_patch
        changes.to_be_patched |= later & by_patch
        changes.news = news if changes.to_be_patched else []
    else:
        differing = _bring_up_to_date(changes, told, by_patch, news)
    for pk in sorted(told.keys() - changes.failures.pages):
        made = changes.projected.get(pk)
        if made is not None and (pk in differing or made.facts != told[pk].facts):
            changes.put[pk] = made
        if pk in differing:
            changes.row(ChangeLogKind.RELATED, told[pk].type, pk, told[pk].path)


def _bring_up_to_date(changes: WorkedOut, told: dict[int, Told], by_patch: set[int], news: list[Shown]) -> set[int]:
    """Patch or make the forms of pages, and return those of which consumers have something else now."""
    wanted = [one.item for pk, one in told.items() if pk in by_patch and one.is_current and one.item is not None]
    items = list(Item.objects.filter(pk__in=wanted)) if wanted else []
    done = {one.item.page_id or 0: one for one in patched(items, news).values()}
    changes.make(told.keys() - done.keys())
    changes.patched = {pk: one for pk, one in done.items() if one.digest != told[pk].digest}
    differing = set(changes.patched)
    for pk in told.keys() - done.keys():
        made = changes.projected.get(pk)
        if made is not None and (made.digest != told[pk].digest or not told[pk].is_current):
            differing.add(pk)
    return differing
