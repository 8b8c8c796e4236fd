"""What stands at an address of the site where no page is: what took the place of one, or a redirect."""

import json
from typing import Any

from cms.store.reading import page_at, stand_in
from cms.store.redirects import candidates, redirects_at


def at_address(address: str, base: str) -> dict[str, Any] | None:
    """Return what the look-up says of an address (a path, perhaps with a query) at which no public page is, or
    None; `base` is the address of the site.
    """
    return stand_in(address.partition("?")[0], base) or redirect_at(address)


def redirect_at(address: str) -> dict[str, Any] | None:
    """Return the redirect at an address, or None."""
    try:
        found = redirects_at(candidates(address))
    except ValueError:  # something like //[, which is no path
        return None
    for text in found:
        form = json.loads(text)
        if not leads_back(form["location"], address):
            return {"kind": "redirect", "location": form["location"], "permanent": form["permanent"]}
    return None


def leads_back(location: str, address: str) -> bool:
    """Return whether a redirect from `address` to `location` would send a browser in a circle, at once or by one more
    redirect.
    """
    if location.lower() == address.lower():
        return True
    if not location.startswith("/") or page_at(location.partition("?")[0]) is not None:
        return False
    return any(json.loads(text)["location"].lower() == address.lower() for text in redirects_at(candidates(location)))
