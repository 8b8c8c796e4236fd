"""What the API says of pages that are taken down."""

from collections.abc import Iterable

from django.utils import timezone

from cms.pages.public import default_site
from cms.store.fields import coded
from cms.store.references import load_public_pages, page_reference

from .models import OFF, Takedown, TakedownKind


def stand_in(address: str) -> dict | None:
    """Return what stands at the address of a page that is taken down; the reason of one that is only hidden stays
    inside.
    """
    site = default_site()
    if site is None:
        return None
    path = site.root_page.url_path + address.strip("/") + "/"
    takedown = Takedown.objects.filter(effective=True, kind__in=OFF, page__url_path=path, page__live=True).first()
    if takedown is None or takedown.page.get_view_restrictions().exists():
        return None
    target = load_public_pages([takedown.target_id]).get(takedown.target_id) if takedown.target_id else None
    hidden = takedown.kind == TakedownKind.HIDDEN
    return {
        "kind": "removed",
        "how": coded(takedown.kind, dict(TakedownKind.choices)),
        "reason": None if hidden else takedown.reason,
        "date": _day(takedown),
        "target": page_reference(target) if target else None,
    }


def withdrawals(page_ids: Iterable[int]) -> dict[int, dict]:
    """Return the notices of the withdrawn ones among the pages, by id."""
    found = Takedown.objects.filter(effective=True, kind=TakedownKind.WITHDRAWN, page_id__in=list(page_ids))
    return {takedown.page_id: {"reason": takedown.reason, "date": _day(takedown)} for takedown in found}


def _day(takedown):
    return timezone.localdate(takedown.decided_at or takedown.proposed_at).isoformat()
