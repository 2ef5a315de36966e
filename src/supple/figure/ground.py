"""What lies behind a figure: nothing, or two flat planes that meet at one horizon; and the shadow that falls there."""

from dataclasses import dataclass
from math import atan2, hypot, inf, tan
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from supple.figure.compiled import Floats, compiled
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
    return Backdrop(wall, floor, _edge(ground, lens, vertices), strength, False)


def _edge(ground: Ground, lens: Lens, vertices: Floats) -> float:
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
    rows, eye = lens.rows, lens.eye
    for y in range(first, last):
        down = (lens.height / 2 - y - 0.5) / lens.scale
        part = min(max(y + 1 - behind.edge, 0.0), 1.0)
        steep = rows[1, 1] * down + rows[2, 1]
        for x in range(lens.width):
            gone = 0.0
            covered = min(sums[y, x, 3], np.float32(1.0))
            if steep < -1e-4 and covered < 1 and behind.strength > 0:
                across = (x + 0.5 - lens.width / 2) / lens.scale
                far = -eye[1] / steep
                place_x = eye[0] + far * (rows[0, 0] * across + rows[1, 0] * down + rows[2, 0])
                place_z = eye[2] + far * (rows[0, 2] * across + rows[1, 2] * down + rows[2, 2])
                kept = (1 - KEY_DEPTH * shaded(floor, place_x, place_z)) * (
                    1 - CONTACT_DEPTH * shaded(contact, place_x, place_z)
                )
                gone = (1 - kept) * part * behind.strength
            alpha = 1.0
            if behind.clear:
                alpha = covered + (1 - covered) * gone
            for k in range(3):
                if behind.clear:
                    value = (sums[y, x, k] + (1 - covered) * gone * INK) / max(alpha, 1e-6)
                else:
                    plane = behind.wall[k] * (1 - part) + behind.floor[k] * part
                    value = sums[y, x, k] + (1 - covered) * plane * (1 - gone)
                out[y, x, k] = int(min(max(value, 0.0), 1.0) * 255 + 0.5)
            out[y, x, 3] = int(alpha * 255 + 0.5)
