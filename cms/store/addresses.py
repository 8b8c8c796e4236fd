"""Addresses of pages on the site, and digests of them where an address itself must not be kept."""

from django.utils.crypto import salted_hmac
from wagtail.models import Page

from cms.pages.public import default_site


def normal_address(path: str) -> str:
    """Return an address of the site as pages have it: between slashes."""
    plain = path.strip("/")
    return f"/{plain}/" if plain else "/"


def address_of_page(page: Page) -> str:
    """Return the address of a page on the site, whether it is public or not."""
    site = default_site()
    start = len(site.root_page.url_path) - 1 if site is not None else 0
    return normal_address(page.url_path[start:])


def digest_of_address(path: str) -> str:
    """Return a digest of an address, in hexadecimal.

    It is keyed: an address is made from a title, which could be guessed otherwise.
    """
    return salted_hmac("cms.store.address", normal_address(path), algorithm="sha256").hexdigest()
