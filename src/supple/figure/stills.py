"""Pictures of the figure as PNG: on clear ground, or on wall and floor by daylight or at dusk.

Warm, a picture of 640 x 480 takes well under 150 ms; the very first one after an install waits some ten seconds for
numba, the first one of each process less than one.
"""

from enum import StrEnum
from io import BytesIO

from PIL import Image

from supple.figure.compiled import Floats
from supple.figure.ground import Ground, Picture
from supple.figure.rasteriser import Mesh, check, check_size, render
from supple.figure.solids import colour
from supple.figure.view import Size, View, framed

FINE_PIXELS = 2_500_000  # larger pictures have 4 samples in a pixel, not 9: else they would need a gigabyte
STANDARD: Size = (640, 480)
BARELY_THERE = 3  # of 255: the end of a shadow


class UnknownGround(LookupError):
    """There is no ground of this name."""


class Backing(StrEnum):
    """What is behind the figure."""

    TRANSPARENT = "transparent"
    LIGHT = "light"
    DUSK = "dusk"


GROUNDS = {  # the wall and floor of the pages, by day and at dusk
    Backing.TRANSPARENT: None,
    Backing.LIGHT: Ground(colour("#dde7ea"), colour("#e6e0d4")),
    Backing.DUSK: Ground(colour("#2d414a"), colour("#494640")),
}


def backing(name: str) -> Backing:
    """The ground of this name; raises UnknownGround."""
    try:
        return Backing(name)
    except ValueError as error:
        raise UnknownGround(f"There is no ground {name!r}; choose one of {', '.join(Backing)}.") from error


def still(
    mesh: Mesh,
    view: View,
    size: Size = STANDARD,
    *,
    behind: Backing = Backing.TRANSPARENT,
    frame: Floats | None = None,
) -> Picture:
    """(height, width, 4) of `mesh` seen from `view`, so that the points `frame`, else all vertices, are inside.

    Raises BrokenMesh, BadSize.
    """
    check_size(size)
    check(mesh)
    camera = framed(view, mesh.vertices if frame is None else frame, size)
    fineness = 3 if size[0] * size[1] <= FINE_PIXELS else 2
    return render(mesh, camera, size, ground=GROUNDS[behind], fineness=fineness)


def cut(picture: Picture) -> Picture:
    """`picture` without the clear ground around what is seen in it."""
    rows, columns = (picture[..., 3] > BARELY_THERE).nonzero()
    if not len(rows):
        return picture
    return picture[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]


def png(picture: Picture) -> bytes:
    """`picture` as PNG; the same picture always gives the same bytes."""
    file = BytesIO()
    Image.fromarray(picture).save(file, format="PNG", optimize=False, compress_level=6)
    return file.getvalue()
