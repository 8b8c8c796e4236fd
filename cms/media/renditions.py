"""The sizes in which the public sees an image.

They are made when it is uploaded (`cms.media.reading`), so that neither a publication nor a reader waits for one.
Nobody approves a size, so each is signed as what the CMS has made of the image, which somebody does approve.
"""

from pathlib import Path
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db import models

from cms.pages.publication import road

from .kept_readings import sha256_of
from .reading.pictures import JPEG_WIDTH, WIDTHS

# The text column is 68 characters (720 px) wide at most.
SIZES = "(min-width: 900px) 720px, 100vw"
WEBP_FILTERS = tuple(f"width-{width}|format-webp" for width in WIDTHS)
# No wider than the picture: Wagtail never enlarges one.
JPEG_FILTER = f"width-{JPEG_WIDTH}|bgcolor-ffffff|format-jpeg"
FILTERS = (*WEBP_FILTERS, JPEG_FILTER)


class SignatureField(models.CharField):
    """The signature of a size: given when its row is inserted, by whatever way, and kept afterwards. One that is made
    of other bytes than those that the image's row names gets none.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 80, "editable": False, "default": "", **options})

    def pre_save(self, instance: Any, add: bool) -> str:
        if add and not getattr(instance, self.attname) and _is_of_its_image(instance):
            setattr(instance, self.attname, road().sign(signed_content(instance)))
        return getattr(instance, self.attname)


def _is_of_its_image(rendition: Any) -> bool:
    try:
        with rendition.image.open_file() as file:
            return sha256_of(file) == rendition.image.sha256
    except OSError:
        return False


def signed_content(rendition: Any) -> list[str]:
    """Return what is signed of a size: of which bytes of the image it is, what was done to them, and what came out.

    Raise OSError where its file can't be read.
    """
    # It stays open: what Wagtail has just made can't be opened a second time.
    made = sha256_of(rendition.file.open("rb"))
    return ["size", rendition.image.sha256, rendition.filter_spec, rendition.focal_point_key, made]


def filters_for(image: Any) -> list[str]:
    """Return the filters for `image`: of WebP none wider than it is, but always one; then the one of JPEG."""
    sizes = [spec for spec, width in zip(WEBP_FILTERS, WIDTHS, strict=True) if width <= image.width]
    return [*(sizes or WEBP_FILTERS[:1]), JPEG_FILTER]


def files_of_sizes(image: Any, sizes: Any) -> dict[str, ImageFile]:
    """Return `sizes`, as they were made of `image` in a process of their own, as files by their filters."""
    stem = Path(image.file.name).stem[:60]
    narrow = image.width < WIDTHS[0]
    found = {}
    for size in sizes:
        spec = WEBP_FILTERS[0] if narrow else f"width-{size.width}|format-webp"
        if size.format == "jpeg":
            spec = JPEG_FILTER
        name = f"{stem}.{spec.replace('|', '.')}.{size.format}"
        found[spec] = ImageFile(ContentFile(size.content), name=name)
    return found


def store_sizes(image: Any, sizes: Any) -> None:
    """Store `sizes` as what Wagtail finds under their filters."""
    for spec, file in files_of_sizes(image, sizes).items():
        image.renditions.get_or_create(filter_spec=spec, focal_point_key="", defaults={"file": file})


def make_renditions(images: Any) -> None:
    """Make what is missing of the public sizes of `images` (a queryset): nothing, unless files in storage were lost."""
    for image in images.filter(purged_at=None).prefetch_renditions(*FILTERS):
        image.get_renditions(*filters_for(image))
