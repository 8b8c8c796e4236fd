"""The files of a page, which are purged one by one."""

from typing import Any

from wagtail.models import Page

from cms.media.uses import files_shown_by

from .models import MODELS


def files_of(page: Page) -> list[tuple[str, Any]]:
    """Return the images and documents that `page` shows: (name of the model in `MODELS`, file)."""
    images, documents = files_shown_by(page)
    return [
        (what, file)
        for what, ids in (("image", images), ("document", documents))
        for file in MODELS[what].objects.filter(pk__in=ids)
    ]
