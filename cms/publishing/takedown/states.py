"""What the states of pages are called that were taken down."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from .models import Takedown, TakedownKind


def standings(page_ids: Iterable[int]) -> Any:
    """Of those in effect: readers still get what is withdrawn."""
    words: dict[str, str] = {TakedownKind.HIDDEN: _("hidden for now"), TakedownKind.WITHDRAWN: _("withdrawn")}
    effective = Takedown.objects.filter(page_id__in=page_ids, ended_at=None)
    return {
        page_id: (words.get(kind, _("removed")), kind == TakedownKind.WITHDRAWN and live)
        for page_id, kind, live in effective.values_list("page_id", "kind", "page__live")
    }
