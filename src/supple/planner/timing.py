"""The order of positions in a session and the seconds between them, read from `timing.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from supple.anatomy import Position


@dataclass(frozen=True)
class Timing:
    """Seconds into, between and out of positions; `order` is the one fixed order of positions."""

    order: tuple[Position, ...]
    upright: tuple[Position, ...]
    into_a_stretch_s: int
    into_a_stretch_65_plus_s: int
    change_sides_s: int
    change_sides_65_plus_s: int
    change_position_s: int
    way_down_s: int
    way_down_65_plus_s: int
    move_each_way_s: int

    @property
    def low_from(self) -> int:
        """The index in `order` of the first position that lies below a chair."""
        return len(self.upright)

    def place(self, position: Position) -> int:
        """The index of a position in `order`."""
        return self.order.index(position)


@cache
def load_timing() -> Timing:
    """The times of the package.

    >>> load_timing().order[0]
    <Position.STANDING: 'standing'>
    """
    table = tomllib.loads(files(__package__).joinpath("timing.toml").read_text(encoding="utf-8"))
    seconds = {key: value for key, value in table.items() if key.endswith("_s")}
    return Timing(
        order=tuple(Position(word) for word in table["order"]),
        upright=tuple(Position(word) for word in table["upright"]),
        **seconds,
    )
