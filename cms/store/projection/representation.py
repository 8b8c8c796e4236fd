"""The one API form of a page: endpoints, the admin's preview and preview links use it, for stored pages and for
drafts.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from wagtail.models import Page

from cms.pages.preloaded import preloaded

from ..notices import updates, withdrawals
from .beside import Beside
from .preloading import load_shown
from .references import load_public_pages
from .serializers import PortalPageSerializer, page_serializer


def represent_all(pages: Iterable[Page], serializer: PortalPageSerializer) -> list[dict[str, Any]]:
    """Return the forms of `pages`, all of one type, by `serializer` (an instance that is not bound to data).

    `pages` must be specific where the serializer has fields of their type.
    """
    pages = list(pages)
    if not pages:
        return []
    model, names = type(pages[0]), serializer.fields.keys()
    shown, beside = {}, Beside()
    # A short listing shows nothing of what the type adds, so nothing of it is loaded.
    if names & {field.name for field in getattr(model, "api_fields", ())}:
        if hasattr(model, "preload_for_api"):
            model.preload_for_api(pages, names, beside)
        shown = load_shown(pages)
    stored = [page.pk for page in pages if page.pk]
    if "withdrawn" in names:
        beside.withdrawn |= withdrawals(stored)
    if "updates" in names:
        beside.updates |= updates(stored)
    if names & {"ancestors", "parent"}:
        beside.load_ancestors(pages)
    add_pages(shown, beside.shown)
    serializer.context["beside"] = beside
    with preloaded(shown):
        return [serializer.to_representation(page) for page in pages]


def add_pages(shown: dict[type, dict[int, Any]], ids: Iterable[int]) -> None:
    """Add the public ones among the pages `ids` to what is loaded."""
    missing = set(ids) - shown.setdefault(Page, {}).keys()
    shown[Page].update(load_public_pages(missing))


def represent(page: Page, as_of: date | None = None) -> dict[str, Any]:
    """Return the API form of `page` with every field, as its detail gives it. `page` may be a draft.

    `as_of` is the day for which derived values are asked (default: today).
    """
    return represent_all([page], page_serializer(type(page), as_of=as_of))[0]
