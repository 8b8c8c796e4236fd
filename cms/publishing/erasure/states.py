"""What the state of a page is called of which somebody proposes the deletion."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.publishing.proposals.models import Proposal

from .models import ErasureKind


def prospects(page_ids: Iterable[int]) -> Any:
    """Of those that wait for a second person."""
    waiting = Proposal.objects.filter(
        kind__in=ErasureKind.values, model=Page._meta.label, object_id__in=page_ids, decided_at=None
    )
    return dict.fromkeys(waiting.values_list("object_id", flat=True), _("deletion proposed"))
