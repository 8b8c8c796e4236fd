"""What of the proposals waits for somebody."""

from typing import Any

from django.urls import reverse

from cms.pages.dashboard import Waiting

from .actions import may_decide
from .kinds import kind_of
from .models import Proposal


def waiting(user: Any) -> list[Waiting]:
    """Return what somebody else proposes and `user` may decide."""
    found = Proposal.objects.filter(decided_at=None).exclude(proposed_by=user).select_related("proposed_by")
    return [
        Waiting(
            title=proposal.subject,
            url=reverse("proposal", args=[proposal.pk]),
            kind=str(kind_of(proposal).label),
            since=proposal.proposed_at,
            by=proposal.proposed_by.get_full_name() if proposal.proposed_by else "",
            reason=proposal.reason,
        )
        for proposal in found
        if may_decide(proposal, user)
    ]
