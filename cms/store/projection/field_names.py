"""The names of the fields of pages, as the parameter `fields` knows them."""

from wagtail.models import Page

from .registry import page_types
from .serializers import META_FIELDS, fields_of


def is_page_type(name: str) -> bool:
    """Return whether there is a page type of this name."""
    return name in page_types()


def field_names(page_type: str | None) -> list[str]:
    """Return the fields of the form of pages of a type, in their order; of None those that all pages have."""
    return list(fields_of(Page if page_type is None else page_types()[page_type].model))


def meta_names() -> tuple[str, ...]:
    """Return the fields that stand in `meta`."""
    return META_FIELDS
