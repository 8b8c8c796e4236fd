"""What the API says at the address of a page that was deleted or purged."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cms.store.notices import StandIn
from cms.store.projection.fields import coded

from .models import Erasure, ErasureKind

HOW = {"deleted": _("Page deleted"), "purged": _("Purged")}
_CODES: dict[str, str] = {ErasureKind.DELETE: "deleted", ErasureKind.PURGE: "purged"}


def stand_ins(page_ids: list[int] | None) -> list[StandIn]:
    """Return what stands at the addresses of pages that are gone; why one was purged stays inside."""
    erasures = Erasure.objects.exclude(address_digest="").select_related("proposal").order_by("proposal__decided_at")
    if page_ids is not None:
        erasures = erasures.filter(proposal__object_id__in=page_ids)
    return [
        StandIn(
            proposal.object_id or 0,
            erasure.address_digest,
            {
                "kind": "removed",
                "how": coded(_CODES[proposal.kind], HOW),
                "reason": proposal.reason if proposal.kind == ErasureKind.DELETE else None,
                "date": timezone.localdate(proposal.decided_at).isoformat(),
            },
        )
        for erasure in erasures
        if (proposal := erasure.proposal)
    ]
