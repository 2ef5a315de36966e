"""What a second of work is worth to a person: weights per muscle group from `benefit.toml`, diminishing."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Annotated

from supple.anatomy import MuscleGroup
from supple.catalogue.stretch import Seconds
from supple.catalogue.toml_shape import complete, table, value
from supple.safety.questions import questions
from supple.shapes import Between

UNIT_S = 5
FILE = Path(__file__).with_suffix(".toml")

Weight = Annotated[int, Between(0, 10)]
GoalWeight = Annotated[int, Between(0, 12)]
Points = Annotated[int, Between(-100, 100)]


@dataclass(frozen=True)
class Wishes:
    """What a person asks of a plan. `regions` are words of the question pain_region, `goals` of the question goals.

    `stretches` are those that one would like to have in it, where they are allowed and there is time.
    """

    minutes: int
    regions: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    sitting_hours: float = 0.0
    stretches: tuple[str, ...] = ()


@dataclass(frozen=True)
class Goal:
    """What a goal adds to the weights."""

    source: str
    weights: dict[MuscleGroup, GoalWeight] = field(default_factory=dict)


@dataclass(frozen=True)
class Sitting:
    """What sitting for so many hours a day adds to the weights."""

    source: str
    from_hours: Annotated[int, Between(0, 24)]
    weights: dict[MuscleGroup, Weight]


@dataclass(frozen=True)
class Extra:
    """What a stretch is worth beside its seconds, in the unit of a weight."""

    first_for_direction: Points
    most_preferred_kind: Points
    preferred_kind: Points
    preferred_position: Points
    done_last_time: Points
    bends_a_back_that_dislikes_it: Points
    done_in_a_changed_form: Points
    another_suits_better: Points
    moves_a_sore_spine: Points
    flows_in_a_limb: Points
    eases: Points
    wished_for: Points


@dataclass(frozen=True)
class Benefit:
    """The tables of `benefit.toml`; regions and goals by the words of their questions."""

    source: str
    awaits_sign_off: bool
    full_s: Seconds
    enough_s: Seconds
    regions: dict[str, dict[MuscleGroup, Weight]]
    goals: dict[str, Goal]
    sitting: Sitting
    extra: Extra

    @property
    def point(self) -> int:
        """The worth of one weight's full day, in which everything else is counted."""
        return (self.full_s // UNIT_S) ** 2

    def weights(self, wishes: Wishes) -> dict[MuscleGroup, int]:
        """How much each group matters to this person: the sum over regions, goals and long sitting."""
        rows = [self.regions[region] for region in wishes.regions]
        rows += [self.goals[goal].weights for goal in wishes.goals]
        if wishes.sitting_hours >= self.sitting.from_hours:
            rows.append(self.sitting.weights)
        return {group: sum(row.get(group, 0) for row in rows) for group in MuscleGroup}

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
    """The tables of the package; raises CatalogueError that names the key and the remedy.

    >>> load_benefit().regions["neck"][MuscleGroup.NECK]
    10
    """
    found = value(Benefit, table(FILE), place=FILE.name)
    complete(found.regions, questions()["pain_region"].choices, f"{FILE.name}: 'regions'")
    complete(found.goals, questions()["goals"].choices, f"{FILE.name}: 'goals'")
    return found
