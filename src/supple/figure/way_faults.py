"""What is wrong with a way between positions on a body: measured at every frame, and half-way between two.

Limits: whether one would keep one's balance, and whether it looks like a person, is left to the eye.
"""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from supple.catalogue.way_reader import baked_way, way_of
from supple.figure.performance import things
from supple.figure.skeleton import Floats
from supple.figure.witness import Witness
from supple.motion import KeyPose
from supple.motion.baked import Frame, between
from supple.motion.key_pose import single
from supple.motion.way import holds, legs

TURN_DEG, MOVE_M = 45.0, 0.12  # the most that a bone turns, and the pelvis moves, from one frame to the next (ours)


class WayExamination:
    """One way on one body, examined."""

    def __init__(self, name: str, body: str) -> None:
        self.way, self.baked = way_of(name), baked_way(name, body)
        self.witness = Witness(self.baked, things(self.way.props))
        self.frames = self.baked.tracks[0].frames
        self.frames_of_leg = (len(self.frames) - 1) // (len(self.way.station) - 1)

    def faults(self) -> list[str]:
        """Every fault as a sentence that names its station or leg; empty for a way that is right."""
        found = []
        for number, station in enumerate(self.way.station):
            frame = self.frames[number * self.frames_of_leg]
            touches = single(station.pose.touches)
            for said in (*self.witness.contacts(touches, frame), *self.witness.beside(touches, frame)):
                found.append(f"station {number + 1}: {said}")
        for number, (one, other) in enumerate(legs(self.way), start=1):
            found += [f"leg {number}: {said}" for said in dict.fromkeys(self._of_leg(number, one, other))]
        return found

    def _of_leg(self, number: int, one: KeyPose, other: KeyPose) -> Iterator[str]:
        begin = (number - 1) * self.frames_of_leg
        own = self.frames[begin : begin + self.frames_of_leg + 1]
        along = [frame for pair in pairwise(own) for frame in (pair[0], between(*pair, 0.5))]
        along.append(own[-1])
        held, ask = holds(one, other), self.witness
        for frame in own[1:-1]:
            yield from ask.contacts(held, frame)
        yield from ask.slips([touch.part for touch in held if not touch.slides], along)
        yield from ask.depths(along)
        yield from ask.presses(own)
        yield from _jumps(own)


def _jumps(frames: tuple[Frame, ...]) -> Iterator[str]:
    """Where the body leaps from one frame to the next."""
    turns = np.array([frame.rotations for frame in frames])
    places = np.array([frame.pelvis for frame in frames])
    cosines: Floats = np.abs((turns[1:] * turns[:-1]).sum(2))
    turned = float(np.degrees(2 * np.arccos(np.clip(cosines, 0, 1))).max())
    moved = float(np.linalg.norm(np.diff(places, axis=0), axis=1).max())
    if turned > TURN_DEG:
        yield f"a bone turns by {turned:.0f} degrees between two frames"
    if moved > MOVE_M:
        yield f"the pelvis moves by {1000 * moved:.0f} mm between two frames"
