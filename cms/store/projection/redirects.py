"""Redirects whose target is public or lies elsewhere."""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import Q
from wagtail.contrib.redirects.models import Redirect

from cms.core.batches import batches
from cms.pages.tree import at_or_below

from ..models import Event
from ..models.items import address_key
from ..redirects import FOLLOWED, redirect_location
from .references import load_public_pages
from .registry import Collection, Entry


def redirects(ids: set[str] | None) -> dict[str, Entry]:
    """Return the public redirects."""
    queryset = Redirect.objects.filter(
        Q(redirect_page__isnull=False) | reduce(or_, (Q(redirect_link__startswith=start) for start in FOLLOWED))
    )
    if ids is not None:
        queryset = queryset.filter(pk__in=[int(one) for one in ids])
    found = list(queryset.order_by("pk"))
    pages = load_public_pages([one.redirect_page_id for one in found if one.redirect_page_id])
    return {
        str(one.pk): Entry(
            str(one.pk),
            {"id": one.pk, "old_path": one.old_path, "location": location, "permanent": one.is_permanent},
            address=address_key(one.old_path.lower()),
        )
        for one in found
        if (location := redirect_location(one, pages)) is not None
    }


def touched(pages: set[int], events: list[Event], ids: set[str]) -> Iterable[str]:
    """Return the redirects to these pages, and those that came with a new address."""
    found: set[str] = set()
    for batch in batches(pages):
        found |= {str(pk) for pk in Redirect.objects.filter(redirect_page__in=batch).values_list("pk", flat=True)}
    for event in events:
        if event.model == Redirect._meta.label and event.path:
            below = Redirect.objects.filter(at_or_below(event.path, "redirect_page__path"))
            found |= {str(pk) for pk in below.values_list("pk", flat=True)}
    return found


REDIRECTS = Collection("redirects", redirects, model=Redirect, always_public=True, touched=touched)
