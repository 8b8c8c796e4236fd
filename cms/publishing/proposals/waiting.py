"""What of the proposals waits for somebody."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.pages.dashboard import DashboardTable, Row, since

from .kinds import kind_of, prospects_of_kinds
from .models import Proposal


@dataclass(frozen=True)
class Waiting:
    """Something that waits for a second person: what it is called, where it is decided, what is proposed or was done
    at once, by whom and why.
    """

    title: str
    url: str
    kind: str
    since: datetime.datetime
    by: str
    reason: str


def waiting_for(user: Any) -> list[Waiting]:
    """Return what somebody else proposes and `user` may decide, the longest waiting first."""
    if not user.is_active:
        return []
    by_kind = defaultdict(list)
    for proposal in Proposal.objects.filter(decided_at=None).exclude(proposed_by=user).select_related("proposed_by"):
        by_kind[kind_of(proposal)].append(proposal)
    found = [proposal for kind, proposals in by_kind.items() for proposal in kind.decidable(proposals, user)]
    return [
        Waiting(
            title=proposal.subject or "–",
            url=reverse("proposal", args=[proposal.pk]),
            kind=str(kind_of(proposal).label),
            since=proposal.proposed_at,
            by=proposal.proposed_by.get_full_name() if proposal.proposed_by else "",
            reason=proposal.reason,
        )
        for proposal in sorted(found, key=lambda proposal: proposal.pk)
    ]


def prospects(page_ids: Iterable[int]) -> dict[int, str]:
    """Return what the states of those pages say of which something is proposed, by id."""
    words = prospects_of_kinds()
    waiting = Proposal.objects.filter(
        kind__in=words, model=Page._meta.label, object_id__in=list(page_ids), decided_at=None
    )
    return {pk: str(words[kind]) for pk, kind in waiting.values_list("object_id", "kind") if pk is not None}


class SecondPersonPanel(DashboardTable):
    """What others did at once or propose, on the admin's first page."""

    order = 10

    def __init__(self, user: Any) -> None:
        rows = [
            Row(item.title, item.url, (item.kind,), (item.by, since(item.since), item.reason))
            for item in waiting_for(user)
        ]
        super().__init__("second-person", _("Waiting for a second person: you may decide"), rows)
