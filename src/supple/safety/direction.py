"""The direction of a back: what bending forwards and backwards do to it, as one word out of nine.

A directional preference was found in three of four people (Long 2004), but treatments built on it do little better than
others (Owen 2020): it serves as a comfort filter and a first choice, not as dogma.
"""

from dataclasses import dataclass

from supple.safety.rules import Condition
from supple.safety.tables import table
from supple.safety.words import Direction as Direction

UNSURE = "unsure"


@dataclass(frozen=True)
class Effect:
    """What a direction does to the choice: loads that are out, loads that stay small, and what comes first."""

    exclude: tuple[str, ...]
    smallest_arc: tuple[str, ...]
    first: tuple[str, ...]


def direction(flexion_effect: str, extension_effect: str) -> Direction:
    """The direction for what bending forwards and backwards do: worse, same, better, or unsure, which counts as same.

    >>> direction("worse", "unsure")
    <Direction.FLEXION_SENSITIVE: 'flexion_sensitive'>
    """
    counts_as = table("direction")["unsure"]["counts_as"]
    forwards, backwards = (counts_as if e == UNSURE else e for e in (flexion_effect, extension_effect))
    return Direction(table("direction")["table"][forwards][backwards])


def effect(of: Direction) -> Effect:
    """What a direction leaves out, makes small and puts first."""
    row = table("direction")["effects"][of]
    return Effect(*(tuple(row.get(part, ())) for part in ("exclude", "smallest_arc", "first")))


def smallest_arc_percent() -> int:
    """The smallest comfortable arc, in percent."""
    return int(table("direction")["smallest_arc_percent"])


def small_while_unsure() -> tuple[Condition, int]:
    """Which loads begin small while somebody is not sure of the direction, and for how many sessions."""
    unsure = table("direction")["unsure"]
    return unsure["smallest_arc_if"], int(unsure["sessions"])
