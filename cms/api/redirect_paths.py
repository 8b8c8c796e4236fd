"""Under which addresses a redirect is looked for: old links come in any case, and with what mailers and networks hang on to them."""

from itertools import combinations
from urllib.parse import parse_qsl, urlencode

from django.db.models import Value
from django.db.models.functions import Lower
from wagtail.contrib.redirects.models import Redirect

# An address with more parameters than this is no address of an old portal: they are left out all together, or one at a time.
MOST_PARAMETERS = 5


def candidates(address: str) -> list[str]:
    """The forms of `address` (a path, perhaps with a query) that a redirect may have: with all of its parameters first, without any last.

    Raises ValueError for what is no path.
    """
    path, _mark, query = address.partition("?")
    parameters = parse_qsl(query, keep_blank_values=True)
    sizes = range(len(parameters), 0, -1) if len(parameters) <= MOST_PARAMETERS else [len(parameters), 1]
    kept = [chosen for size in sizes for chosen in combinations(parameters, size)]
    addresses = [address, *(f"{path}?{urlencode(chosen)}" for chosen in kept), path]
    return list(dict.fromkeys(Redirect.normalise_path(one) for one in addresses))


def redirects_at(paths: list[str]) -> list[Redirect]:
    """The redirects at one of `paths`, whatever the case of either, in the order of `paths`; the same case first.

    The index that it asks is made in `home.migrations.0002_redirects_in_any_case`.
    """
    folded = Redirect.objects.annotate(folded_path=Lower("old_path"))
    found = folded.filter(folded_path__in=[Lower(Value(path)) for path in paths])
    places = {path.lower(): place for place, path in reversed(list(enumerate(paths)))}

    def rank(redirect):
        return places.get(redirect.old_path.lower(), len(paths)), redirect.old_path not in paths, redirect.pk

    return sorted(found, key=rank)
