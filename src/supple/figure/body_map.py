"""The body from front and back with each muscle group as an area to point at, traced from our own figure.

`python -m supple.figure.body_map` writes `body_map.json` anew; everyone else reads it there. The areas show where a
group lies under the skin as a teacher would point at it; each belongs to the group that covers most of it.
"""

import json
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from supple.anatomy import MuscleGroup
from supple.figure.body import Body
from supple.figure.body import load as load_body
from supple.figure.compiled import Doubles, Whole
from supple.figure.rasteriser import Mesh, owners
from supple.figure.scene import at_rest, figure
from supple.figure.view import Camera, Size, View

FILE = Path(__file__).with_name("body_map.json")
WEARER = "woman"
SIZE: Size = (900, 1600)
SIDES = (View.FRONT, View.BACK)
FAR_M, FIELD_DEG = 30.0, 3.8  # so far away that nothing is foreshortened
LEAST_SHARE = 0.25  # of a group's mark, for a spot to belong to it
LEAST_UNITS = 14.0  # smaller areas are specks
SCALE = 4.0  # pixels in a unit of the drawing
COARSE = 0.35  # units by which a line may leave the traced one
SOFT = 13  # pixels over which an edge is smoothed, three times

Point = tuple[float, float]
Points = list[Point]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class BodySide:
    """One side of the body: the box of the drawing, the outline, and the area of each group, as paths of SVG."""

    view: str
    box: tuple[float, float, float, float]
    skin: str
    groups: dict[MuscleGroup, str]


@cache
def load() -> tuple[BodySide, ...]:
    """Front and back.

    >>> [side.view for side in load()]
    ['front', 'back']
    """
    return tuple(
        BodySide(
            side["view"], tuple(side["box"]), side["skin"], {MuscleGroup(name): d for name, d in side["groups"].items()}
        )
        for side in json.loads(FILE.read_text(encoding="utf-8"))
    )


def drawn(view: View, body: Body) -> dict[str, object]:
    """What `load` reads of one side."""
    person = figure(body, at_rest(body))
    middle = float(person.vertices[:, 1].max()) / 2
    away = FAR_M if view is View.FRONT else -FAR_M
    owner = owners(person, Camera((0.0, middle, away), (0.0, middle, 0.0), FIELD_DEG), SIZE)
    seen = owner >= 0
    groups = {group.value: _path(mask & seen) for group, mask in _areas(body, person, owner).items()}
    skin = np.flatnonzero(seen.any(1)), np.flatnonzero(seen.any(0))
    box = [skin[1][0], skin[0][0], np.ptp(skin[1]), np.ptp(skin[0])]
    around = [box[0] / SCALE - 4, box[1] / SCALE - 4, box[2] / SCALE + 8, box[3] / SCALE + 8]
    return {
        "view": view.value,
        "box": [round(float(edge), 1) for edge in around],
        "skin": _path(seen),
        "groups": {name: path for name, path in groups.items() if path},
    }


def _areas(body: Body, person: Mesh, owner: Whole) -> dict[MuscleGroup, Mask]:
    """Where each group is the strongest."""
    corners = person.triangles[owner]
    shares = np.stack([body.muscles[group][corners].mean(-1) for group in MuscleGroup])
    strongest = shares.argmax(0)
    marked = shares.max(0) > LEAST_SHARE
    return {group: marked & (strongest == at) for at, group in enumerate(MuscleGroup)}


def _path(mask: Mask) -> str:
    """The lines around a mask, smoothed, as one path."""
    rings = [_thinned(ring) for ring in _rings(_softened(np.pad(mask.astype(np.float64), 1)))]
    kept = [ring for ring in rings if len(ring) > 3 and abs(_surface(ring)) > LEAST_UNITS]
    return "".join("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in ring[:-1]) + "Z" for ring in kept)


def _softened(field: Doubles) -> Doubles:
    kernel = np.ones(SOFT) / SOFT
    for _ in range(3):
        for axis in (0, 1):
            field = np.apply_along_axis(np.convolve, axis, field, kernel, "same")
    return field


def _rings(field: Doubles) -> list[Points]:
    """Closed lines at half height, by marching squares; inside lies to the same hand all along."""
    after: dict[Point, Point] = {}
    inside = field > 0.5
    mixed = inside[:-1, :-1].astype(int) + inside[1:, :-1] + inside[:-1, 1:] + inside[1:, 1:]
    for row, column in np.argwhere((mixed > 0) & (mixed < 4)):
        after.update(_crossings(field, int(row), int(column)))
    rings = []
    while after:
        first = start = next(iter(after))
        ring = [first]
        while start in after:
            start = after.pop(start)
            ring.append(start)
        rings.append([((x - 1) / SCALE, (y - 1) / SCALE) for x, y in ring])
    return rings


def _crossings(field: Doubles, row: int, column: int) -> dict[Point, Point]:
    """Where the line enters and leaves one square of four pixels."""
    around = [(row, column), (row, column + 1), (row + 1, column + 1), (row + 1, column)]
    enters: Points = []
    leaves: Points = []
    for (r1, c1), (r2, c2) in zip(around, around[1:] + around[:1], strict=True):
        low, high = sorted([(r1, c1), (r2, c2)])  # so that neighbours find the very same number
        a, b = float(field[low]), float(field[high])
        if (field[r1, c1] > 0.5) == (field[r2, c2] > 0.5):
            continue
        share = (0.5 - a) / (b - a)
        point = (low[1] + share * (high[1] - low[1]), low[0] + share * (high[0] - low[0]))
        (leaves if field[r1, c1] > 0.5 else enters).append(point)
    return dict(zip(enters, leaves, strict=True))


def _thinned(ring: Points) -> Points:
    """The ring without points that lie nearly on the line between others (Douglas and Peucker)."""
    points = np.array(ring)
    if len(points) < 8:
        return []
    keep = np.zeros(len(points), bool)
    far = int(np.argmax(((points - points[0]) ** 2).sum(1)))
    keep[[0, far, len(points) - 1]] = True
    stretches = [(0, far), (far, len(points) - 1)]
    while stretches:
        begin, end = stretches.pop()
        if end - begin < 2:
            continue
        line = points[end] - points[begin]
        offset = points[begin + 1 : end] - points[begin]
        away = np.abs(line[0] * offset[:, 1] - line[1] * offset[:, 0]) / max(float(np.hypot(*line)), 1e-9)
        worst = int(np.argmax(away))
        if away[worst] > COARSE:
            keep[begin + 1 + worst] = True
            stretches += [(begin, begin + 1 + worst), (begin + 1 + worst, end)]
    return [(float(x), float(y)) for x, y in points[keep]]


def _surface(ring: Points) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring)) / 2


if __name__ == "__main__":
    told = [drawn(view, load_body(WEARER)) for view in SIDES]
    FILE.write_text(json.dumps(told, separators=(",", ":")) + "\n", encoding="utf-8")
