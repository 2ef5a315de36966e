"""What is wrong with a baked motion on a body: contacts that float or sink, parts that slip, limits that are passed.

Everything is measured on the shipped body and the shipped bake, at the frames and between them. Limits: what the body
does to itself is measured in position, half-way and in full; the creases of joints are left to the eye.
"""

from collections.abc import Iterator
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from supple.catalogue import Stretch, load
from supple.catalogue.motion_reader import baked, motion
from supple.figure.body import Body
from supple.figure.body import load as load_body
from supple.figure.joints import ranges
from supple.figure.performance import pose_of, things
from supple.figure.pressing import Parts
from supple.figure.proof import Reading, readings
from supple.figure.regions import regions
from supple.figure.skeleton import Floats, Poses, skeleton, vector
from supple.figure.skinning import heads, posed
from supple.figure.surfaces import height, inside, surfaces
from supple.motion import KeyPose, Touch
from supple.motion.baked import Frame, Track, sample
from supple.motion.key_pose import single

Mask = NDArray[np.bool_]
TOUCH_MM, SLIP_MM, HARD_MM, SOFT_MM = 5.0, 3.0, 10.0, 30.0
HARD = ("head", "finger", "wrist", "metacarpal", "foot", "toe")  # bones with little flesh over them
SHARES = tuple(np.linspace(0, 1, 17))
PRESSED_SHARES = (0.0, 0.5, 1.0)
CORE = ("trunk", "head")  # into which no hand, foot or head goes; limbs are flesh to them
GIVE_DEG = 6.0  # how far the solver may leave a joint's range to keep a contact, which is within goniometry's own error


