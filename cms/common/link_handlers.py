"""Links in rich text: to public pages only, and without a query for each text."""

from django.utils.html import escape
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.models import Page
from wagtail.rich_text.pages import PageLinkHandler

from .public import public_pages
from .shown import find


class PublicPageLinkHandler(PageLinkHandler):
    """Links to public pages only: the address of a draft holds its slug, which holds its title."""

    @classmethod
    def get_many(cls, attrs_list):
        ids = [int(attrs["id"]) for attrs in attrs_list if attrs.get("id", "").isdigit()]
        pages = find(Page, ids)
        if pages is None:
            pages = public_pages(Page.objects.filter(pk__in=ids)).in_bulk()
        return [pages.get(int(attrs["id"])) if attrs.get("id", "").isdigit() else None for attrs in attrs_list]

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        return [
            f'<a href="{escape(page.full_url)}">' if page and page.full_url else "<a>"
            for page in cls.get_many(attrs_list)
        ]


class PreloadedDocumentLinkHandler(DocumentLinkHandler):
    """Document links without a query per rich text."""

    @classmethod
    def get_many(cls, attrs_list):
        ids = [int(attrs["id"]) for attrs in attrs_list if attrs.get("id", "").isdigit()]
        documents = find(cls.get_model(), ids)
        if documents is None:
            return super().get_many(attrs_list)
        return [documents.get(int(attrs["id"])) for attrs in attrs_list]
