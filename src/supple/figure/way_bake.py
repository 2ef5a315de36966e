"""The bake of the ways between positions: each station solved near the one before, and frames held in between."""

from dataclasses import replace

from supple.catalogue.motion_reader import HERE as CATALOGUE
from supple.catalogue.way_reader import way_of
from supple.figure.between import Leg, between, frame, places, room, wish
from supple.figure.body import Body, load
from supple.figure.solver import Found, Solver, touched
from supple.figure.way_faults import WayExamination
from supple.motion.baked import Baked, Track, dumps
from supple.motion.way import Way, holds, legs

FRAMES = 7  # of a leg, with the stations at both its ends
TRACK = "way"


def bake_way(name: str, body: str) -> str:
    """Writes a way for a body, proved or not, and says what came out."""
    made = WayBaker(way_of(name), load(body)).bake()
    file = CATALOGUE / "baked" / body / "ways" / f"{name}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(dumps(made), encoding="utf-8")
    proved = not WayExamination(name, body).faults()
    file.write_text(dumps(replace(made, proved=proved)), encoding="utf-8")
    return f"{name} on {body}{'' if proved else ', which is not proved'}"


class WayBaker:
    """Bakes one way for one body, and keeps its solved stations for whoever wants to look at them."""

    def __init__(self, way: Way, body: Body) -> None:
        self.way, self.body = way, body
        self.solver = Solver(body, room(way.props))
        first, *rest = (station.pose for station in way.station)
        self.found = [self.solver.solve(wish(first))]
        for before, pose in zip([first, *rest], rest, strict=False):
            pins = self._pins(before, pose, self.found[-1])
            self.found.append(self.solver.solve(wish(pose, pins)))

    def bake(self) -> Baked:
        """The way as frames, from its first station to its last."""
        row = [self.found[0]]
        for (one, other), first, last in zip(legs(self.way), self.found, self.found[1:], strict=True):
            leg = Leg(one, other, first, last)
            row += [*between(self.solver, leg, places(self.solver, one.touches, first), FRAMES), last]
        track = Track(TRACK, tuple(frame(self.solver, found) for found in row))
        return Baked(self.way.id, self.body.name, self.body.bones, None, (track,))

    def _pins(self, before, pose, found: Found) -> dict[str, tuple[float, float, float]]:
        """Where what stays on its surface from one station to the next is now."""
        still = touched(holds(before, pose), slides=False)
        return {part: self.solver.place(found, part) for part in still}
