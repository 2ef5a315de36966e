"""Small pictures of the stretches, drawn when they are first asked for and kept until the figure changes."""

import io
import shutil
import tempfile
from functools import cache
from pathlib import Path
from threading import Lock

from django.conf import settings
from django.urls import reverse
from PIL import Image

from supple.figure.performance import Wanted, perform
from supple.figure.scene import frame, scene
from supple.figure.stills import still
from supple.figure.view import Size
from supple.web.figure.stamp import version

WIDTHS = (320, 640)  # pixels; those that pages may ask for
QUALITY, EFFORT = 74, 4  # more effort takes a second and saves a hundred bytes
FOLDER = "stills"
drawing = Lock()  # numba's threads serve one at a time


class NoStill(LookupError):
    """There is no picture of that size."""


def address(stretch: str, body: str, width: int = WIDTHS[0]) -> str:
    """Where a picture is found, as long as this version of the figure runs."""
    return reverse("still", args=[version(), body, stretch, width])


def content(stretch: str, body: str, width: int, stamp: str) -> bytes:
    """The picture as WebP, four wide and three high; raises NoStill and what the catalogue and the figure raise."""
    if width not in WIDTHS:
        raise NoStill(f"There is no picture {width} pixels wide; ask for {' or '.join(map(str, WIDTHS))}.")
    file = folder(stamp) / f"{body}-{stretch}-{width}.webp"
    if file.is_file():
        return file.read_bytes()
    with drawing:
        return file.read_bytes() if file.is_file() else _kept(_drawn(Wanted(stretch, body=body), width), file)


@cache
def folder(stamp: str) -> Path:
    """The folder of this version of the figure; those of others are thrown away."""
    place = Path(settings.DATA) / FOLDER / stamp
    for old in place.parent.glob("*") if place.parent.is_dir() else ():
        if old != place:
            shutil.rmtree(old, ignore_errors=True)
    return place


def _drawn(wanted: Wanted, width: int) -> bytes:
    size: Size = (width, width * 3 // 4)
    shown = perform(wanted, tinted=False)
    mesh = scene(shown.person, shown.props, shown.view)
    picture = still(mesh, shown.view, size, frame=frame(shown.person, shown.props))
    out = io.BytesIO()
    Image.fromarray(picture).save(out, format="WEBP", quality=QUALITY, method=EFFORT)
    return out.getvalue()


def _kept(made: bytes, file: Path) -> bytes:
    """The picture, put where the next one who asks finds it whole; where there is no room it is drawn anew."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as draft:
            draft.write(made)
        Path(draft.name).replace(file)
    except OSError:
        return made
    return made
