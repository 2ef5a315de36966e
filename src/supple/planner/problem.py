"""What there is to choose from, what it is worth, and what was found: the values of the search."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Choice:
    """A stretch at one dose, with both sides done.

    `credits` are (group, amount) pairs; `worth` is what it brings by itself; `place` is the index of its position.
    A plan takes at most one choice of a `family`. What `needs_warmth` needs a choice that `warms` at an earlier place
    or phase, and does not warm itself.
    """

    stretch: str
    family: int
    dose: int
    place: int
    phase: int
    seconds: int
    credits: tuple[tuple[int, int], ...]
    worth: int = 0
    warms: bool = False
    needs_warmth: bool = False
    restful: bool = False


@dataclass(frozen=True)
class Problem:
    """What may be chosen, and what it is worth.

    `benefit[g][amount]` is the worth of an amount in group g: concave and not falling, and its length is the cap: no
    plan reaches an amount outside it. `setup_s[p]` is what coming into place p costs; `down_s` is added once, for the
    first place from `low_from` on. `warm` says that movement has come before.
    """

    choices: tuple[Choice, ...]
    benefit: tuple[tuple[int, ...], ...]
    setup_s: tuple[int, ...]
    budget_s: int
    low_from: int
    down_s: int
    warm: bool = False


@dataclass(frozen=True)
class Solution:
    """The best choices found, the closing one first, their worth, and the proof: no plan is worth more than `bound`."""

    choices: tuple[Choice, ...]
    objective: int
    bound: int
    nodes: int

    @property
    def optimal(self) -> bool:
        """Whether nothing better exists."""
        return self.objective >= self.bound


def order(choice: Choice, closing: Choice | None) -> tuple[int, bool, int, str]:
    """Where a choice stands in a plan: by place, then movement, hold, rest; the closing one last of its place."""
    return choice.place, choice is closing, choice.phase, choice.stretch


def worth(problem: Problem, chosen: Sequence[Choice]) -> int:
    """The objective of `chosen`, computed from scratch."""
    amounts = [0] * len(problem.benefit)
    for choice in chosen:
        for group, amount in choice.credits:
            amounts[group] += amount
    return sum(choice.worth for choice in chosen) + sum(
        table[amount] for table, amount in zip(problem.benefit, amounts, strict=True)
    )


def seconds(problem: Problem, chosen: Sequence[Choice]) -> int:
    """How long `chosen` takes, with every change of position."""
    places = {choice.place for choice in chosen}
    low = any(place >= problem.low_from for place in places)
    return (
        sum(choice.seconds for choice in chosen)
        + sum(problem.setup_s[place] for place in places)
        + problem.down_s * low
    )
