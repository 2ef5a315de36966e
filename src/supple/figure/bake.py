"""From a motion to its bake: each key pose solved on a body, and the ways between them held to what they touch."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from supple.catalogue.motion_reader import positions
from supple.figure import props
from supple.figure.body import Body
from supple.figure.props import Prop
from supple.figure.skeleton import Floats, poses
from supple.figure.solver import Found, Solver, Wish, touched
from supple.motion import KeyPose, Motion, Path, Touch
from supple.motion.angles import NAMES
from supple.motion.baked import Baked, Frame, Quaternion, Track

FRAMES = 9
STEPS_BETWEEN = 10


class Baker:
    """Bakes one motion for one body, and keeps the solved poses for whoever wants to look at them."""

    def __init__(self, motion: Motion, body: Body) -> None:
        self.motion, self.body = motion, body
        self.solver = Solver(body, room(motion))
        self.start = self.solver.solve(wish(motion.start))
        self.pins = self._pins(motion.start.touches, self.start)
        self.fulls = {path.name: self._full(path) for path in motion.path}

    def bake(self) -> Baked:
        """The motion as frames."""
        base = positions()[self.motion.base]
        begun = self.solver.solve(wish(base, pelvis_m=self.motion.start.pelvis_m), near=None)
        enter = self._frames(base, self.motion.start, begun, self.start, pinned=False)
        tracks = [
            Track(path.name, tuple(self._frames(self.motion.start, path.full, self.start, self.fulls[path.name], pinned=True)))
            for path in self.motion.path
        ]
        return Baked(self.motion.stretch, self.body.name, self.body.bones, Track("enter", tuple(enter)), tuple(tracks))

    def _full(self, path: Path) -> Found:
        pins = {name: place for name, place in self.pins.items() if name in touched(path.full.touches, slides=False)}
        return self.solver.solve(wish(path.full, pins), near=None if path.full.pelvis_m else self.start)

    def _pins(self, touches: Sequence[Touch], found: Found) -> dict[str, tuple[float, float, float]]:
        return {part: self.solver.place(found, part) for part in touched(touches, slides=False)}

    def _frames(self, one: KeyPose, other: KeyPose, first: Found, last: Found, *, pinned: bool) -> list[Frame]:
        common = tuple(touch for touch in one.touches if touch.part in {also.part for also in other.touches})
        grips = tuple(grip for grip in one.grips if grip in other.grips)
        pins = {n: p for n, p in self.pins.items() if n in touched(common, slides=False)} if pinned else {}
        found, near = [frame(self.solver, first)], first
        for share in np.linspace(0, 1, FRAMES)[1:-1]:
            asked = _between(first, last, float(share))
            near = self.solver.solve(replace(asked, touches=common, grips=grips, pins=pins), near=_mean(first, last, float(share)), steps=STEPS_BETWEEN)
            found.append(frame(self.solver, near))
        return [*found, frame(self.solver, last)]


def room(motion: Motion) -> list[Prop]:
    """The things that a motion needs, in their places."""
    return [props.placed(props.by_name(item.prop), item.at, quarter_turns=item.quarter_turns, up_m=item.up_m) for item in motion.props]


def wish(pose: KeyPose, pins: Mapping[str, tuple[float, float, float]] | None = None, **changes: object) -> Wish:
    """A key pose as what the solver is asked for."""
    pelvis = changes.get("pelvis_m") or pose.pelvis_m or (0.0, 1.0, 0.0)
    return Wish(pose.angles(), pose.touches, pose.grips, pins, _gives(pose), pelvis)  # type: ignore[arg-type]


def frame(solver: Solver, found: Found) -> Frame:
    """A solved pose as a frame."""
    posed = poses(solver.skeleton, found.angles, found.root)
    x, y, z = (float(part) for part in found.root)
    return Frame(tuple(_quaternion(turn) for turn in posed.rotations[0]), (x, y, z))


def _gives(pose: KeyPose) -> dict[str, float]:
    return {name.replace("_target", "_left").replace("_other", "_right"): give for name, give in pose.gives.items()}


def _between(first: Found, last: Found, share: float) -> Wish:
    angles = first.angles + (last.angles - first.angles) * share
    pelvis = first.root + (last.root - first.root) * share
    return Wish(dict(zip(NAMES, angles, strict=True)), pelvis_m=(float(pelvis[0]), float(pelvis[1]), float(pelvis[2])))


def _mean(first: Found, last: Found, share: float) -> Found:
    return Found(first.angles + (last.angles - first.angles) * share, first.root + (last.root - first.root) * share, {}, {})


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
