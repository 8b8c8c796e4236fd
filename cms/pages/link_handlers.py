"""Links in rich text: to public pages only, and without a query for each text."""

from typing import Any
from urllib.parse import urljoin

from django.utils.html import escape
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from .preloaded import find
from .public import public_pages, site_url
from .rich_text import linked_id


def ids_in(attrs_list: Any) -> list[int | None]:
    """Return the ids that links name; None for one that names nothing."""
    return [linked_id(attrs.get("id", "")) for attrs in attrs_list]


class PublicPageLinkHandler(PageLinkHandler):
    """Links to public pages only: the address of a draft holds its slug, which holds its title."""

    @classmethod
    def get_many(cls, attrs_list: Any) -> Any:
        ids = ids_in(attrs_list)
        pages = find(Page, ids)
        if pages is None:
            pages = public_pages(Page.objects.filter(pk__in=filter(None, ids))).in_bulk()
        return [pages.get(pk) if pk is not None else None for pk in ids]

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: Any) -> Any:
        return [
            f'<a href="{escape(page.full_url)}">' if page and page.full_url else "<a>"
            for page in cls.get_many(attrs_list)
        ]


class PreloadedDocumentLinkHandler(DocumentLinkHandler):
    """Document links with whole addresses, as all in the API, and without a query per rich text."""

    @classmethod
    def get_many(cls, attrs_list: Any) -> Any:
        ids = ids_in(attrs_list)
        documents = find(cls.get_model(), ids)
        if documents is None:
            documents = cls.get_model().objects.in_bulk(list(filter(None, ids)))
        return [documents.get(pk) if pk is not None else None for pk in ids]

    @classmethod
    def expand_db_attributes_many(cls, attrs_list: Any) -> Any:
        return [
            f'<a href="{escape(urljoin(site_url(), document.url))}">' if document else "<a>"
            for document in cls.get_many(attrs_list)
        ]
