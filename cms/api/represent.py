"""The one API form of a page: endpoints, the admin's preview and preview links use it, for stored pages and for drafts."""

from wagtail.models import Page

from cms.common.shown import preloaded

from .preload import load_shown
from .references import load_public_pages
from .serializers import ancestor_ids


def represent_all(pages, serializer) -> list[dict]:
    """The forms of `pages`, all of one type, by `serializer` (an instance that is not bound to data).

    `pages` must be specific where the serializer has fields of their type.
    """
    pages = list(pages)
    for page in pages:
        if hasattr(type(page), "preload_for_api"):
            type(page).preload_for_api(pages)
            break
    shown = load_shown(pages)
    extra = {pk for page in pages for pk in getattr(page, "shown_page_ids", ())}
    if "ancestors" in serializer.fields or "parent" in serializer.fields:
        extra |= {pk for page in pages for pk in ancestor_ids(page)}
    missing = extra - set(shown.get(Page, {}))
    shown.setdefault(Page, {}).update(load_public_pages(missing))
    with preloaded(shown):
        return [serializer.to_representation(page) for page in pages]


def represent(page, request=None, as_of=None) -> dict:
    """The API form of `page` with every field, as its detail gives it. `page` may be a draft.

    `as_of` is the day for which derived values are asked (default: today).
    """
    from .views.pages import PagesViewSet

    return PagesViewSet.represent_detail(page, request, as_of)
