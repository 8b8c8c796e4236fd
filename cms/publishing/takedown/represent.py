"""What the API says of pages that are taken down."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from cms.store.addresses import address_of_page, digest_of_address
from cms.store.notices import StandIn
from cms.store.projection.fields import coded

from .models import OFF, Takedown, TakedownKind


def stand_ins(page_ids: list[int] | None) -> list[StandIn]:
    """Return what stands at the addresses of pages that are taken down; the reason of one that is only hidden stays
    inside.
    """
    takedowns = _effective().filter(kind__in=OFF, page__live=True).select_related("page")
    if page_ids is not None:
        takedowns = takedowns.filter(page_id__in=page_ids)
    return [
        StandIn(
            takedown.page_id,
            digest_of_address(address_of_page(takedown.page)),
            {
                "kind": "removed",
                "how": coded(takedown.kind, dict(TakedownKind.choices)),
                "reason": None if takedown.kind == TakedownKind.HIDDEN else takedown.reason,
                "date": _day(takedown),
            },
            takedown.target_id,
        )
        for takedown in takedowns
        if not takedown.page.get_view_restrictions().exists()
    ]


def withdrawals(page_ids: Iterable[int]) -> dict[int, dict[str, Any]]:
    """Return the notices of the withdrawn ones among the pages, by id."""
    found = _effective().filter(kind=TakedownKind.WITHDRAWN, page_id__in=list(page_ids))
    return {takedown.page_id: {"reason": takedown.reason, "date": _day(takedown)} for takedown in found}


def _effective() -> Any:
    return Takedown.objects.filter(ended_at=None).select_related("proposal")


def _day(takedown: Takedown) -> str:
    return timezone.localdate(takedown.proposal.decided_at or takedown.proposal.proposed_at).isoformat()
