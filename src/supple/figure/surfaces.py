"""The surfaces of the room that a body can touch: the floor, and the sides of the things in it."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from supple.figure.props import Box, Prop
from supple.figure.skeleton import Floats


@dataclass(frozen=True)
class Surface:
    """A plane: points with `normal . point = height` lie on it."""

    normal: tuple[float, float, float]
    height: float


def height(points: Floats, surface: Surface) -> Floats:
    """How far points are above a surface, in metres; negative within."""
    found: Floats = points @ np.array(surface.normal) - surface.height
    return found


def inside(points: Floats, box: Box) -> Floats:
    """How deep points are inside a box; zero or less outside."""
    depth: Floats = np.minimum(points - np.array(box.low), np.array(box.high) - points).min(-1)
    return depth


def behind(points: Floats, box: Box, seen_from: Floats) -> Floats:
    """How far points are past the side of a thin box, such as a wall, that faces `seen_from`; zero beside it.

    Other than `inside` it knows which way is out, however deep a point lies.
    """
    low, high = np.array(box.low), np.array(box.high)
    axis = int((high - low).argmin())
    others = [i for i in range(3) if i != axis]
    near, sign = (low[axis], 1) if seen_from[axis] < (low[axis] + high[axis]) / 2 else (high[axis], -1)
    along = np.minimum(points - low, high - points)[..., others].min(-1) > 0
    found: Floats = np.where(along, np.maximum(sign * (points[..., axis] - near), 0), 0.0)
    return found


def surfaces(props: Sequence[Prop]) -> dict[str, Surface]:
    """Every surface by name: `floor`, and of each thing its top (`bed`) and its sides (`wall_near`, `bed_left` ...)."""
    found = {"floor": Surface((0, 1, 0), 0.0)}
    for prop in props:
        for name, box in zip(_names(prop), prop.surfaces(), strict=False):
            found |= {f"{name}": Surface((0, 1, 0), box.high[1]), f"{name}_front": Surface((0, 0, 1), box.high[2])}
            found |= {f"{name}_near": Surface((0, 0, -1), -box.low[2])}
            found |= {
                f"{name}_left": Surface((1, 0, 0), box.high[0]),
                f"{name}_right": Surface((-1, 0, 0), -box.low[0]),
            }
    return found


def tops(props: Sequence[Prop]) -> dict[str, Box]:
    """Each surface that things rest on from above, by name, as the box whose top it is."""
    return {name: box for prop in props for name, box in zip(_names(prop), prop.surfaces(), strict=False)}


def _names(prop: Prop) -> tuple[str, ...]:
    return {"chair": ("seat", "backrest"), "doorway": ("left_jamb", "right_jamb", "lintel")}.get(
        prop.name, (prop.name,)
    )
