"""What a second of work is worth to a person: weights per muscle group from `benefit.toml`, diminishing."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from supple.anatomy import MuscleGroup

UNIT_S = 5


@dataclass(frozen=True)
class Wishes:
    """What a person asks of a plan. `regions` are words of the question pain_region, `goals` of the question goals."""

    minutes: int
    regions: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    sitting_hours: float = 0.0


@dataclass(frozen=True)
class Benefit:
    """The tables of `benefit.toml`."""

    full_s: int
    enough_s: int
    regions: Mapping[str, Mapping[str, Any]]
    goals: Mapping[str, Mapping[str, Any]]
    sitting: Mapping[str, Any]
    extra: Mapping[str, int]

    @property
    def point(self) -> int:
        """The worth of one weight's full day, in which everything else is counted."""
        return (self.full_s // UNIT_S) ** 2

    def weights(self, wishes: Wishes) -> dict[MuscleGroup, int]:
        """How much each group matters to this person: the sum over regions, goals and long sitting."""
        rows = [self.regions[region] for region in wishes.regions]
        rows += [self.goals[goal] for goal in wishes.goals]
        if wishes.sitting_hours >= self.sitting["from_hours"]:
            rows.append(self.sitting)
        return {group: sum(int(row.get(group.value, 0)) for row in rows) for group in MuscleGroup}

    def table(self, weight: int, done_s: int, room_s: int) -> tuple[int, ...]:
        """The worth of 0, 5, 10 ... more seconds after `done_s` today; its length says where the room ends.

        A parabola that is level at `full_s`: the first second is worth most, every further one less.
        """
        return tuple(weight * self._worth(done_s + amount, done_s) for amount in range(0, room_s + 1, UNIT_S))

    def _worth(self, seconds: int, done_s: int) -> int:
        def missing(at_s: int) -> int:
            return max(0, self.full_s - at_s) // UNIT_S

        return missing(done_s) ** 2 - missing(seconds) ** 2


@cache
def load_benefit() -> Benefit:
    """The tables of the package.

    >>> load_benefit().regions["neck"]["neck"]
    10
    """
    table = tomllib.loads(files(__package__).joinpath("benefit.toml").read_text(encoding="utf-8"))
    return Benefit(**{key: table[key] for key in ("full_s", "enough_s", "regions", "goals", "sitting", "extra")})
