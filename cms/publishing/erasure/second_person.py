"""What of deleting and purging waits for a second person."""

from typing import Any

from django.urls import reverse

from cms.pages.dashboard import Waiting

from .actions import may_decide
from .models import Erasure


def waiting(user: Any) -> list[Waiting]:
    """Return what somebody else proposes to delete or purge, for who may decide."""
    if not may_decide(user):
        return []
    erasures = Erasure.objects.filter(decided_at=None).exclude(proposed_by=user)
    return [
        Waiting(
            title=erasure.title or "–",
            url=reverse("erasure", args=[erasure.what, erasure.object_id]),
            kind=erasure.get_kind_display().partition(":")[0],
            since=erasure.proposed_at,
            by=erasure.proposed_by.get_full_name() if erasure.proposed_by else "",
            reason=erasure.reason,
        )
        for erasure in erasures.select_related("proposed_by")
    ]
