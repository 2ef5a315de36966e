"""How deep one part of a posed body lies in another, measured on every triangle: what the eye would see go through.

A vertex is inside a part when that part's surface winds round it by more than half (generalised winding number,
Jacobson 2013), which holds for surfaces that are open where a sleeve or a limb ends. Limits: the crease of a joint is
left out, and so is how flesh gives way where it is pressed.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from supple.figure.body import Body
from supple.figure.compiled import Doubles, Whole, compiled, woven
from supple.figure.flesh import HARD, Felt, Indices, apart, part_names, part_of


@dataclass(frozen=True)
class Press:
    """The deepest that a part is inside another: metres, and whether it is one with bone close under the skin."""

    part: str
    inside: str
    depth_m: float
    hard: bool


class Parts:
    """The parts of a body at rest, ready to be measured in its poses."""

    def __init__(self, body: Body) -> None:
        own = part_of(body)
        self.names = part_names()
        every = np.flatnonzero(own >= 0)
        skin = Felt(every, own[every])
        self.skin = skin
        self.apart = apart(body, skin, skin)
        whole = (own[body.triangles] >= 0).all(1)
        leading = own[body.triangles[:, 0]]
        self.triangles = [body.triangles[whole & (leading == part)] for part in range(len(self.names))]

    def presses(self, vertices: Doubles, least_m: float) -> Iterator[Press]:
        """Each pair of parts of which one is more than `least_m` inside the other, in one pose."""
        for inside, triangles in enumerate(self.triangles):
            corners = vertices[triangles]
            low, high = corners.min((0, 1)), corners.max((0, 1))
            points = vertices[self.skin.vertices]
            near = self.apart[:, inside] & (points > low).all(1) & (points < high).all(1)
            rows: Indices = np.flatnonzero(near)
            if not len(rows):
                continue
            depth = depths(points[rows], vertices, triangles)
            for part in np.unique(self.skin.parts[rows]):
                most = float(depth[self.skin.parts[rows] == part].max())
                if most > least_m:
                    name = self.names[part]
                    yield Press(name, self.names[inside], most, name.partition("_of_")[0] in HARD)


@compiled
def depths(points: Doubles, vertices: Doubles, triangles: Whole) -> NDArray[np.float64]:
    """How deep each point is inside the surface, in metres, zero outside."""
    found = np.zeros(len(points))
    count = len(triangles)
    corners, middles = np.empty((count, 3, 3)), np.empty((count, 3))
    for t in range(count):
        for axis in range(3):
            for corner in range(3):
                corners[t, corner, axis] = vertices[triangles[t, corner], axis]
            middles[t, axis] = (corners[t, 0, axis] + corners[t, 1, axis] + corners[t, 2, axis]) / 3
    for p in range(len(points)):
        if _is_behind(points[p], corners, middles):
            own = corners - points[p]
            if _winding(own) > 0.5:
                found[p] = _distance(own)
    return found


@compiled
def _is_behind(point: Doubles, corners: Doubles, middles: Doubles) -> bool:
    """Whether the point is behind the triangle whose middle is nearest; quick, and wrong only near sharp edges."""
    nearest, first = 1e9, 0
    for t in range(len(middles)):
        x, y, z = middles[t, 0] - point[0], middles[t, 1] - point[1], middles[t, 2] - point[2]
        off = x * x + y * y + z * z
        if off < nearest:
            nearest, first = off, t
    a, ab, ac = corners[first, 0], corners[first, 1] - corners[first, 0], corners[first, 2] - corners[first, 0]
    outside = 0.0
    for axis in range(3):
        i, j = (axis + 1) % 3, (axis + 2) % 3
        outside += (ab[i] * ac[j] - ab[j] * ac[i]) * (a[axis] - point[axis])
    return outside > 0


@woven
def _dot(one: Doubles, other: Doubles) -> float:
    return float(one[0] * other[0] + one[1] * other[1] + one[2] * other[2])


@compiled
def _winding(corners: Doubles) -> float:
    """How often the surface winds round the origin (solid angles after Van Oosterom and Strackee 1983)."""
    total = 0.0
    for t in range(len(corners)):
        a, b, c = corners[t, 0], corners[t, 1], corners[t, 2]
        la, lb, lc = np.sqrt(_dot(a, a)), np.sqrt(_dot(b, b)), np.sqrt(_dot(c, c))
        above = (
            a[0] * (b[1] * c[2] - b[2] * c[1]) + a[1] * (b[2] * c[0] - b[0] * c[2]) + a[2] * (b[0] * c[1] - b[1] * c[0])
        )
        total += np.arctan2(above, la * lb * lc + _dot(a, b) * lc + _dot(b, c) * la + _dot(c, a) * lb)
    return float(total / (2 * np.pi))


@compiled
def _distance(corners: Doubles) -> float:
    """From the origin to the nearest triangle, in metres (Ericson 2004, closest point on a triangle)."""
    nearest = 1e9
    ab, ac, bc = np.empty(3), np.empty(3), np.empty(3)
    for t in range(len(corners)):
        a, b, c = corners[t, 0], corners[t, 1], corners[t, 2]
        for axis in range(3):
            ab[axis], ac[axis], bc[axis] = b[axis] - a[axis], c[axis] - a[axis], c[axis] - b[axis]
        wide = np.sqrt(max(_dot(ab, ab), _dot(ac, ac), _dot(bc, bc)))
        if np.sqrt(_dot(a, a)) - wide > nearest:  # no point of it is farther from a corner than its longest side
            continue
        d1, d2, d3, d4 = -_dot(ab, a), -_dot(ac, a), -_dot(ab, b), -_dot(ac, b)
        d5, d6 = -_dot(ab, c), -_dot(ac, c)
        va, vb, vc = d3 * d6 - d5 * d4, d5 * d2 - d1 * d6, d1 * d4 - d3 * d2
        if d1 <= 0 and d2 <= 0:
            v, w = 0.0, 0.0
        elif d3 >= 0 and d4 <= d3:
            v, w = 1.0, 0.0
        elif d6 >= 0 and d5 <= d6:
            v, w = 0.0, 1.0
        elif vc <= 0 and d1 >= 0 and d3 <= 0:
            v, w = d1 / (d1 - d3), 0.0
        elif vb <= 0 and d2 >= 0 and d6 <= 0:
            v, w = 0.0, d2 / (d2 - d6)
        elif va <= 0 and d4 - d3 >= 0 and d5 - d6 >= 0:
            w = (d4 - d3) / ((d4 - d3) + (d5 - d6))
            v = 1.0 - w
        else:
            v, w = vb / (va + vb + vc), vc / (va + vb + vc)
        off = 0.0
        for axis in range(3):
            off += (a[axis] + v * ab[axis] + w * ac[axis]) ** 2
        nearest = min(nearest, np.sqrt(off))
    return float(nearest)
