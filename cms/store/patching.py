"""Patching kept forms where others that they show are called otherwise now: a name, a title, an address. No table of
Wagtail's is asked.

A form that can't be patched for certain is left to be made anew: one that was made by another version of the program,
one in which what has changed isn't found, one whose text links to an address that has changed.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, NamedTuple

from django.utils import timezone

from cms.core.batches import batches
from cms.pages.public import site_url

from .models import Form, Item, Link, Patch
from .projection.companions import companions
from .projection.digest import digest_of
from .projection.registry import collections, page_types
from .projection.texts import compact, filled_form, without_detail_fields
from .version import projection_version

# By which of their fields others are told, and which are addresses.
_NAMED_BY = ("id", "slug")
_ADDRESSES = {"detail_url", "html_url", "url"}


class Shown(NamedTuple):
    """Something that pages show otherwise: `kind` is an endpoint, `number` the id there, `before` and `after` are the
    forms in which they show it, with marks in place of the address of the site.
    """

    kind: str
    number: int
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass
class Patched:
    """An item with what it is to become. What it is found by by its own terms stays as it is."""

    item: Item
    detail: str
    listing: str
    digest: str
    listing_digest: str
    # By the name of the companion: the columns that are otherwise.
    companions: dict[str, dict[str, Any]] = field(default_factory=dict)


def patched(items: Sequence[Item], news: Sequence[Shown] = ()) -> dict[int, Patched]:
    """Return those of the pages that can be patched, by the key of the item: with all patches that they lack, and with
    `news`, which are not written down yet.
    """
    version, types = projection_version(), page_types()
    items = [
        item
        for item in items
        if item.version == version and item.type in types and not (item.stale and item.first_patch is None)
    ]
    lacking = [item.first_patch for item in items if item.stale and item.first_patch is not None]
    fill = partial(filled_form, base=site_url(), day=timezone.localdate())
    patches = Patch.objects.filter(pk__gte=min(lacking)).order_by("pk") if lacking else []
    kept = [(patch, [Shown(*one) for one in json.loads(patch.shown)]) for patch in patches]
    numbers = {one.number for shown in [news, *(shown for _patch, shown in kept)] for one in shown}
    found: dict[int, Patched] = {}
    for batch in batches(item.pk for item in items):
        forms = {pk: texts for pk, *texts in Form.objects.filter(pk__in=batch).values_list("pk", "detail", "listing")}
        shows: dict[int, set[tuple[str, int]]] = {pk: set() for pk in batch}
        # Of a page's dozens of links only those to what is shown otherwise matter.
        for part in batches(numbers):
            links = Link.objects.filter(item__in=batch, number__in=part)
            for pk, kind, number in links.values_list("item", "kind", "number"):
                shows[pk].add((kind, number))
        for item in (item for item in items if item.pk in shows and item.pk in forms):
            steps = _lacking(item, kept)
            if steps is None:
                continue
            if one := _patched(item, forms[item.pk], [*steps, list(news)], shows[item.pk], fill):
                found[item.pk] = one
    return found


def _lacking(item: Item, patches: list[tuple[Patch, list[Shown]]]) -> list[list[Shown]] | None:
    """Return what an item lacks, step by step; None where that is not known, or only as another version has it."""
    if not item.stale:
        return []
    found = [(patch, shown) for patch, shown in patches if patch.pk >= (item.first_patch or 0)]
    if not found or found[0][0].pk != item.first_patch or any(patch.version != item.version for patch, _shown in found):
        return None
    return [shown for _patch, shown in found]


def can_be_told(shown: dict[str, Any]) -> bool:
    """Return whether it can be found in a form."""
    return any(name in shown for name in _NAMED_BY)


def _patched(
    item: Item, texts: Sequence[str], steps: list[list[Shown]], shows: set[tuple[str, int]], fill: Callable[[Any], Any]
) -> Patched | None:
    before = json.loads(texts[0])
    shows = shows | {("pages", above["id"]) for above in before["meta"]["ancestors"]}
    old_addresses: set[str] = set()
    for step in steps:
        replacing = _Replacing(step, shows)
        texts = replacing.in_texts(*texts) or replacing.in_form(texts[0])
        if replacing.missing or not replacing.is_certain:
            return None
        old_addresses |= replacing.old_addresses
    projection = page_types()[item.type]
    detail, listing = texts
    after = json.loads(detail)
    if any(address in detail for address in old_addresses):
        return None
    if list(projection.spans(before)) != list(projection.spans(after)):
        return None
    if projection.sort_keys(before) != projection.sort_keys(after):
        return None
    made = Patched(item, detail, listing, digest_of(detail), digest_of(listing))
    for name, one in companions().items():
        if columns := one.differing(projection.model, before, after, fill):
            made.companions[name] = columns
    return made


def _named_by(one: Shown) -> str:
    return next(name for name in _NAMED_BY if name in one.before)


def _listed_in_order() -> set[str]:
    return {name for name, one in collections().items() if one.listed_by is not None}


class _Replacing:
    """Putting what is shown now in place of what was shown, all of one moment at once.

    `missing` are those that a page refers to and that have not been found in it. It `is_certain` unless they stand in a
    list of which the order isn't.
    """

    def __init__(self, step: Sequence[Shown], shows: set[tuple[str, int]]) -> None:
        self._step = step
        self.old_addresses: set[str] = set()
        self.is_certain = True
        self.missing = {(one.kind, one.number) for one in step} & shows
        self._by_name: dict[tuple[str, Any], list[Shown]] = {}
        for one in step:
            # Entries of the register may read alike; what has an id is told by it.
            if "id" in one.before or (one.kind, one.number) in shows:
                name = _named_by(one)
                self._by_name.setdefault((name, one.before[name]), []).append(one)

    def in_texts(self, *texts: str) -> tuple[str, ...] | None:
        """Return the texts of a form as they are now; None where they alone don't tell what is to be replaced.

        They do, in a quarter of the time, where one thing is called otherwise, wherever it is named all that was shown
        of it follows at once, and no list stands in order of it.
        """
        if not self._by_name:
            return texts
        if len(self._step) != 1 or (one := self._step[0]).kind in _listed_in_order():
            return None
        name = _named_by(one)
        named, before, after = (compact(part)[1:-1] for part in ({name: one.before[name]}, one.before, one.after))
        # A number at the end may be the beginning of a longer one.
        if not all(texts) or before not in texts[0] or not before.endswith('"'):
            return None
        if any(text.count(named) != text.count(before) for text in texts):
            return None
        self._found(one)
        return tuple(text.replace(before, after) for text in texts)

    def in_form(self, detail: str) -> tuple[str, str]:
        """Return the texts of the form `detail` as they are now."""
        form = self._value(json.loads(detail))
        return compact(form), compact(without_detail_fields(form))

    def _found(self, one: Shown) -> None:
        self.missing.discard((one.kind, one.number))
        addresses = _ADDRESSES & one.before.keys()
        self.old_addresses |= {one.before[name] for name in addresses if one.before[name] != one.after[name]}

    def _value(self, value: Any) -> Any:
        if isinstance(value, dict):
            return self._entry(value)[0]
        if isinstance(value, list):
            return self._entries(value)
        return value

    def _entry(self, value: dict[str, Any]) -> tuple[dict[str, Any], str]:
        """Return it as it is now, and the endpoint of what it shows if that is shown otherwise."""
        # Most are texts and numbers, of which there are many.
        value = {name: self._value(child) if isinstance(child, dict | list) else child for name, child in value.items()}
        for name in _NAMED_BY:
            key = value.get(name)
            for one in self._by_name.get((name, key), ()) if isinstance(key, int | str) else ():
                # There may be more in it than that.
                if one.before.items() <= value.items():
                    self._found(one)
                    return {**value, **one.after}, one.kind
        return value, ""

    def _entries(self, values: list[Any]) -> list[Any]:
        found, kinds = [], set()
        for value in values:
            new, kind = self._entry(value) if isinstance(value, dict) else (self._value(value), "")
            found.append(new)
            kinds.add(kind)
        for kind in kinds & collections().keys():
            if (by := collections()[kind].listed_by) is not None and len(found) > 1:
                found = self._in_order(found, by)
        return found

    def _in_order(self, shown: list[Any], by: Callable[[dict[str, Any]], Any]) -> list[Any]:
        if not all(isinstance(one, dict) and can_be_told(one) for one in shown):
            self.is_certain = False
            return shown
        keys = [by(one) for one in shown]
        self.is_certain &= len(set(keys)) == len(keys)
        return sorted(shown, key=by)
