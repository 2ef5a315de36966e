"""A problem as the search sees it: what some best plan might hold, in the order of a session, and nothing else."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from supple.planner.problem import Choice, Problem, order

At = tuple[int, int]  # place and phase: what comes earlier in a session has the smaller one
AT_THE_END = 1_000_000


class Option(NamedTuple):
    """A choice as the search sees it: `credits` hold only groups that matter, by their index in the Field."""

    seconds: int
    worth: int
    credits: tuple[tuple[int, int], ...]
    warms: bool
    needs_warmth: bool
    choice: Choice


class Entry(NamedTuple):
    """Options of one family at one place and phase, the longest first; at most one is taken."""

    place: int
    phase: int
    family: int
    options: tuple[Option, ...]

    @property
    def at(self) -> At:
        """Where it stands in a session."""
        return self.place, self.phase


@dataclass(frozen=True)
class Field:
    """A problem without what cannot matter: its entries in the order of a session, its ways to end, its groups.

    A group matters when more of it is worth something, or when what there is could pass its cap. `falls[g]` are the
    worths of one unit more, negated, so that they rise; `largest[g]` is the most that one choice gives. `rest` is the
    worth of the groups that are left out.
    """

    problem: Problem
    entries: tuple[Entry, ...]
    closings: tuple[Choice, ...]
    tables: tuple[tuple[int, ...], ...]
    falls: tuple[tuple[int, ...], ...]
    largest: tuple[int, ...]
    groups: dict[int, int]
    rest: int

    def credits(self, choice: Choice) -> tuple[tuple[int, int], ...]:
        """What a choice gives to the groups that matter."""
        return tuple((self.groups[group], amount) for group, amount in choice.credits if group in self.groups)

    def best_at(self, group: int, price: float) -> int:
        """The amount that is worth most when a unit costs `price`."""
        return min(bisect_left(self.falls[group], -price), len(self.tables[group]) - 1)


def field(problem: Problem) -> Field:
    """The problem as the search wants it."""
    choices = list(_useful(problem))
    supply = _supply(choices)
    matter = [
        group
        for group, amount in sorted(supply.items())
        if problem.benefit[group][-1] > problem.benefit[group][0] or amount >= len(problem.benefit[group])
    ]
    groups = {group: index for index, group in enumerate(matter)}
    tables = tuple(problem.benefit[group] for group in matter)
    bare = Field(
        problem=problem,
        entries=(),
        closings=tuple(sorted((c for c in choices if c.restful), key=lambda c: (c.warms, order(c, None), c.dose))),
        tables=tables,
        falls=tuple(tuple(a - b for a, b in pairwise(table)) for table in tables),
        largest=tuple(max(amount for c in choices for g, amount in c.credits if g == group) for group in matter),
        groups=groups,
        rest=sum(table[0] for group, table in enumerate(problem.benefit) if group not in groups),
    )
    return replace(bare, entries=_entries(choices, bare))


def _entries(choices: Sequence[Choice], field: Field) -> tuple[Entry, ...]:
    """In the order of a session, the options of one family together, the longest first.

    Within a place and phase what warms comes last: it warms only what has a later one.
    """
    options: dict[tuple[int, int, bool, int], list[Option]] = {}
    for c in sorted(choices, key=lambda c: (-c.seconds, c.stretch, c.dose)):
        option = Option(c.seconds, c.worth, field.credits(c), c.warms, c.needs_warmth, c)
        options.setdefault((c.place, c.phase, c.warms, c.family), []).append(option)
    return tuple(Entry(key[0], key[1], key[3], tuple(options[key])) for key in sorted(options))


def _supply(choices: Iterable[Choice]) -> dict[int, int]:
    """The most that could come together per group: the largest amount of every family."""
    most: dict[int, dict[int, int]] = {}
    for choice in choices:
        raise_to(most.setdefault(choice.family, {}), choice.credits)
    return sums(most.values())


def raise_to(most: dict[int, int], credits: Iterable[tuple[int, int]]) -> None:
    """Take the larger amount of each group."""
    for group, amount in credits:
        if amount > most.get(group, 0):
            most[group] = amount


def sums(families: Iterable[dict[int, int]]) -> dict[int, int]:
    """Per group, the sum over families."""
    sums: dict[int, int] = {}
    for most in families:
        for group, amount in most.items():
            sums[group] = sums.get(group, 0) + amount
    return sums


def _useful(problem: Problem) -> Iterator[Choice]:
    """The choices that some best plan might hold: they fit, can be warm in time, bring something, and have no twin."""
    quickest = _quickest_ends(problem)
    moves = sorted({(c.place, c.phase) for c in problem.choices if c.warms})
    twins = set[tuple[object, ...]]()
    for c in sorted(problem.choices, key=lambda c: (c.place, c.phase, c.stretch, c.dose)):
        alone_s = problem.setup_s[c.place] + c.seconds
        if c.restful:
            alone_s += problem.down_s * (c.place >= problem.low_from)
        else:
            alone_s += quickest[c.place]
        by = (c.place, AT_THE_END if c.restful else c.phase)
        cold = c.needs_warmth and not problem.warm and not (moves and moves[0] < by)
        serves = c.restful or (c.warms and not problem.warm)
        twin = (c.place, c.phase, c.family, c.seconds, c.credits, c.worth, c.warms, c.needs_warmth, c.restful)
        fits = alone_s <= problem.budget_s and all(amount < len(problem.benefit[group]) for group, amount in c.credits)
        if fits and not cold and twin not in twins and (serves or _gain(problem, c) > 0):
            twins.add(twin)
            yield c


def _gain(problem: Problem, choice: Choice) -> int:
    """What a choice brings at most; concave tables bring most at their beginning."""
    tables = problem.benefit
    return choice.worth + sum(
        tables[group][min(amount, len(tables[group]) - 1)] - tables[group][0] for group, amount in choice.credits
    )


def _quickest_ends(problem: Problem) -> list[int]:
    """Per place, the least time that a closing there or later adds; past the budget where there is none."""
    places = range(len(problem.setup_s))
    quickest = [problem.budget_s + 1] * len(places)
    for c in problem.choices:
        if c.restful:
            down_s = problem.down_s * (c.place >= problem.low_from)
            for place in places[: c.place + 1]:
                setup_s = problem.setup_s[c.place] if place != c.place else 0
                quickest[place] = min(quickest[place], c.seconds + setup_s + down_s)
    return quickest
