"""What lies behind a figure: nothing, or two flat planes that meet at one horizon; and the shadow that falls there."""

from dataclasses import dataclass
from math import atan2, hypot, inf, tan
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from supple.figure.compiled import Floats, compiled, woven
from supple.figure.light import Lens
from supple.figure.shadow import FloorShadow, shaded

KEY_DEPTH = 0.40  # how dark the floor is where no key light falls
CONTACT_DEPTH = 0.42  # and how dark where something touches it
INK = 0.10  # sRGB of a shadow on clear ground, so that it darkens a pale and a dusky page alike
Colour = tuple[float, float, float]
Picture = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Ground:
    """A wall and a floor in sRGB 0 to 1; the wall stands `edge_m` behind what is shown."""

    wall: Colour
    floor: Colour
    edge_m: float = 1.2


class Backdrop(NamedTuple):
    """A ground as loops read it: `edge` is the row where wall and floor meet, `strength` that of the shadow."""

    wall: Floats
    floor: Floats
    edge: float
    strength: float
    clear: bool


def backdrop(ground: Ground | None, lens: Lens, vertices: Floats, *, shadow: bool) -> Backdrop:
    """The ground of one picture; `None` is clear."""
    strength = 1.0 if shadow else 0.0
    if ground is None:
        return Backdrop(np.zeros(3, np.float32), np.zeros(3, np.float32), -inf, strength, True)
    wall, floor = np.array(ground.wall, np.float32), np.array(ground.floor, np.float32)
    return Backdrop(wall, floor, edge(ground, lens, vertices), strength, False)


def edge(ground: Ground, lens: Lens, vertices: Floats) -> float:
    """The row of the picture in which wall and floor meet, with all `vertices` before the wall; minus infinite where
    one looks straight down.
    """
    forward = lens.rows[2]
    level = hypot(forward[0], forward[2])
    if level < 0.05:
        return -inf  # looking straight down one sees floor alone
    ahead = np.array([forward[0] / level, 0, forward[2] / level], np.float32)
    away = float((vertices @ ahead).max() - lens.eye @ ahead) + ground.edge_m
    below = atan2(float(lens.eye[1]), away) + atan2(float(forward[1]), level)
    return lens.height / 2 + lens.scale * tan(below)


@compiled
def compose(
    sums: Floats,
    lens: Lens,
    behind: Backdrop,
    floor: FloorShadow,
    contact: FloorShadow,
    out: Picture,
    first: int,
    last: int,
) -> None:
    """Fill rows of `out` with the figure (`sums`: colour times coverage, and coverage) over shadow and ground."""
    plane, blank = np.empty(3, np.float32), np.zeros(4, np.uint8)
    for y in range(first, last):
        part = min(max(y + 1 - behind.edge, 0.0), 1.0)
        for k in range(3):
            plane[k] = behind.wall[k] * (1 - part) + behind.floor[k] * part
            blank[k] = int(plane[k] * 255 + 0.5)
        blank[3] = 0 if behind.clear else 255
        floor_x, floor_z, step_x, step_z, seen = _floor_row(lens, y)
        for x in range(lens.width):
            covered, gone = min(sums[y, x, 3], np.float32(1.0)), 0.0
            if covered < 1 and part > 0 and seen:
                place_x, place_z = floor_x + x * step_x, floor_z + x * step_z
                kept = 1 - KEY_DEPTH * shaded(floor, place_x, place_z)
                kept *= 1 - CONTACT_DEPTH * shaded(contact, place_x, place_z)
                gone = part * behind.strength * (1 - kept)
            if covered == 0 and gone == 0:
                for k in range(4):
                    out[y, x, k] = blank[k]
                continue
            open_part = 1 - covered
            alpha = covered + open_part * gone if behind.clear else 1.0
            share = 255 / max(alpha, 1e-6)
            for k in range(3):
                under = gone * INK if behind.clear else plane[k] * (1 - gone)
                value = (sums[y, x, k] + open_part * under) * share + 0.5
                out[y, x, k] = int(min(max(value, 0.0), 255.0))
            out[y, x, 3] = int(alpha * 255 + 0.5)


@woven
def _floor_row(lens: Lens, y: int) -> tuple[float, float, float, float, bool]:
    """Where on the floor a row of pixels begins, how far it goes from one to the next, and whether one sees floor."""
    down = (lens.height / 2 - y - 0.5) / lens.scale
    rows, eye = lens.rows, lens.eye
    steep = rows[1, 1] * down + rows[2, 1]
    far = eye[1] / max(-steep, 1e-6)
    across = (0.5 - lens.width / 2) / lens.scale
    begin_x = eye[0] + far * (rows[0, 0] * across + rows[1, 0] * down + rows[2, 0])
    begin_z = eye[2] + far * (rows[0, 2] * across + rows[1, 2] * down + rows[2, 2])
    return begin_x, begin_z, far * rows[0, 0] / lens.scale, far * rows[0, 2] / lens.scale, steep < -1e-4 and far > 0
