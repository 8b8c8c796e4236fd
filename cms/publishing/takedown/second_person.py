"""What of taking down waits for a second person."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from cms.pages.dashboard import Waiting

from .models import Takedown, TakedownKind
from .permissions import may_decide


def waiting(user: Any) -> list[Waiting]:
    """Return pages that somebody else hid or proposes to take down, for who may decide."""
    if not may_decide(user):
        return []
    takedowns = Takedown.objects.filter(decided_at=None, ended_at=None).exclude(proposed_by=user)
    return [
        Waiting(
            title=takedown.page.get_admin_display_title(),
            url=reverse("takedown", args=[takedown.page_id]),
            kind=_("Hidden for now") if takedown.kind == TakedownKind.HIDDEN else _("Removal proposed"),
            since=takedown.proposed_at,
            by=takedown.proposed_by.get_full_name() if takedown.proposed_by else "",
            reason=takedown.reason,
        )
        for takedown in takedowns.select_related("page", "proposed_by")
    ]
