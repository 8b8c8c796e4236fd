"""Under which addresses a redirect is looked for, and where it leads.

Old links come in any case, and with what mailers and networks hang on to them.
"""

import json
import re
from collections.abc import Sequence
from itertools import combinations
from typing import Any

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from cms.pages.public import site_url

from .models import Item
from .models.items import address_key

# What mailers and networks hang on to links.
TRACKING = re.compile(r"(utm_\w+|fbclid|gclid|dclid|msclkid|zarsrc|mc_[ce]id|_hs\w+|igshid|yclid)(=|$)", re.IGNORECASE)
# How the address of a redirect begins that a browser may be sent to.
FOLLOWED = ("/", "http://", "https://")
# Of more parameters than this it is not tried which are the old portal's own: all count, or none.
MOST_PARAMETERS = 6


def candidates(address: str) -> list[str]:
    """Return the forms of `address` (a path, perhaps with a query) that a redirect may have: with all of its parameters
    first, without any last.

    Raise ValueError for what is no path.
    """
    path, _mark, query = address.partition("?")
    parameters = [one for one in query.split("&") if one and not TRACKING.match(one)]
    # As they came: to decode and encode them anew would write some of them otherwise.
    kept: list[Sequence[str]] = [parameters] if len(parameters) > MOST_PARAMETERS else []
    if not kept:
        kept = [chosen for size in range(len(parameters), 0, -1) for chosen in combinations(parameters, size)]
    addresses = [address, *(f"{path}?{'&'.join(chosen)}" for chosen in kept), path]
    return list(dict.fromkeys(Redirect.normalise_path(one) for one in addresses))


def redirects_at(paths: list[str]) -> list[str]:
    """Return the forms (JSON) of the public redirects at one of `paths`, whatever the case of either, in the order of
    `paths`; the same case first.
    """
    places = {path.lower(): place for place, path in reversed(list(enumerate(paths)))}
    found = Item.objects.filter(type="redirects", address__in=[address_key(path) for path in places])
    rows = [(json.loads(detail), number, detail) for number, detail in found.values_list("number", "form__detail")]

    def rank(row: tuple[Any, int | None, str]) -> tuple[int, bool, int]:
        old_path = row[0]["old_path"]
        return places.get(old_path.lower(), len(paths)), old_path not in paths, row[1] or 0

    return [detail for _form, _number, detail in sorted(rows, key=rank)]


def redirect_location(redirect: Redirect, pages: dict[int, Page]) -> str | None:
    """Return where a redirect leads: an address of the site or elsewhere on the web.

    `pages` holds the public ones among its targets. None where it leads to something private, or to what no browser
    follows.
    """
    if redirect.redirect_page_id is None:
        link = redirect.redirect_link
        return link if link.startswith(FOLLOWED) else None
    page = pages.get(redirect.redirect_page_id)
    return page.full_url.removeprefix(site_url()) + redirect.redirect_page_route_path if page else None
