"""What is wrong with a baked motion on a body: contacts that float or sink, parts that slip, limits that are passed.

Everything is measured at the frames and between them. Limits: what the body does to itself is measured in position,
half-way and in full.
"""

from collections.abc import Iterator

import numpy as np

from supple.catalogue import Stretch, load
from supple.catalogue.motion_reader import baked, motion
from supple.figure.joints import ranges
from supple.figure.performance import things
from supple.figure.proof import Reading, readings
from supple.figure.skeleton import vector
from supple.figure.witness import Witness
from supple.motion.angles import NAMES
from supple.motion.baked import Baked, sample
from supple.motion.key_pose import single
from supple.motion.way import holds

SHARES = tuple(np.linspace(0, 1, 17))
PRESSED_SHARES = (0.0, 0.5, 1.0)
TRUNK = ("pelvis_", "lumbar_", "thoracic_")
STRAYED_DEG = (
    15.0  # how far the trunk may end from what the motion says; further, and the solver made another pose (ours)
)
GIVE_DEG = 6.0  # how far the solver may leave a joint's range to keep a contact, which is within goniometry's own error


class Examination:
    """One stretch on one body, examined: its shipped bake, or `made`."""

    def __init__(self, stretch: str, body: str, made: Baked | None = None) -> None:
        self.stretch: Stretch = load().stretch(stretch)
        self.motion, self.baked = motion(stretch), made or baked(stretch, body)
        self.witness = Witness(self.baked, things(self.motion.props))

    def is_proved(self) -> bool:
        """Whether nothing is wrong that the motion does not explain; only then is it shown moving on this body."""
        explained = self.motion.disagrees
        wrong = [reading for reading in self.readings() if not reading.holds and reading.measure not in explained]
        beyond = [said for said in self.beyond() if joint_motion(said) not in explained]
        return not (self.faults() or wrong or beyond)

    def faults(self) -> list[str]:
        """Every fault as a sentence; empty for a motion that is right."""
        ask, begins = self.witness, self.motion.start.touches
        found: list[str] = []
        for path, track in zip(self.motion.path, self.baked.tracks, strict=True):
            still = [touch.part for touch in holds(self.motion.start, path.full) if not touch.slides]
            along = [sample(track, float(share)) for share in SHARES]
            for said in (
                *ask.contacts(single(begins), track.frames[0]),
                *ask.contacts(single(path.full.touches), track.frames[-1]),
                *ask.slips(still, along),
                *ask.depths(along[::2]),
                *ask.presses(sample(track, share) for share in PRESSED_SHARES),
            ):
                found.append(f"{track.name}: {said}")
        return found + list(self.strayed()) + list(self.unheld())

    def unheld(self) -> Iterator[str]:
        """Where the bake has no line for something that the motion carries, as one of before it was carried."""
        carried = len(self.motion.carried)
        for track in self.baked.tracks:
            if any(len(frame.carried) != carried for frame in track.frames):
                yield f"{track.name}: the motion carries {carried}, and the bake does not; bake it again"

    def strayed(self) -> Iterator[str]:
        """Where the trunk ended far from what the motion says, which no contact is worth."""
        for path, track in zip(self.motion.path, self.baked.tracks, strict=True):
            off = vector(track.angles) - vector(path.full.angles())
            for name, degrees in zip(NAMES, off, strict=True):
                if name.startswith(TRUNK) and abs(degrees) > STRAYED_DEG:
                    yield f"{track.name}: {name} is {degrees:.0f} degrees from what the motion says"

    def enter_faults(self) -> list[str]:
        """What goes through what on the way into position, at each of its frames, as sentences."""
        frames = self.baked.enter.frames if self.baked.enter else ()
        return [f"enter: {said}" for said in (*self.witness.depths(frames), *self.witness.presses(frames))]

    def readings(self) -> Iterator[Reading]:
        """The catalogue's camera measures at the end of each way, the best of two ends for a flow."""
        by_measure: dict[str, list[Reading]] = {}
        for track in self.baked.tracks:
            for reading in readings(self.stretch, self.witness.bones, self.witness.poses(track.frames[-1])):
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


def joint_motion(said: str) -> str:
    """The joint motion that a sentence of `beyond` is about, as the catalogue and `disagrees` name it."""
    return said.partition(":")[0].partition(" ")[0]
