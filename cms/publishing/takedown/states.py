"""What the states of pages are called that were taken down, or of which somebody proposes it."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page

from cms.publishing.proposals.models import Proposal

from .actions import HIDE, TAKE_DOWN
from .models import Takedown, TakedownKind


def standings(page_ids: Iterable[int]) -> Any:
    """Of those in effect: readers still get what is withdrawn."""
    words: dict[str, str] = {TakedownKind.HIDDEN: _("hidden for now"), TakedownKind.WITHDRAWN: _("withdrawn")}
    effective = Takedown.objects.filter(page_id__in=page_ids, ended_at=None)
    return {
        page_id: (words.get(kind, _("removed")), kind == TakedownKind.WITHDRAWN and live)
        for page_id, kind, live in effective.values_list("page_id", "kind", "page__live")
    }


def prospects(page_ids: Iterable[int]) -> Any:
    """Of those that wait for a second person."""
    words = {HIDE: _("waiting for a second person"), TAKE_DOWN: _("removal proposed")}
    waiting = Proposal.objects.filter(kind__in=words, model=Page._meta.label, object_id__in=page_ids, decided_at=None)
    return {page_id: words[kind] for page_id, kind in waiting.values_list("object_id", "kind")}
