"""Which state of the program makes the forms: after an update, the same content may be shown otherwise.

While two versions serve side by side, the newest makes anew what others have made; the others take its forms as they
are, or each would undo what the other does.
"""

from functools import cache

from django.conf import settings
from django.db.models import Q

from cms.core.sources import digest_of_sources

# What forms are made by: code, and the names of codes.
_SOURCES = ("*.py", "*.po")
_PARTS = ("cms/core", "cms/media", "cms/pages", "cms/store", "articles", "home", "search", "locale")


@cache
def projection_version() -> str:
    """Return the version of the projections of this program."""
    return digest_of_sources(settings.BASE_DIR, _PARTS, _SOURCES)[:16]


# Versions that are remembered.
MOST = 20
# The newest that this process knows of; its own until it has read another one.
_newest = ""


def learn(programs: list[str]) -> None:
    """Take note of the versions that make forms, the newest last."""
    global _newest
    _newest = programs[-1] if programs else ""


def is_newest() -> bool:
    """Return whether no newer version than this one makes forms."""
    return _newest in ("", projection_version())


def with_this(programs: list[str]) -> list[str]:
    """Return the versions with this one as the newest."""
    own = projection_version()
    return [*(one for one in programs if one != own), own][-MOST:]


def is_fresh(stale: bool, version: str) -> bool:
    """Return whether a form that `version` has made may be given away."""
    return not stale and (version == projection_version() if is_newest() else version != "")


def needs_refreshing() -> Q:
    """Return which items have forms that are to be made anew before anybody gets them."""
    return Q(stale=True) | (~Q(version=projection_version()) if is_newest() else Q(version=""))
