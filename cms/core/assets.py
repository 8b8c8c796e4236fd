"""Styles and scripts while two versions of the program serve side by side from one STATIC_ROOT: each has its own list
of names, and gives away what the other has put there.
"""

import os
from functools import cached_property
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import MissingFileError
from whitenoise.storage import CompressedManifestStaticFilesStorage

from .sources import digest_of_sources

# Where assets come from: the program's own, and those of the packages that the lock file names.
_PARTS = ("cms", "articles", "home", "search")
_FILES = ("static/**/*", "styles/**/*")


def assets_version(folder: Path) -> str:
    """Return the version of the assets of the program in `folder`."""
    return digest_of_sources(folder, _PARTS, _FILES)[:12]


def manifest_of(folder: Path) -> str:
    """Return what the list of names of the program in `folder` is called."""
    return f"staticfiles-{assets_version(folder)}.json"


class AssetStorage(CompressedManifestStaticFilesStorage):
    """Keeps the list of names under one of its own for each version of the assets, so that going back finds it."""

    @cached_property
    def manifest_name(self) -> str:
        return manifest_of(settings.BASE_DIR)


class AssetMiddleware(WhiteNoiseMiddleware):
    """Serves assets, those too that were collected after this process began."""

    def __call__(self, request: HttpRequest) -> Any:
        path = request.path_info
        if path.startswith(self.static_prefix) and path not in self.files and not self.autorefresh:
            found = self._collected_since(path)
            if found is not None:
                return self.serve(found, request)
        return super().__call__(request)

    def _collected_since(self, url: str) -> Any:
        root = os.path.join(os.path.abspath(self.static_root), "")
        path = os.path.join(root, url.removeprefix(self.static_prefix))
        if "\x00" in url or not self.url_is_canonical(url) or not self.path_is_child_of(path, root):
            return None
        try:
            return self.find_file_at_path(path, url)
        except MissingFileError:
            return None
