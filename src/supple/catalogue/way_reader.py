"""The ways between positions: `motions/ways.toml` as they are written, and `baked/BODY/ways/` as the bodies go them."""

from dataclasses import dataclass, replace
from functools import cache

from supple.anatomy import Position
from supple.catalogue import motion_reader
from supple.catalogue.motion_reader import NoMotion, positions
from supple.catalogue.toml_shape import CatalogueError, table, value
from supple.motion import AngleError, way
from supple.motion.baked import Baked, loads
from supple.motion.way import Passage, Station, Way
from supple.shapes import nearest

FILE = motion_reader.WAYS


class UnknownWay(LookupError):
    """There is no way of that name."""


@dataclass(frozen=True)
class _File:
    source: str
    way: tuple[Way, ...]


@cache
def ways() -> tuple[Way, ...]:
    """Every way, with every pose whole; raises CatalogueError."""
    found = tuple(_whole(made) for made in value(_File, _rows(), place=FILE).way)
    names = [made.id for made in found]
    for name in names:
        if names.count(name) > 1:
            raise CatalogueError(f"{FILE}: {name} is there {names.count(name)} times; keep one, it leads both ways.")
    return found


def way_of(name: str) -> Way:
    """The way of that name; raises UnknownWay."""
    for made in ways():
        if made.id == name:
            return made
    remedy = nearest(name, [made.id for made in ways()])
    raise UnknownWay(f"There is no way '{name}'; {remedy}{'' if remedy.endswith('?') else '.'}")


def route(begins: Position, ends: Position, *, on_bed: bool = False) -> tuple[Passage, ...]:
    """The fewest ways that lead from one position to another, in turn; raises NoRoute.

    >>> [passage.way.id for passage in route(Position.STANDING, Position.KNEELING)]
    ['standing_to_half_kneeling', 'half_kneeling_to_kneeling']
    """
    return way.route(ways(), begins, ends, on_bed=on_bed)


@cache
def baked_way(name: str, body: str) -> Baked:
    """How a body goes a way; raises UnknownWay, NoMotion, BakedError."""
    file = motion_reader.HERE / "baked" / body / "ways" / f"{way_of(name).id}.json"
    if not file.exists():
        raise NoMotion(f"{name} is not baked for {body}; make it with: make motions STRETCH=ways.")
    return loads(file.read_text(encoding="utf-8"), file.name)


def _rows() -> dict[str, object]:
    return table(motion_reader.HERE / "motions" / FILE)


def _whole(made: Way) -> Way:
    """The way with each station put on the pose of its position."""
    if made.begins is made.ends:
        raise CatalogueError(f"{FILE}: {made.id}: 'ends' is '{made.ends}' as 'begins' is; write another position.")
    if len(made.station) < 2:
        raise CatalogueError(f"{FILE}: {made.id}: 'station' has {len(made.station)} entries; a way needs at least two.")
    if not 1 <= made.anchor <= len(made.station):
        raise CatalogueError(
            f"{FILE}: {made.id}: 'anchor' is {made.anchor}; write a number from 1 to {len(made.station)}."
        )
    for number, key, wanted in ((0, "begins", made.begins), (-1, "ends", made.ends)):
        found = made.station[number].on
        if found is not wanted:
            where = "first" if number == 0 else "last"
            raise CatalogueError(
                f"{FILE}: {made.id}: 'on' of the {where} station is '{found}'; write '{wanted}', as '{key}' says."
            )
    return replace(made, station=tuple(_put(made, i, each) for i, each in enumerate(made.station, start=1)))


def _put(made: Way, number: int, station: Station) -> Station:
    whole = station.pose.on(positions()[station.on])
    gone = set(station.pose.lets_go) - {touch.part for touch in positions()[station.on].touches}
    gone -= {grip.part for grip in positions()[station.on].grips}
    if gone:
        raise CatalogueError(
            f"{FILE}: {made.id}, station {number}: 'lets_go' names {', '.join(sorted(gone))}, which "
            f"'{station.on}' does not hold; write parts as {motion_reader.POSITIONS} does."
        )
    try:
        whole.angles()
    except AngleError as error:
        raise CatalogueError(f"{FILE}: {made.id}, station {number}: {error}") from error
    return replace(station, pose=whole)
