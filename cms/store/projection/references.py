"""Page references, and the addresses that the API gives."""

from collections.abc import Iterable
from functools import cache
from typing import Any
from urllib.parse import urljoin

from django.db.models import Model
from django.urls import reverse
from wagtail.models import Page

from cms.core.batches import batches
from cms.pages.preloaded import find
from cms.pages.public import public_among, site_url


def type_name(model: type[Model]) -> str:
    """Return how the API names a model: `articles.DirectivePage`."""
    return f"{model._meta.app_label}.{model.__name__}"


def detail_url(endpoint: str, key: int | str) -> str:
    """Return the absolute address of a detail of `endpoint`."""
    return urljoin(site_url(), reverse(f"api:{endpoint}:detail", args=[key]))


def page_detail_url(pk: int) -> str:
    """Return the absolute address of the detail of a page: forms have dozens, so the router is asked once."""
    return f"{site_url()}{_pages_path()}{pk}/"


@cache
def _pages_path() -> str:
    return reverse("api:pages:listing")


def load_public_pages(ids: Iterable[int]) -> dict[int, Page]:
    """Return the public pages among `ids`, by id: as their type where it adds something to references
    (`api_reference_fields`), with no more of it than that.
    """
    pages = public_among(pk for pk in ids if pk)
    by_model: dict[Any, list[int]] = {}
    for page in pages.values():
        model = page.specific_class
        if getattr(model, "api_reference_fields", None):
            by_model.setdefault(model, []).append(page.pk)
    for model, keys in by_model.items():
        names = [*(field.name for field in Page._meta.concrete_fields), *model.api_reference_fields]
        for batch in batches(keys):
            pages |= model.objects.only(*names).in_bulk(batch)
    return pages


def page_reference(page: Page) -> dict[str, Any]:
    """Return the reference to a public page, which `load_public_pages` gives, or which is there as its type."""
    return {
        "id": page.pk,
        "type": type_name(page.specific_class),
        "title": page.title,
        "detail_url": page_detail_url(page.pk),
        "html_url": page.full_url,
        **{name: getattr(page, name) for name in getattr(type(page), "api_reference_fields", ())},
    }


def references_to(ids: Iterable[int]) -> list[dict[str, Any]]:
    """Return references to the public ones among the pages `ids`, in their order."""
    ids = [pk for pk in ids if pk]
    pages = find(Page, ids)
    if pages is None:
        pages = load_public_pages(ids)
    return [page_reference(pages[pk]) for pk in ids if pk in pages]
