"""Which changes of settings and redirects need a second person."""

from typing import Any

from django.db.models import Sum

from cms.core.links import is_own_path
from cms.store.models import ItemCount


def pages_with_settings(stored: Any, values: dict[str, Any]) -> int:
    """Return how many public pages the site has: each shows its settings."""
    counted = ItemCount.objects.filter(type__contains=".").aggregate(total=Sum("number"))
    return counted["total"] or 0


def promoted_pages(stored: Any, values: dict[str, Any]) -> int:
    """Return how many pages are promoted afterwards."""
    return len(values.get("promoted_results", ()))


def leads_elsewhere(stored: Any, values: dict[str, Any]) -> int | None:
    """Return 0 for a redirect that is to lead to another site, None for one within this site."""
    link = values.get("redirect_link", stored.redirect_link if stored is not None else "")
    page = values.get("redirect_page", stored.redirect_page_id if stored is not None else None)
    return 0 if link and not page and not is_own_path(link) else None
