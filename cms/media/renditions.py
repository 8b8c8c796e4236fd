"""The sizes in which the public sees an image. They are made at publication, so that no reader waits for one."""

WIDTHS = (320, 640, 960, 1440)
# Phones on slow lines get what they need; the text column is 68 characters (720 px) wide at most.
SIZES = "(min-width: 900px) 720px, 100vw"
FILTERS = tuple(f"width-{width}|format-webp" for width in WIDTHS)


def filters_for(image) -> list[str]:
    """The filters for `image`: none wider than it is, but always one."""
    return [spec for spec, width in zip(FILTERS, WIDTHS, strict=True) if width <= image.width] or [FILTERS[0]]


def make_renditions(images) -> None:
    """Makes what is missing of the public sizes of `images` (a queryset)."""
    for image in images.filter(purged_at=None).prefetch_renditions(*FILTERS):
        image.get_renditions(*filters_for(image))
