"""Pictures drawn by code: hills, fields and a sun, in the colours of the site. The same seed gives the same picture."""

import io
import math
import random

from django.core.files.images import ImageFile
from PIL import Image, ImageDraw

SIZE = (1440, 810)
_SKIES = [
    ((216, 201, 164), (160, 175, 142)),
    ((238, 220, 190), (196, 164, 128)),
    ((196, 212, 219), (168, 190, 178)),
]
_HILLS = [(143, 165, 136), (118, 148, 124), (97, 131, 113), (76, 111, 99)]


def landscape(seed: int) -> Image.Image:
    """Return a landscape of terraced hills."""
    dice = random.Random(seed)  # noqa: S311 - a picture is no secret
    width, height = SIZE
    top, bottom = _SKIES[seed % len(_SKIES)]
    image = Image.new("RGB", SIZE)
    draw = ImageDraw.Draw(image)
    for y in range(height):
        share = y / height
        colour = tuple(round(a + (b - a) * share) for a, b in zip(top, bottom, strict=True))
        draw.line([(0, y), (width, y)], fill=colour)
    sun_x, sun_y = dice.randint(200, width - 200), dice.randint(110, 230)
    draw.ellipse([sun_x - 55, sun_y - 55, sun_x + 55, sun_y + 55], fill=(247, 226, 178))
    for level, colour in enumerate(_HILLS):
        base = height * (0.42 + 0.15 * level)
        phase, swing, length = dice.random() * 6, dice.randint(25, 70), dice.randint(220, 420)
        ridge = [
            (x, base + swing * math.sin(x / length + phase) + swing / 3 * math.sin(x / 90 + phase * 2))
            for x in range(0, width + 10, 10)
        ]
        draw.polygon([*ridge, (width, height), (0, height)], fill=colour)
        for step in range(1, 5):
            terrace = [(x, y + step * 18) for x, y in ridge]
            draw.line(terrace, fill=tuple(max(0, part - 10) for part in colour), width=2)
    return image


def landscape_file(seed: int, name: str) -> ImageFile:
    """Return the landscape as a JPEG file to upload."""
    buffer = io.BytesIO()
    landscape(seed).save(buffer, "JPEG", quality=86)
    return ImageFile(io.BytesIO(buffer.getvalue()), name=f"{name}.jpg")