class Examination:
    """One stretch on one body, examined."""

    def __init__(self, stretch: str, body: str) -> None:
        self.stretch: Stretch = load().stretch(stretch)
        self.motion, self.baked = motion(stretch), baked(stretch, body)
        self.body: Body = _body(body)
        self.bones = skeleton(self.body)
        self.parts = regions(self.body, self.bones)
        self.props = things(self.motion)
        self.surfaces = surfaces(self.props)

    def is_proved(self) -> bool:
        """Whether nothing is wrong that the motion does not explain; only then is it shown moving on this body."""
        explained = self.motion.disagrees
        wrong = [reading for reading in self.readings() if not reading.holds and reading.measure not in explained]
        beyond = [said for said in self.beyond() if joint_motion(said) not in explained]
        return not (self.faults() or wrong or beyond)

    def faults(self) -> list[str]:
        """Every fault as a sentence; empty for a motion that is right."""
        found: list[str] = []
        for path, track in zip(self.motion.path, self.baked.tracks, strict=True):
            found += [f"{track.name}: {said}" for said in self._contacts(self.motion.start, track.frames[0])]
            found += [f"{track.name}: {said}" for said in self._contacts(path.full, track.frames[-1])]
            found += [f"{track.name}: {said}" for said in self._slips(path.full, track)]
            found += [f"{track.name}: {said}" for said in self._depths(track)]
            found += [f"{track.name}: {said}" for said in self._presses(track)]
        return found

    def readings(self) -> Iterator[Reading]:
        """The catalogue's camera measures at the end of each way, the best of two ends for a flow."""
        by_measure: dict[str, list[Reading]] = {}
        for track in self.baked.tracks:
            for reading in readings(self.stretch, self.bones, self._poses(track.frames[-1])):
                by_measure.setdefault(reading.measure, []).append(reading)
        for found in by_measure.values():
            yield min(found, key=lambda reading: max(reading.low - reading.degrees, reading.degrees - reading.high))

    def beyond(self) -> list[str]:
        """Joints that are outside the catalogue's range in every full pose, as sentences."""
        full = np.stack([vector(track.angles) for track in self.baked.tracks])
        said = []
        for asked in ranges(self.stretch):
            shown, low, high = asked.shown(full), asked.low - GIVE_DEG, asked.high + GIVE_DEG
            if not ((low <= shown) & (shown <= high)).any():
                degrees = ", ".join(f"{each:.0f}" for each in shown)
                where = f" ({asked.side})" if asked.side else ""
                said.append(f"{asked.bend}{where}: {degrees} is outside {low:g} to {high:g}")
        return said

    def _contacts(self, pose: KeyPose, frame: Frame) -> Iterator[str]:
        vertices = self._vertices(frame)
        for touch in single(pose.touches):
            off_mm = 1000 * float(height(vertices[self.parts[touch.part]], self.surfaces[touch.on]).min())
            if abs(off_mm) > TOUCH_MM:
                yield f"{touch.part} is {off_mm:.0f} mm from {touch.on}"

    def _slips(self, full: KeyPose, track: Track) -> Iterator[str]:
        still = [touch.part for touch in _stays(self.motion.start, full)]
        places: dict[str, list[Floats]] = {part: [] for part in still}
        for share in SHARES:
            vertices = self._vertices(sample(track, float(share)))
            for part in still:
                places[part].append(vertices[self.parts[part]].mean(0))
        for part, path in places.items():
            slip_mm = 1000 * float(np.linalg.norm(np.array(path) - path[0], axis=1).max())
            if slip_mm > SLIP_MM:
                yield f"{part} slips by {slip_mm:.1f} mm"

    def _depths(self, track: Track) -> Iterator[str]:
        worst: dict[str, float] = {}
        for share in SHARES[::2]:
            vertices = self._vertices(sample(track, float(share)))
            for name, deep in self._deep(vertices):
                for kind, own, most in (("hard", self._hard, HARD_MM), ("soft", ~self._hard & ~self._hair, SOFT_MM)):
                    depth_mm = 1000 * float(deep[own].max())
                    if depth_mm > most:
                        key = f"something {kind} is in {name}"
                        worst[key] = max(depth_mm, worst.get(key, 0))
        yield from (f"{said} by {depth_mm:.0f} mm" for said, depth_mm in worst.items())

    def _presses(self, track: Track) -> Iterator[str]:
        worst: dict[str, float] = {}
        for share in PRESSED_SHARES:
            for press in _parts_of(self.body).presses(self._vertices(sample(track, share)), HARD_MM / 1000):
                most = HARD_MM if press.hard and press.inside in CORE else SOFT_MM
                if 1000 * press.depth_m > most:
                    key = f"{press.part} is in the {press.inside}"
                    worst[key] = max(1000 * press.depth_m, worst.get(key, 0))
        yield from (f"{said} by {depth_mm:.0f} mm" for said, depth_mm in worst.items())

    def _deep(self, vertices: Floats) -> Iterator[tuple[str, Floats]]:
        yield "the floor", -vertices[:, 1]
        for prop in self.props:
            for box in prop.surfaces():
                yield prop.name, inside(vertices, box)

    @cached_property
    def _hair(self) -> Mask:
        """Which vertices are hair, which gives way to everything."""
        parts = [self.body.triangles[part.triangles].ravel() for part in self.body.parts if part.name == "hair"]
        return np.isin(np.arange(len(self.body.vertices)), np.concatenate(parts))

    @cached_property
    def _hard(self) -> Mask:
        """Which vertices have bone close under them."""
        bones = np.flatnonzero([bone.startswith(HARD) for bone in self.body.bones])
        most = self.body.joints[np.arange(len(self.body.vertices)), self.body.weights.argmax(1)]
        return np.isin(most, bones) & ~self._hair

    def _vertices(self, frame: Frame) -> Floats:
        pose = pose_of(frame, self.baked.bones, self.body)
        return posed(self.body, pose.rotations, pose.root)[0].astype(float)

    def _poses(self, frame: Frame) -> Poses:
        pose = pose_of(frame, self.baked.bones, self.body)
        turns = pose.rotations.astype(float)
        return Poses(turns[None], heads(self.body, turns, pose.root)[None])


@cache
def _body(name: str) -> Body:
    return load_body(name)


@cache
def _parts_of(body: Body) -> Parts:
    return Parts(body)


def joint_motion(said: str) -> str:
    """The joint motion that a sentence of `beyond` is about, as the catalogue and `disagrees` name it."""
    return said.partition(":")[0].partition(" ")[0]


def _stays(start: KeyPose, full: KeyPose) -> list[Touch]:
    """What touches the same surface at both ends and does not slide."""
    last = single(full.touches)
    return [touch for touch in single(start.touches) if touch in last and not touch.slides]
