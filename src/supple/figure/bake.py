"""From a motion to its bake: each key pose solved on a body, and the ways between them held to what they touch.

`python -m supple.figure.bake [STRETCH ...]` writes `catalogue/baked/BODY/STRETCH.json` for every body.
"""

import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from supple.catalogue import load as catalogue
from supple.catalogue.motion_reader import HERE as CATALOGUE
from supple.catalogue.motion_reader import POSITIONS, motion, positions
from supple.figure import props
from supple.figure.body import Body, load
from supple.figure.body import names as body_names
from supple.figure.carrying import lines
from supple.figure.faults import Examination
from supple.figure.joints import ranges
from supple.figure.proof import measures
from supple.figure.props import Prop
from supple.figure.residuals import Asked, Wish
from supple.figure.skeleton import Floats, poses
from supple.figure.skinning import posed
from supple.figure.solver import Found, Solver, touched
from supple.motion import Grip, KeyPose, Motion, Path, Touch
from supple.motion.angles import NAMES
from supple.motion.baked import Baked, Frame, Point, Quaternion, Track, dumps
from supple.motion.key_pose import single

FRAMES = 9
STEPS_BETWEEN = 20
LEAST_DEG = 0.5  # an angle below this is not worth a word
STANDING_M: Point = (0.0, 1.0, 0.0)

Pins = Mapping[str, Point]


def main(words: list[str]) -> int:
    """Bake the named stretches, or all that have a motion, for every body, and write what came out."""
    asked = words or sorted(file.stem for file in (CATALOGUE / "motions").glob("*.toml") if file.name != POSITIONS)
    jobs = [(stretch, body) for body in body_names() for stretch in asked]
    with ProcessPoolExecutor() as pool:
        for number, said in enumerate(pool.map(_bake_one, jobs), start=1):
            print(f"{number} of {len(jobs)}: {said}", flush=True)
    return 0


def _bake_one(job: tuple[str, str]) -> str:
    stretch, body = job
    baker = Baker(motion(stretch), load(body))
    file = CATALOGUE / "baked" / body / f"{stretch}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    made = baker.bake()
    file.write_text(dumps(made), encoding="utf-8")
    proved = Examination(stretch, body).is_proved()
    file.write_text(dumps(replace(made, proved=proved)), encoding="utf-8")
    return f"{stretch} on {body}{'' if proved else ', which is not proved'}"


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
        begun = self.solver.solve(wish(base, pelvis_m=self.motion.start.pelvis_m))
        enter = self._track("enter", _Way(base, self.motion.start, begun, self.start), {})
        ways = [(p.name, _Way(self.motion.start, p.full, self.start, self.fulls[p.name])) for p in self.motion.path]
        tracks = tuple(self._track(name, way, self.pins) for name, way in ways)
        return Baked(self.motion.stretch, self.body.name, self.body.bones, enter, tracks)

    def _full(self, path: Path) -> Found:
        pins = {name: place for name, place in self.pins.items() if name in touched(path.full.touches, slides=False)}
        asked = self._asked() if len(self.motion.path) == 1 else Asked()  # a flow shows each at one of its two ends
        wanted = replace(wish(path.full, pins), asked=asked)
        return self.solver.solve(wanted, near=None if path.full.pelvis_m else self.start)

    def _asked(self) -> Asked:
        """What the catalogue says of the full pose, but for what the motion says it disagrees with."""
        stretch, explained = catalogue().stretch(self.motion.stretch), self.motion.disagrees
        return Asked(
            tuple(each for each in ranges(stretch) if each.bend not in explained),
            tuple(each for each in measures(stretch) if each.name not in explained),
        )

    def _pins(self, touches: Sequence[Touch], found: Found) -> Pins:
        return {part: self.solver.place(found, part) for part in touched(touches, slides=False)}

    def _track(self, name: str, way: "_Way", pins: Pins) -> Track:
        angles = {name: value for name, value in _named(way.last.angles).items() if abs(value) >= LEAST_DEG}
        return Track(name, self._frames(way, pins), angles)

    def _frames(self, way: "_Way", pins: Pins) -> tuple[Frame, ...]:
        """The frames of a way; those between its ends hold what both ends hold."""
        kept = {name: place for name, place in pins.items() if name in touched(way.touches, slides=False)}
        found = [self._frame(way.first)]
        for share in np.linspace(0, 1, FRAMES)[1:-1]:
            near = way.between(float(share))
            asked = Wish(_named(near.angles), way.touches, way.grips, kept, way.gives, _point(near.root))
            found.append(self._frame(self.solver.solve(asked, near=near, steps=STEPS_BETWEEN)))
        return (*found, self._frame(way.last))

    def _frame(self, found: Found) -> Frame:
        """A solved pose as a frame."""
        turns = poses(self.solver.skeleton, found.angles, found.root).rotations[0]
        held = lines(self.motion, self.body, posed(self.body, turns, found.root)[0]) if self.motion.carried else ()
        return Frame(tuple(_quaternion(turn) for turn in turns), _point(found.root), held)


@dataclass(frozen=True, eq=False)
class _Way:
    """From one key pose to another, both solved."""

    one: KeyPose
    other: KeyPose
    first: Found
    last: Found

    @property
    def touches(self) -> tuple[Touch, ...]:
        """What both ends touch, part by part."""
        last = single(self.other.touches)
        return tuple(touch for touch in single(self.one.touches) if touch in last)

    @property
    def grips(self) -> tuple[Grip, ...]:
        """What both ends grip."""
        return tuple(grip for grip in self.one.grips if grip in self.other.grips)

    @property
    def gives(self) -> dict[str, float]:
        """How far angles may be moved on the way: as at the end where they may be moved more."""
        one, other = _gives(self.one), _gives(self.other)
        return {name: max(one.get(name, 0.0), other.get(name, 0.0)) for name in {**one, **other}}

    def between(self, share: float) -> Found:
        """Angles and pelvis in between, before anything is held to what it touches."""
        angles = self.first.angles + (self.last.angles - self.first.angles) * share
        return Found(angles, self.first.root + (self.last.root - self.first.root) * share)


def room(motion: Motion) -> list[Prop]:
    """The things that a motion needs, in their places."""
    return [
        props.placed(props.by_name(item.prop), item.at, quarter_turns=item.quarter_turns, up_m=item.up_m)
        for item in motion.props
    ]


def wish(pose: KeyPose, pins: Pins | None = None, *, pelvis_m: Point | None = None) -> Wish:
    """A key pose as what the solver is asked for, with the pelvis at `pelvis_m`, or else where the pose says."""
    return Wish(pose.angles(), pose.touches, pose.grips, pins, _gives(pose), pelvis_m or pose.pelvis_m or STANDING_M)


def _gives(pose: KeyPose) -> dict[str, float]:
    return {name.replace("_target", "_left").replace("_other", "_right"): give for name, give in pose.gives.items()}


def _named(angles: Floats) -> dict[str, float]:
    return {name: float(value) for name, value in zip(NAMES, angles, strict=True)}


def _point(place: Floats) -> Point:
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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
