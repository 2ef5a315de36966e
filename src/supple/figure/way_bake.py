"""The bake of the ways between positions: stations solved with what stays from the one before, and held in between."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from supple.catalogue.motion_reader import HERE as CATALOGUE
from supple.catalogue.way_reader import way_of
from supple.figure.between import Leg, Pins, asked, frame, places, wish
from supple.figure.body import Body, load
from supple.figure.performance import things
from supple.figure.residuals import HELD
from supple.figure.solver import Found, Solver, touched
from supple.figure.way_faults import WayExamination
from supple.motion import KeyPose
from supple.motion.baked import Baked, Track, dumps
from supple.motion.way import Way, holds, legs

FRAMES = 7  # of a leg, with the stations at both its ends
SWEEPS = 2
STEPS = 30
STEADY_DEG, STEADY_M = 6.0, 0.015  # a frame this far from the middle of its neighbours is solved again from there
TRACK = "way"


def bake_way(name: str, body: str) -> str:
    """Writes a way for a body, proved or not, and says what came out."""
    made = WayBaker(way_of(name), load(body)).bake()
    file = CATALOGUE / "baked" / body / "ways" / f"{name}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(dumps(made), encoding="utf-8")
    faults = WayExamination(name, body).faults()
    file.write_text(dumps(replace(made, proved=not faults)), encoding="utf-8")
    return "\n  ".join([f"{name} on {body}{', which is not proved:' if faults else ''}", *faults])


class WayBaker:
    """Bakes one way for one body, and keeps its solved stations for whoever wants to look at them."""

    def __init__(self, way: Way, body: Body) -> None:
        self.way, self.body = way, body
        self.solver = Solver(body, things(way.props))
        poses, anchor = [station.pose for station in way.station], way.anchor - 1
        first = self.solver.solve(wish(poses[anchor]))
        before, after = self._row(poses[anchor::-1], first), self._row(poses[anchor:], first)
        self.found = [*reversed(before), *after[1:]]

    def bake(self) -> Baked:
        """The way as frames, from its first station to its last."""
        row = [self.found[0]]
        for (one, other), (first, last) in zip(legs(self.way), pairwise(self.found), strict=True):
            row += [*self.leg(Leg(one, other, first, last)), last]
        track = Track(TRACK, tuple(frame(self.solver, found) for found in row))
        return Baked(self.way.id, self.body.name, self.body.bones, None, (track,))

    def leg(self, leg: Leg) -> Sequence[Found]:
        """The poses between two stations, each near its neighbours."""
        pins = places(self.solver, leg.one.touches, leg.first)
        row = [leg.first]
        for share in np.linspace(0, 1, FRAMES)[1:-1]:
            row.append(self._held(leg, pins, leg.at(float(share)), row[-1]))
        row.append(leg.last)
        for _ in range(SWEEPS):
            for i in list(_unsteady(row)):
                middle = replace(leg, first=row[i - 1], last=row[i + 1]).at(0.5)
                again = self._held(leg, pins, middle, row[i])
                if self._off(leg, pins, again) <= max(self._off(leg, pins, row[i]), HELD):
                    row[i] = again
        return row[1:-1]

    def _held(self, leg: Leg, pins: Pins, near: Found, other: Found) -> Found:
        """The pose nearest to `near` that holds what both ends hold, found from there, or else from `other`."""
        wanted = asked(leg, pins, near)
        tried = []
        for begin in (near, other):
            tried.append(self.solver.solve(wanted, near=begin, steps=STEPS))
            if self._off(leg, pins, tried[-1]) <= HELD:
                return tried[-1]
        return min(tried, key=lambda found: self._off(leg, pins, found))

    def _off(self, leg: Leg, pins: Pins, found: Found) -> float:
        return self.solver.off(asked(leg, pins, found), found)

    def _row(self, poses: Sequence[KeyPose], first: Found) -> list[Found]:
        """Each pose solved with what stays from the one before where it is there."""
        row = [first]
        for before, pose in pairwise(poses):
            still = touched(holds(before, pose), slides=False)
            wanted = wish(pose, {part: self.solver.place(row[-1], part) for part in still})
            tried = [self.solver.solve(wanted, near=near) for near in (None, row[-1])]
            row.append(min(tried, key=lambda found: self.solver.cost(wanted, found)))
        return row


def _unsteady(row: Sequence[Found]) -> Iterator[int]:
    """Which poses stand out from between their neighbours."""
    for i, (before, own, after) in enumerate(zip(row, row[1:], row[2:], strict=False), start=1):
        turned = np.abs(own.angles - (before.angles + after.angles) / 2).max()
        moved = np.abs(own.root - (before.root + after.root) / 2).max()
        if turned > STEADY_DEG or moved > STEADY_M:
            yield i
