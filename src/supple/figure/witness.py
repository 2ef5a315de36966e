"""What a bake shows on its body among its things: how far contacts are off, what slips, and what goes through what.

Everything is measured on the shipped body and the shipped bake. Limits: the creases of joints are left to the eye.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from supple.figure.body import Body
from supple.figure.body import load as load_body
from supple.figure.performance import pose_of
from supple.figure.pressing import Parts
from supple.figure.props import Prop
from supple.figure.regions import regions
from supple.figure.skeleton import Floats, Poses, skeleton
from supple.figure.skinning import heads, posed
from supple.figure.surfaces import height, inside, surfaces, tops
from supple.motion import Touch
from supple.motion.baked import Baked, Frame

Mask = NDArray[np.bool_]
TOUCH_MM, SLIP_MM, HARD_MM, SOFT_MM = 5.0, 3.0, 10.0, 30.0
HARD = ("head", "finger", "wrist", "metacarpal", "foot", "toe")  # bones with little flesh over them
RESTS_M = 0.02  # of a part, what is at most so much above its lowest point bears it
CORE = ("trunk", "head")  # into which no hand, foot or head goes; limbs are flesh to them


class Witness:
    """A bake on its body, to be asked what is wrong with its frames; each fault is a sentence."""

    def __init__(self, baked: Baked, props: Sequence[Prop]) -> None:
        self.baked, self.props = baked, props
        self.body: Body = _body(baked.body)
        self.bones = skeleton(self.body)
        self.parts = regions(self.body, self.bones)
        self.surfaces, self.tops = surfaces(props), tops(props)

    def contacts(self, touches: Iterable[Touch], frame: Frame) -> Iterator[str]:
        """What floats above what it should touch, or sinks into it; `touches` name single parts."""
        vertices = self._vertices(frame)
        for touch in touches:
            off_mm = 1000 * float(height(vertices[self.parts[touch.part]], self.surfaces[touch.on]).min())
            if abs(off_mm) > TOUCH_MM:
                yield f"{touch.part} is {off_mm:.0f} mm from {touch.on}"

    def beside(self, touches: Iterable[Touch], frame: Frame) -> Iterator[str]:
        """What is as high as the thing it should rest on, but in the air beside it."""
        vertices = self._vertices(frame)
        for touch in touches:
            if box := self.tops.get(touch.on):
                own = vertices[self.parts[touch.part]]
                low = own[own[:, 1] < own[:, 1].min() + RESTS_M][:, [0, 2]]
                over = (low > np.array(box.low)[[0, 2]]) & (low < np.array(box.high)[[0, 2]])
                if not over.all(1).any():
                    yield f"{touch.part} is beside {touch.on}, not on it"

    def slips(self, still: Sequence[str], frames: Iterable[Frame]) -> Iterator[str]:
        """Which of the parts that stay do not stay where they are in the first frame."""
        places: dict[str, list[Floats]] = {part: [] for part in still}
        for frame in frames:
            vertices = self._vertices(frame)
            for part in still:
                places[part].append(vertices[self.parts[part]].mean(0))
        for part, path in places.items():
            slip_mm = 1000 * float(np.linalg.norm(np.array(path) - path[0], axis=1).max())
            if slip_mm > SLIP_MM:
                yield f"{part} slips by {slip_mm:.1f} mm"

    def depths(self, frames: Iterable[Frame]) -> Iterator[str]:
        """What is too deep inside the floor or a thing, at its deepest."""
        worst: dict[str, float] = {}
        for frame in frames:
            vertices = self._vertices(frame)
            for name, deep in self._deep(vertices):
                for kind, own, most in (("hard", self._hard, HARD_MM), ("soft", ~self._hard & ~self._hair, SOFT_MM)):
                    depth_mm = 1000 * float(deep[own].max())
                    if depth_mm > most:
                        key = f"something {kind} is in {name}"
                        worst[key] = max(depth_mm, worst.get(key, 0))
        yield from (f"{said} by {depth_mm:.0f} mm" for said, depth_mm in worst.items())

    def presses(self, frames: Iterable[Frame]) -> Iterator[str]:
        """Which parts of the body are too deep inside others, at their deepest."""
        worst: dict[str, float] = {}
        for frame in frames:
            for press in _parts_of(self.body).presses(self._vertices(frame), HARD_MM / 1000):
                most = HARD_MM if press.hard and press.inside in CORE else SOFT_MM
                if 1000 * press.depth_m > most:
                    key = f"{press.part} is in the {press.inside}"
                    worst[key] = max(1000 * press.depth_m, worst.get(key, 0))
        yield from (f"{said} by {depth_mm:.0f} mm" for said, depth_mm in worst.items())

    def poses(self, frame: Frame) -> Poses:
        """The bones' rotations and places in a frame."""
        pose = pose_of(frame, self.baked.bones, self.body)
        turns = pose.rotations.astype(float)
        return Poses(turns[None], heads(self.body, turns, pose.root)[None])

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


@cache
def _body(name: str) -> Body:
    return load_body(name)


@cache
def _parts_of(body: Body) -> Parts:
    return Parts(body)
