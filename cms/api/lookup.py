"""What stands at an address of the site: a page, what took the place of one, or a redirect."""

from typing import Any

from wagtail.models import Page

from cms.pages.public import default_site, public_pages
from cms.store.notices import stand_in
from cms.store.redirects import candidates, redirect_location, redirects_at
from cms.store.references import load_public_pages


def at_address(address: str) -> dict | None:
    """Return what the look-up says of an address (a path, perhaps with a query) at which no public page is, or None."""
    return stand_in(address.partition("?")[0]) or redirect_at(address)


def page_at(address: str) -> Any:
    """Return the public page at an address of the site, or None. Its path in the tree says so: nothing is routed."""
    site = default_site()
    if site is None:
        return None
    url_path = site.root_page.url_path + address.strip("/") + ("/" if address.strip("/") else "")
    return public_pages(Page.objects.filter(url_path=url_path)).first()


def redirect_at(address: str) -> dict | None:
    """Return the redirect at an address whose target readers may know of, or None."""
    try:
        found = redirects_at(candidates(address))
    except ValueError:  # something like //[, which is no path
        return None
    pages = load_public_pages([redirect.redirect_page_id for redirect in found if redirect.redirect_page_id])
    for redirect in found:
        location = redirect_location(redirect, pages)
        if location and not leads_back(location, address):
            return {"kind": "redirect", "location": location, "permanent": redirect.is_permanent}
    return None


def leads_back(location: str, address: str) -> bool:
    """Return whether a redirect from `address` to `location` would send a browser in a circle, at once or by one more
    redirect.
    """
    if location.lower() == address.lower():
        return True
    if not location.startswith("/") or page_at(location.partition("?")[0]) is not None:
        return False
    return any(
        redirect.redirect_page_id is None and redirect.redirect_link.lower() == address.lower()
        for redirect in redirects_at(candidates(location))
    )
