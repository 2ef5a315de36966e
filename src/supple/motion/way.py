"""The ways between positions: from standing onto the chair, down to the floor and up again, and which to take in turn.

A way is a row of key poses, its stations. Backwards it is the same way played backwards, so each is written once.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from supple.anatomy import UPRIGHT, Position
from supple.motion.key_pose import KeyPose, Placed, Touch, single


class NoRoute(LookupError):
    """No row of ways leads from one position to another."""


@dataclass(frozen=True)
class Station:
    """A key pose on a way, by how it differs from the pose in which the position `on` begins."""

    on: Position
    pose: KeyPose = field(default_factory=KeyPose)


@dataclass(frozen=True)
class Way:
    """How one gets from one position to another: the first station is on `begins`, the last on `ends`.

    `anchor` is the station, counted from 1, in which the body takes its place; the others follow from it, so that hands
    and feet land where they will be of use. `view` shows it best; `on_bed` says that it is one of a bed and its edge,
    not of chair and floor. `passed` is the day on which its pictures passed the look; empty while they have not.
    """

    name: str
    begins: Position
    ends: Position
    view: str
    station: tuple[Station, ...]
    props: tuple[Placed, ...] = ()
    on_bed: bool = False
    anchor: int = 1
    passed: str = ""

    @property
    def id(self) -> str:
        """Its name among files: `standing_to_seated_chair`, or `..._on_bed`."""
        return f"{self.begins}_to_{self.ends}{'_on_bed' if self.on_bed else ''}"

    @property
    def has_sides(self) -> bool:
        """Whether left and right do different things, so that its mirror image is another way."""
        poses = [station.pose for station in self.station]
        return any(pose.target != pose.other or any(_is_sided(touch) for touch in pose.touches) for pose in poses)


@dataclass(frozen=True)
class Passage:
    """A way as it is gone: from its first station to its last, or backwards."""

    way: Way
    backwards: bool = False

    @property
    def leads_to(self) -> Position:
        """Where one is afterwards."""
        return self.way.begins if self.backwards else self.way.ends


def route(ways: Sequence[Way], begins: Position, ends: Position, *, on_bed: bool = False) -> tuple[Passage, ...]:
    """The fewest ways from one position to another; of two rows as short, that of the ways that stand first.

    Nothing leads from a position to itself, so there it is empty. On a bed, standing and sitting lead over its edge
    alone. Raises NoRoute.
    """
    rows: dict[Position, tuple[Passage, ...]] = {begins: ()}
    reached = [begins]
    for position in reached:
        for passage in _leaving(position, [way for way in ways if _is_open(way, on_bed=on_bed)]):
            if passage.leads_to not in rows:
                rows[passage.leads_to] = (*rows[position], passage)
                reached.append(passage.leads_to)
    if ends not in rows:
        raise NoRoute(f"No way leads from {begins} to {ends}{' on a bed' if on_bed else ''}; one has to be added.")
    return rows[ends]


def holds(one: KeyPose, other: KeyPose) -> tuple[Touch, ...]:
    """What touches the same surface in both poses, part by part; it slides where it does so in either."""
    last = {(touch.part, touch.on): touch for touch in single(other.touches)}
    return tuple(
        Touch(touch.part, touch.on, touch.slides or last[touch.part, touch.on].slides)
        for touch in single(one.touches)
        if (touch.part, touch.on) in last
    )


def legs(way: Way) -> Iterator[tuple[KeyPose, KeyPose]]:
    """Each two stations that follow one another."""
    return pairwise(station.pose for station in way.station)


def _leaving(position: Position, ways: Iterable[Way]) -> Iterator[Passage]:
    for way in ways:
        if way.begins is position:
            yield Passage(way)
        elif way.ends is position:
            yield Passage(way, backwards=True)


def _is_open(way: Way, *, on_bed: bool) -> bool:
    """Whether one may go there: on a bed the floor's ways serve only those who lie or kneel on it already."""
    if not on_bed:
        return not way.on_bed
    return way.on_bed or not {way.begins, way.ends} & set(UPRIGHT)


def _is_sided(touch: Touch) -> bool:
    return touch.part.endswith(("_target", "_other"))
