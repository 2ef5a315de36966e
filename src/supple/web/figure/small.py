"""Small pictures of the stretches, cut to the figure with its feet at the lower edge, kept on the disk by version."""

import io
import os
import tempfile
from enum import StrEnum
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageChops

from supple.figure.pages import Pages

QUALITY = 78
FADE = 0.07  # of the width, at either side
MARGIN = 6  # so that a shadow does not end at the edge
BARELY_THERE = 3  # of 255: what is more transparent than this is cut away


class Size(StrEnum):
    """How large a picture is: a row of the plan, one of the library's shelf, a card, or a whole page."""

    ROW = "row"
    SHELF = "shelf"
    CARD = "card"
    HERO = "hero"


BOXES = {Size.ROW: (272, 168), Size.SHELF: (320, 240), Size.CARD: (560, 420), Size.HERO: (760, 1100)}


def small(pages: Pages, version: str, body: str, stretch: str, size: Size) -> bytes:
    """The picture as WebP on clear ground; raises what the figure raises for an unknown body or stretch."""
    file = Path(settings.DATA) / "stills" / version / size / body / f"{stretch}.webp"
    if file.is_file():
        return file.read_bytes()
    drawn = pages.get(f"stills/{body}/{stretch}.png", {})
    made = webp(drawn.content, BOXES[size])
    _keep(file, made)
    return made


def webp(png: bytes, box: tuple[int, int]) -> bytes:
    """A picture cut to what is seen in it, within a box of pixels."""
    picture = _faded(Image.open(io.BytesIO(png)).convert("RGBA"))
    seen = picture.getchannel("A").point(lambda alpha: 255 * (alpha > BARELY_THERE)).getbbox()
    left, top, right, bottom = seen or (0, 0, *picture.size)
    cut = picture.crop((max(0, left - MARGIN), max(0, top - MARGIN), right + MARGIN, bottom + 2))
    cut.thumbnail(box, Image.Resampling.LANCZOS)
    out = io.BytesIO()
    cut.save(out, format="WEBP", quality=QUALITY, method=4)
    return out.getvalue()


def _faded(picture: Image.Image) -> Image.Image:
    """The picture with its sides fading, so that no shadow is cut off by the frame."""
    width = picture.width
    ramp = [min(1.0, column / (width * FADE), (width - 1 - column) / (width * FADE)) for column in range(width)]
    mask = Image.new("L", (width, 1))
    mask.putdata([round(255 * share) for share in ramp])
    alpha = ImageChops.multiply(picture.getchannel("A"), mask.resize(picture.size))
    picture.putalpha(alpha)
    return picture


def _keep(file: Path, content: bytes) -> None:
    """Writes whole or not at all; where there is no room the picture is drawn again next time."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent)
        with os.fdopen(handle, "wb") as out:
            out.write(content)
        Path(name).replace(file)
    except OSError:
        return
