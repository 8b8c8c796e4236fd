"""What readers are told of a page beside its content: that it was withdrawn, what changed since it was published, and
what stands in its place.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

from cms.core.batches import batches
from cms.pages.tree import at_or_below, outermost

from .addresses import digest_of_address
from .models import Notice

# Places in the tree of which each is asked; of more, all notices are read.
_FEW = 10
_withdrawals: list[Callable[..., Any]] = []
_updates: list[Callable[..., Any]] = []
_stand_ins: list[Callable[..., Any]] = []


def register_withdrawals(function: Callable[..., Any]) -> None:
    """Register `function(page_ids) -> {id: {"reason", "date"}}`: the pages that stay readable under a notice."""
    _withdrawals.append(function)


def withdrawals(page_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Return the notices of the withdrawn ones among the pages, by id."""
    return {pk: notice for function in _withdrawals for pk, notice in function(page_ids).items()}


def register_updates(function: Callable[..., Any]) -> None:
    """Register `function(page_ids) -> {id: [{"kind", "note", "date"}]}`: the changes that readers are told of."""
    _updates.append(function)


def updates(page_ids: Iterable[int]) -> dict[int, list[dict[str, Any]]]:
    """Return the changes of the pages that readers are told of, by id, newest first."""
    return {pk: found for function in _updates for pk, found in function(page_ids).items()}


@dataclass(frozen=True)
class StandIn:
    """What stands at the address of a page that was taken down: the digest of the address, what is said (without the
    target), and the page that takes its place.
    """

    page_id: int
    address_digest: str
    body: dict[str, Any]
    target_id: int | None = None


def register_stand_ins(function: Callable[..., Any]) -> None:
    """Register `function(page_ids) -> list of StandIn`: what stands in the place of pages that were taken down, of all
    for None.
    """
    _stand_ins.append(function)


def write_notices(page_ids: Iterable[int] | None) -> None:
    """Write what stands in the place of these pages (None: of all)."""
    portions: list[list[int] | None] = [None] if page_ids is None else list(batches(page_ids))
    for ids in portions:
        old = Notice.objects.all() if ids is None else Notice.objects.filter(page_id__in=ids)
        old.delete()
        found = [one for function in _stand_ins for one in function(ids)]
        Notice.objects.bulk_create(
            [
                Notice(page_id=one.page_id, address_digest=one.address_digest, body=one.body, target_id=one.target_id)
                for one in found
            ],
            batch_size=500,
        )


def pages_with_notices(places: Iterable[str]) -> set[int]:
    """Return the pages at or below these places in the tree that have notices: what stands above them says where their
    addresses are, and whether anybody may know of them.
    """
    noticed = Page.objects.filter(pk__in=Notice.objects.values("page_id"))
    tops = outermost(places)
    if len(tops) > _FEW:
        return {pk for pk, path in noticed.values_list("pk", "path") if path.startswith(tuple(tops))}
    return {pk for place in tops for pk in noticed.filter(at_or_below(place)).values_list("pk", flat=True)}


def notice_at(address: str) -> Notice | None:
    """Return what stands at `address` in place of a page that was taken down, or None."""
    return Notice.objects.filter(address_digest=digest_of_address(address)).order_by("-pk").first()
