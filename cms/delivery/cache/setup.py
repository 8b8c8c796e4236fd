"""Puts the cache around the application, as the settings say."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.apps import apps
from django.conf import settings

from cms.core.sources import digest_of_sources

from .stores import MemoryStore, RedisStore
from .versions import ContentVersions, LogVersions
from .wrapper import CachingApplication

# What makes up an answer besides the content.
SOURCES = ("*.py", "*.html", "*.css", "*.js", "*.svg", "*.png", "*.ico", "*.po")


def with_cache(application: Any, get: Callable[..., Any]) -> Any:
    """Return `application` with the cache around it; where the content is another machine's, `get(path, **params)` asks
    its API.
    """
    if apps.is_installed("cms.store"):
        from cms.store.counter import shared_counter

        versions = LogVersions(shared_counter())
    else:
        versions = ContentVersions(get)
    store = RedisStore(settings.REDIS_URL) if settings.REDIS_URL else MemoryStore(settings.CACHE_BYTES)
    return CachingApplication(application, versions, store, build_of(settings.BASE_DIR))


def build_of(folder: Path) -> str:
    """Name the state of the program in `folder` and of what it stands on: after an update, the same content is shown
    otherwise.
    """
    return digest_of_sources(folder, ("cms", "articles", "home", "search", "templates", "locale"), SOURCES)[:16]
