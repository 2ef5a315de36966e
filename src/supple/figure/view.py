"""Where the camera stands: nine named views, and a camera framed so that the whole figure fits, feet near the edge.

Left and right are the person's own: from the view `left` one sees the left side. Metres, y up, a figure facing +z.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import atan, cos, degrees, dist, radians, sin, tan

import numpy as np
import numpy.typing as npt

from supple.figure.compiled import Doubles, Floats

FIELD_DEG = 24.0  # from bottom to top; long enough a lens that hands towards the camera do not swell
SIDE_MARGIN = 0.06
TOP_MARGIN = 0.07
BOTTOM_MARGIN = 0.06
LIFT = 0.12  # of the height: how far a low figure may rise from the bottom margin in a tall picture
NEAREST_M = 0.05
DISTANCE_M = 3.8  # at least, from the middle of what is shown; nearer, hands would swell

Point = tuple[float, float, float]
Size = tuple[int, int]


class UnknownView(LookupError):
    """There is no view of this name."""


class View(StrEnum):
    """From where a figure is seen."""

    FRONT = "front"
    BACK = "back"
    LEFT = "left"
    RIGHT = "right"
    THREE_QUARTER = "three_quarter"
    THREE_QUARTER_RIGHT = "three_quarter_right"
    THREE_QUARTER_BACK = "three_quarter_back"
    THREE_QUARTER_BACK_RIGHT = "three_quarter_back_right"
    OVERHEAD = "overhead"


ANGLES_DEG = {  # azimuth from the front towards the person's left; elevation above the horizontal
    View.FRONT: (0.0, 9.0),
    View.BACK: (180.0, 9.0),
    View.LEFT: (90.0, 9.0),
    View.RIGHT: (-90.0, 9.0),
    View.THREE_QUARTER: (38.0, 14.0),
    View.THREE_QUARTER_RIGHT: (-38.0, 14.0),
    View.THREE_QUARTER_BACK: (142.0, 14.0),
    View.THREE_QUARTER_BACK_RIGHT: (-142.0, 14.0),
    View.OVERHEAD: (0.0, 90.0),
}


@dataclass(frozen=True)
class Camera:
    """A lens at `eye` looking at `target`, in metres; `field_deg` is the angle from bottom to top of the picture."""

    eye: Point
    target: Point
    field_deg: float = FIELD_DEG


def named(name: str) -> View:
    """The view of this name; raises UnknownView.

    >>> named("overhead")
    <View.OVERHEAD: 'overhead'>
    """
    try:
        return View(name)
    except ValueError as error:
        raise UnknownView(f"There is no view {name!r}; choose one of {', '.join(View)}.") from error


def axes(camera: Camera) -> Doubles:
    """Right, up and forward of the camera as rows; looking straight down, up in the picture is away from the feet."""
    forward = np.subtract(camera.target, camera.eye).astype(float)
    forward /= np.linalg.norm(forward)
    steep = abs(forward[1]) > 0.9999
    right = np.cross(forward, (0.0, 0.0, -1.0) if steep else (0.0, 1.0, 0.0))
    right /= np.linalg.norm(right)
    return np.stack([right, np.cross(right, forward), forward])


def framed(view: View, points: npt.ArrayLike, size: Size) -> Camera:
    """A camera of this view that has every point in a picture of `size` = (width, height), with margins.

    Give the vertices of one picture, or the corners of a box (see `corners`) for a camera that stays during a motion.
    """
    field_deg = FIELD_DEG
    for _ in range(6):  # what is low or small is not come near to, but seen through a longer lens
        camera = _fitted(view, points, size, field_deg)
        distance = dist(camera.eye, camera.target)
        if distance >= DISTANCE_M:
            break
        field_deg = 2 * degrees(atan(tan(radians(field_deg) / 2) * distance / (DISTANCE_M + 0.01)))
    return camera


def _fitted(view: View, points: npt.ArrayLike, size: Size, field_deg: float) -> Camera:
    """The nearest camera of this view and field."""
    forward = -towards(view)
    rows = axes(Camera((0.0, 0.0, 0.0), _point(forward), field_deg))
    across, up, deep = rows @ np.asarray(points, float).reshape(-1, 3).T
    tall = tan(radians(field_deg) / 2)
    wide = tall * size[0] / size[1]
    side, top, bottom = wide * (1 - 2 * SIDE_MARGIN), tall * (1 - 2 * TOP_MARGIN), tall * (1 - 2 * BOTTOM_MARGIN)
    # Each point allows the eye a wedge in front of it; the eye goes to the deepest place that all wedges share.
    left, right = np.max(across - side * deep), np.min(across + side * deep)
    low, high = np.max(up - top * deep), np.min(up + bottom * deep)
    depth = min((right - left) / (2 * side), (high - low) / (top + bottom), np.min(deep) - NEAREST_M)
    slack = (high - bottom * depth) - (low + top * depth)
    rise = min(slack / 2, 2 * LIFT * tall * (np.min(deep) - depth))
    eye = np.array([(left + right) / 2, high - bottom * depth - rise, depth]) @ rows
    return Camera(_point(eye), _point(eye + forward * (np.mean(deep) - depth)), field_deg)


def corners(points: npt.ArrayLike) -> Floats:
    """The eight corners of the box around `points`."""
    low, high = np.min(np.asarray(points), axis=0), np.max(np.asarray(points), axis=0)
    box = np.array(np.meshgrid(*zip(low, high, strict=True))).reshape(3, -1)
    return np.ascontiguousarray(box.T, np.float32)


def project(points: Floats, camera: Camera, size: Size) -> Floats:
    """Where points fall in a picture of `size`: x to the right and y down in pixels from the upper left, and 1 / depth.

    1 / depth is 0 for what is nearer than 5 cm or behind the camera: it cannot be drawn.
    """
    rows = axes(camera)
    across, up, deep = rows @ (points.astype(np.float64) - camera.eye).T
    seen = deep > NEAREST_M
    inverse = np.where(seen, 1 / np.where(seen, deep, 1.0), 0.0)
    scale = size[1] / 2 / tan(radians(camera.field_deg) / 2)
    return np.stack([size[0] / 2 + scale * across * inverse, size[1] / 2 - scale * up * inverse, inverse], 1).astype(
        np.float32
    )


def towards(view: View) -> Doubles:
    """From what is shown to the camera, of length 1."""
    azimuth, elevation = (radians(angle) for angle in ANGLES_DEG[view])
    return np.array([sin(azimuth) * cos(elevation), sin(elevation), cos(azimuth) * cos(elevation)])


def _point(values: Doubles) -> Point:
    return (float(values[0]), float(values[1]), float(values[2]))
