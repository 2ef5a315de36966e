"""From one solved key pose to the next: frames in between that hold what both poses hold."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from supple.figure.residuals import Wish
from supple.figure.skeleton import Floats, poses
from supple.figure.solver import Found, Solver, touched
from supple.motion import Grip, KeyPose, Touch
from supple.motion.angles import NAMES
from supple.motion.baked import Frame, Line, Point, Quaternion
from supple.motion.way import holds

STEPS_BETWEEN = 20
STANDING_M: Point = (0.0, 1.0, 0.0)

Pins = Mapping[str, Point]


@dataclass(frozen=True, eq=False)
class Leg:
    """From one key pose to another, both solved."""

    one: KeyPose
    other: KeyPose
    first: Found
    last: Found

    @property
    def touches(self) -> tuple[Touch, ...]:
        """What both ends touch, part by part."""
        return holds(self.one, self.other)

    @property
    def grips(self) -> tuple[Grip, ...]:
        """What both ends grip."""
        return tuple(grip for grip in self.one.grips if grip in self.other.grips)

    @property
    def gives(self) -> dict[str, float]:
        """How far angles may be moved on the way: as at the end where they may be moved more."""
        one, other = gives(self.one), gives(self.other)
        return {name: max(one.get(name, 0.0), other.get(name, 0.0)) for name in {**one, **other}}

    def at(self, share: float) -> Found:
        """Angles and pelvis in between, before anything is held to what it touches."""
        angles = self.first.angles + (self.last.angles - self.first.angles) * share
        return Found(angles, self.first.root + (self.last.root - self.first.root) * share)


def between(solver: Solver, leg: Leg, pins: Pins, frames: int) -> Iterator[Found]:
    """The poses strictly between the ends of a leg of so many frames; `pins` hold where both ends touch."""
    for share in np.linspace(0, 1, frames)[1:-1]:
        near = leg.at(float(share))
        yield solver.solve(asked(leg, pins, near), near=near, steps=STEPS_BETWEEN)


def asked(leg: Leg, pins: Pins, near: Found) -> Wish:
    """A pose as what the solver is asked for on a leg."""
    kept = {name: place for name, place in pins.items() if name in touched(leg.touches, slides=False)}
    return Wish(named(near.angles), leg.touches, leg.grips, kept, leg.gives, point(near.root))


def places(solver: Solver, touches: Sequence[Touch], found: Found) -> Pins:
    """Where everything is that touches and does not slide."""
    return {part: solver.place(found, part) for part in touched(touches, slides=False)}


def wish(pose: KeyPose, pins: Pins | None = None, *, pelvis_m: Point | None = None) -> Wish:
    """A key pose as what the solver is asked for, with the pelvis at `pelvis_m`, or else where the pose says."""
    return Wish(pose.angles(), pose.touches, pose.grips, pins, gives(pose), pelvis_m or pose.pelvis_m or STANDING_M)


def gives(pose: KeyPose) -> dict[str, float]:
    """How far each angle may be moved, by its full name."""
    return {name.replace("_target", "_left").replace("_other", "_right"): give for name, give in pose.gives.items()}


def named(angles: Floats) -> dict[str, float]:
    """Angles by their full names."""
    return {name: float(value) for name, value in zip(NAMES, angles, strict=True)}


def frame(solver: Solver, found: Found, held: tuple[Line, ...] = ()) -> Frame:
    """A solved pose as a frame."""
    turns = poses(solver.skeleton, found.angles, found.root).rotations[0]
    return Frame(tuple(_quaternion(turn) for turn in turns), point(found.root), held)


def point(place: Floats) -> Point:
    """A place as plain numbers."""
    x, y, z = (float(part) for part in place)
    return x, y, z


def _quaternion(turn: Floats) -> Quaternion:
    """A rotation matrix as (x, y, z, w) (Shepperd 1978)."""
    trace = float(np.trace(turn))
    squares = np.array([turn[0, 0], turn[1, 1], turn[2, 2], trace])
    i = int(squares.argmax())
    if i == 3:
        w = 0.5 * (1 + trace) ** 0.5
        x, y, z = ((turn[b, a] - turn[a, b]) / (4 * w) for a, b in ((1, 2), (2, 0), (0, 1)))
        return float(x), float(y), float(z), float(w)
    j, k = (i + 1) % 3, (i + 2) % 3
    own = 0.5 * (1 + turn[i, i] - turn[j, j] - turn[k, k]) ** 0.5
    out = np.zeros(4)
    out[i], out[j], out[k] = own, (turn[j, i] + turn[i, j]) / (4 * own), (turn[k, i] + turn[i, k]) / (4 * own)
    out[3] = (turn[k, j] - turn[j, k]) / (4 * own)
    x, y, z, w = (float(part) for part in out)
    return x, y, z, w
