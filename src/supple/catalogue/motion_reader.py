"""The motions of the catalogue: `motions/*.toml` as they are written, and `baked/` as the bodies move them."""

from dataclasses import replace
from functools import cache
from pathlib import Path

from supple.anatomy import Position
from supple.catalogue.reader import load
from supple.catalogue.toml_shape import CatalogueError, table, value
from supple.motion import AngleError, KeyPose, Motion
from supple.motion.baked import Baked, loads

HERE = Path(__file__).parent
POSITIONS, WAYS = "positions.toml", "ways.toml"


class NoMotion(LookupError):
    """A stretch has no motion yet, or none for that body."""


@cache
def positions() -> dict[Position, KeyPose]:
    """The pose in which each position begins."""
    rows = table(HERE / "motions" / POSITIONS)
    found = {name: row for name, row in rows.items() if name not in ("source",)}
    return {Position(name): value(KeyPose, row, place=f"{POSITIONS}: {name}") for name, row in found.items()}


def motions() -> list[str]:
    """The stretches that have a motion."""
    files = sorted((HERE / "motions").glob("*.toml"))
    return [file.stem for file in files if file.name not in (POSITIONS, WAYS)]


@cache
def motion(stretch: str) -> Motion:
    """The motion of a stretch, with every pose whole; raises UnknownStretch, NoMotion, CatalogueError."""
    known = load().stretch(stretch)
    file = HERE / "motions" / f"{stretch}.toml"
    if not file.exists():
        raise NoMotion(f"{stretch} has no motion yet; its words say how it is done.")
    made = value(Motion, table(file), place=file.name)
    if made.stretch != stretch:
        raise CatalogueError(f"{file.name}: 'stretch' is '{made.stretch}'; write '{stretch}', or rename the file.")
    if made.base is not known.start_position and not made.base_differs:
        raise CatalogueError(
            f"{file.name}: 'base' is {made.base}, but it begins {known.start_position}; give 'base_differs' a reason."
        )
    try:
        return _whole(made)
    except AngleError as error:
        raise CatalogueError(f"{file.name}: {error}") from error


@cache
def baked(stretch: str, body: str) -> Baked:
    """How a body moves a stretch; raises UnknownStretch, NoMotion, BakedError."""
    load().stretch(stretch)
    file = HERE / "baked" / body / f"{stretch}.json"
    if not file.exists():
        raise NoMotion(f"{stretch} is not baked for {body}; make it with: make motions.")
    return loads(file.read_text(encoding="utf-8"), file.name)


def _whole(made: Motion) -> Motion:
    """The motion with each pose put on the one that it builds on."""
    start = made.start.on(positions()[made.base])
    paths = tuple(replace(path, full=path.full.on(start)) for path in made.path)
    for pose in (start, *(path.full for path in paths)):
        pose.angles()
    return replace(made, start=start, path=paths)
