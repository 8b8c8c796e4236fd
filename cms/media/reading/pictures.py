"""Pictures: as large as they are needed, without what a camera wrote into them, and in the sizes that readers get."""

import io
from pathlib import Path

import pillow_heif
from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from .limits import PIXELS, Refused

# Pixels of the longer side of what is stored: twice the widest size for readers.
STORED = 2880
# Widths of the sizes for readers. Phones on slow lines get what they need.
WIDTHS = (320, 640, 960, 1440)
WEBP_QUALITY = 80
# The one for social networks and old programs, which don't take WebP.
JPEG_WIDTH = 1200
JPEG_QUALITY = 90
_ORIENTATION = 0x0112
_BROKEN = (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, KeyError, IndexError, TypeError)


def read(path: Path, kind: str, folder: Path) -> dict:
    """Write the sizes of the picture at `path` into `folder`, and the picture itself where it is not stored as it
    came.

    Return `format`, `stored` (the name of the file, None where the uploaded bytes are stored) and `sizes` (width,
    height and name of each). Raise Refused: `pixels` before anything is decoded, `broken` for what is no picture.
    """
    pillow_heif.register_heif_opener()
    # We count ourselves, before Pillow decodes anything.
    Image.MAX_IMAGE_PIXELS = None
    try:
        with Image.open(path) as picture:
            # Cameras keep small previews beside a photograph (MPO): those are no frames, and nobody decodes them.
            frames = 1 if kind == "jpeg" else getattr(picture, "n_frames", 1)
            pixels = picture.width * picture.height * frames
            if pixels > PIXELS:
                raise Refused("pixels", megapixels=pixels // 1_000_000, most=PIXELS // 1_000_000)
            profile = picture.info.get("icc_profile")
            large = max(picture.size) > STORED
            turned = picture.getexif().get(_ORIENTATION, 1) != 1
            if kind == "jpeg":
                picture.draft(None, (STORED, STORED))
            # Scaled before anything is copied: the whole of it is held once.
            if picture.mode == "1":
                picture = _as_mode(picture, "L")
            if picture.mode.startswith("I;16"):
                picture = picture.convert("I").point(lambda value: value * (1 / 256)).convert("L")
            if picture.mode != "P" and max(picture.size) >= 2 * STORED:
                info, exif = picture.info, picture.getexif()
                smaller = picture.reduce(max(picture.size) // STORED)
                smaller.info, smaller._exif = info, exif
            else:
                smaller = picture
            upright = ImageOps.exif_transpose(_plain(smaller))
            upright.thumbnail((STORED, STORED), Image.Resampling.LANCZOS, reducing_gap=2.0)
            stored = None
            if large or turned or kind == "heic":
                stored, kind = _store(upright, kind, folder, profile)
            upright = _in_srgb(upright, profile)
            return {
                "format": kind,
                "stored": stored,
                "sizes": [*(_size(upright, width, folder) for width in _widths(upright)), _jpeg(upright, folder)],
            }
    except _BROKEN as error:
        # What libheif says where it gets no memory.
        raise Refused("limits" if "emory" in str(error) else "broken") from error


def _plain(picture):
    """In one of the modes that every format takes."""
    if picture.mode in {"RGB", "RGBA"}:
        return picture
    transparent = picture.mode in {"LA", "PA"} or "transparency" in picture.info
    plain = picture.convert("RGBA" if transparent else "RGB")
    plain.info = picture.info
    return plain


def _as_mode(picture, mode):
    """Return the picture in another mode, with what is known of it."""
    converted = picture.convert(mode)
    converted.info, converted._exif = picture.info, picture.getexif()
    return converted


def _in_srgb(picture, profile):
    """Return the picture in the colours that browsers expect of one without a profile; as it is where the profile is
    none.
    """
    if not profile:
        return picture
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        return ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode=picture.mode)
    except (ImageCms.PyCMSError, OSError, ValueError):
        return picture


def _store(picture, kind, folder, profile):
    """Return the scaled picture in its own format; what only phones write becomes JPEG, which everything opens."""
    photograph = "jpeg" if picture.mode == "RGB" else "webp"
    kind = {"heic": "jpeg", "avif": photograph, "gif": "png"}.get(kind, kind)
    if kind == "jpeg" and picture.mode != "RGB":
        picture = picture.convert("RGB")
    name = f"stored.{kind}"
    options = {"quality": JPEG_QUALITY} if kind != "png" else {}
    # What a camera or a program wrote beside the picture stays behind.
    picture.info = {}
    picture.save(folder / name, kind.upper(), exif=b"", icc_profile=profile, **options)
    return name, kind


def _widths(picture):
    """None wider than the picture, but always one."""
    return [width for width in WIDTHS if width <= picture.width] or [min(WIDTHS[0], picture.width)]


def _size(picture, width, folder):
    height = max(1, round(picture.height * width / picture.width))
    name = f"{width}.webp"
    picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0).save(
        folder / name, "WEBP", quality=WEBP_QUALITY, exif=b""
    )
    return {"width": width, "height": height, "format": "webp", "name": name}


def _jpeg(picture, folder):
    """On white where the picture is transparent."""
    width = min(JPEG_WIDTH, picture.width)
    height = max(1, round(picture.height * width / picture.width))
    small = picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)
    if small.mode == "RGBA":
        ground = Image.new("RGB", small.size, "white")
        ground.paste(small, mask=small.getchannel("A"))
        small = ground
    name = "size.jpeg"
    small.info = {}
    small.convert("RGB").save(folder / name, "JPEG", quality=JPEG_QUALITY, exif=b"")
    return {"width": width, "height": height, "format": "jpeg", "name": name}
