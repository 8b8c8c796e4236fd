"""Under which addresses a redirect is looked for, and where it leads.

Old links come in any case, and with what mailers and networks hang on to them.
"""

import re
from collections.abc import Sequence
from itertools import combinations

from django.db.models import Value
from django.db.models.functions import Lower
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from cms.pages.public import site_url

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


def redirects_at(paths: list[str]) -> list[Redirect]:
    """Return the redirects at one of `paths`, whatever the case of either, in the order of `paths`; the same case
    first.

    Of letters beyond ASCII SQLite knows one case only; addresses of old portals have none.
    The index that it asks is made in `home.migrations.0002_redirects_in_any_case`.
    """
    folded = Redirect.objects.annotate(folded_path=Lower("old_path"))
    found = folded.filter(folded_path__in=[Lower(Value(path)) for path in paths])
    places = {path.lower(): place for place, path in reversed(list(enumerate(paths)))}

    def rank(redirect: Redirect) -> tuple[int, bool, int]:
        return places.get(redirect.old_path.lower(), len(paths)), redirect.old_path not in paths, redirect.pk

    return sorted(found, key=rank)


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
