"""The order of positions in a session and the seconds between them, read from `timing.toml`."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from supple.anatomy import Position
from supple.catalogue import load
from supple.catalogue.stretch import Seconds
from supple.catalogue.toml_shape import CatalogueError, complete, table, value
from supple.shapes import nearest

FILE = Path(__file__).with_suffix(".toml")


@dataclass(frozen=True)
class Timing:
    """Seconds into, between and out of positions; `order` is the one fixed order of positions.

    A break of `cold_after_s` undoes a warm-up.
    """

    source: str
    awaits_sign_off: bool
    order: tuple[Position, ...]
    upright: tuple[Position, ...]
    brief_to_minutes: Seconds
    into_a_stretch_s: Seconds
    into_a_stretch_65_plus_s: Seconds
    change_sides_s: Seconds
    change_sides_65_plus_s: Seconds
    change_position_s: Seconds
    way_down_s: Seconds
    way_down_65_plus_s: Seconds
    move_each_way_s: Seconds
    cold_after_s: Seconds
    to_prepare_s: dict[str, Seconds]
    to_rest_first_s: dict[str, Seconds]
    to_leave_s: dict[str, Seconds]

    @property
    def low_from(self) -> int:
        """The index in `order` of the first position that lies below a chair."""
        return len(self.upright)

    def place(self, position: Position) -> int:
        """The index of a position in `order`."""
        return self.order.index(position)


@cache
def load_timing() -> Timing:
    """The times of the package; raises CatalogueError that names the key and the remedy.

    >>> load_timing().order[0]
    <Position.STANDING: 'standing'>
    """
    found = value(Timing, table(FILE), place=FILE.name)
    complete(found.order, list(Position), f"{FILE.name}: 'order'")
    if len(found.order) > len(Position):
        raise CatalogueError(f"{FILE.name}: 'order' has a position twice; keep one of them.")
    if found.upright != found.order[: len(found.upright)]:
        raise CatalogueError(
            f"{FILE.name}: 'upright' is not how 'order' begins; let both begin with the same positions."
        )
    for key in ("to_prepare_s", "to_rest_first_s", "to_leave_s"):
        for stretch in getattr(found, key):
            if stretch not in load().stretches:
                known = nearest(stretch, load().stretches)
                raise CatalogueError(f"{FILE.name}: '{key}': there is no stretch '{stretch}'; {known}")
    return found
