"""What the states of pages are called that were taken down, or of which somebody proposes it."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from .models import Takedown, TakedownKind


def _open(page_ids: Iterable[int]):
    return Takedown.objects.filter(page_id__in=page_ids, ended_at=None)


def standings(page_ids: Iterable[int]) -> Any:
    """Of those in effect: readers still get what is withdrawn."""
    words = {TakedownKind.HIDDEN: _("hidden for now"), TakedownKind.WITHDRAWN: _("withdrawn")}
    return {
        page_id: (words.get(kind, _("removed")), kind == TakedownKind.WITHDRAWN and live)
        for page_id, kind, live in _open(page_ids).filter(effective=True).values_list("page_id", "kind", "page__live")
    }


def prospects(page_ids: Iterable[int]) -> Any:
    """Of those that wait for a second person."""
    waiting = _open(page_ids).filter(decided_at=None)
    return {
        page_id: _("waiting for a second person") if effective else _("removal proposed")
        for page_id, effective in waiting.values_list("page_id", "effective")
    }
