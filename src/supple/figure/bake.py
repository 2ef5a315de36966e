"""From a motion to its bake: each key pose solved on a body, and the ways between them held to what they touch.

`python -m supple.figure.bake [STRETCH ...]` writes `catalogue/baked/BODY/STRETCH.json` for every body; the word `ways`
stands for every way between positions, which go to `catalogue/baked/BODY/ways/`. A bake that is proved, and was looked
at, is never replaced by one that is not.
"""

import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace

from supple.catalogue import load as catalogue
from supple.catalogue.motion_reader import HERE as CATALOGUE
from supple.catalogue.motion_reader import motion, motions, positions
from supple.catalogue.way_reader import ways
from supple.figure.between import Leg, Pins, between, frame, named, places, wish
from supple.figure.body import Body, load
from supple.figure.body import names as body_names
from supple.figure.carrying import lines
from supple.figure.faults import Examination
from supple.figure.joints import ranges
from supple.figure.performance import things
from supple.figure.proof import measures
from supple.figure.residuals import Asked
from supple.figure.skeleton import poses
from supple.figure.skinning import posed
from supple.figure.solver import Found, Solver, touched
from supple.figure.way_bake import bake_way
from supple.motion import Motion, Path
from supple.motion.baked import Baked, Frame, Track, dumps

FRAMES = 9
LEAST_DEG = 0.5  # an angle below this is not worth a word
WAYS = "ways"


def main(words: list[str]) -> int:
    """Bake the named stretches and ways, or all there are, for every body, and write what came out."""
    known = [made.id for made in ways()]
    asked = words or [*motions(), WAYS]
    named = [name for word in asked for name in (known if word == WAYS else [word])]
    jobs = [(name, body) for body in body_names() for name in named]
    with ProcessPoolExecutor() as pool:
        for number, said in enumerate(pool.map(_bake_one, jobs), start=1):
            print(f"{number} of {len(jobs)}: {said}", flush=True)
    return 0


def _bake_one(job: tuple[str, str]) -> str:
    stretch, body = job
    if stretch in [made.id for made in ways()]:
        return bake_way(stretch, body)
    file = CATALOGUE / "baked" / body / f"{stretch}.json"
    file.parent.mkdir(parents=True, exist_ok=True)
    made = Baker(motion(stretch), load(body)).bake()
    found = Examination(stretch, body, made)
    proved, enters = found.is_proved(), not found.enter_faults()
    if not proved and file.is_file() and Examination(stretch, body).is_proved():
        return f"{stretch} on {body}, which stays as it was: what came out is not proved"
    file.write_text(dumps(replace(made, proved=proved, enter_proved=enters)), encoding="utf-8")
    return f"{stretch} on {body}{'' if proved else ', which is not proved'}{'' if enters else ', nor the way into it'}"


class Baker:
    """Bakes one motion for one body, and keeps the solved poses for whoever wants to look at them."""

    def __init__(self, motion: Motion, body: Body) -> None:
        self.motion, self.body = motion, body
        self.solver = Solver(body, things(motion.props))
        self.start = self.solver.solve(wish(motion.start))
        self.pins = places(self.solver, motion.start.touches, self.start)
        self.fulls = {path.name: self._full(path) for path in motion.path}

    def bake(self) -> Baked:
        """The motion as frames."""
        base = positions()[self.motion.base]
        begun = self.solver.solve(wish(base, pelvis_m=self.motion.start.pelvis_m))
        enter = self._track("enter", Leg(base, self.motion.start, begun, self.start), {})
        ways = [(p.name, Leg(self.motion.start, p.full, self.start, self.fulls[p.name])) for p in self.motion.path]
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

    def _track(self, name: str, leg: Leg, pins: Pins) -> Track:
        angles = {name: value for name, value in named(leg.last.angles).items() if abs(value) >= LEAST_DEG}
        row = (leg.first, *between(self.solver, leg, pins, FRAMES), leg.last)
        return Track(name, tuple(self._frame(found) for found in row), angles)

    def _frame(self, found: Found) -> Frame:
        """A solved pose as a frame, with what is held."""
        if not self.motion.carried:
            return frame(self.solver, found)
        turns = poses(self.solver.skeleton, found.angles, found.root).rotations[0]
        return frame(self.solver, found, lines(self.motion, self.body, posed(self.body, turns, found.root)[0]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
