"""The search: which choices, in the one fixed order of positions, are worth most in the time. Exact, and says so.

Branch and bound. Prices bound what a half-made plan can come to; what cannot beat the best plan found falls away, and
a sweep through what remains mostly settles it. Where it does not, the search decides one family and goes on with each
answer. The method and its proof stand in `docs/method/search.md`. Limit: past `NODE_LIMIT` half-made plans looked at,
the best plan found so far is returned with `optimal` false and a bound that still holds.
"""

from math import fsum

from supple.planner.bounds import EPSILON, Descent, Prices, Relaxed, better, first_prices, forced, least, relax
from supple.planner.field import Entry, Option, field
from supple.planner.partial import Partial, openings
from supple.planner.problem import Choice, Problem, Solution, order, seconds, worth
from supple.planner.sweep import Sweep

__all__ = ["Choice", "Problem", "Solution", "order", "seconds", "solve", "worth"]

NODE_LIMIT = 2_000
FIRST_ROUNDS, ROUNDS, BRANCH_ROUNDS = 16, 30, 35
FIRST_STRIDE, STRIDE, BRANCH_STRIDE = 0.3, 0.2, 0.1
NARROW = 30  # ways that a first sweep keeps, to find good plans
FEW = 40  # that many options or fewer are swept without looking for better prices first
MANY = 70  # more options than that are not swept in a branch: it would hardly ever end within `SWEEP_LIMIT`
SWEEP_LIMIT = 3_000  # ways that a sweep may take for a proof

Open = tuple[float, int, Partial, Relaxed]


def solve(problem: Problem) -> Solution:
    """The plan worth most. The empty plan, worth nothing, when no restful end fits into the time.

    >>> rest = Choice("rest", family=0, dose=0, place=0, phase=2, seconds=60, credits=((0, 1),), restful=True)
    >>> found = solve(Problem((rest,), ((0, 5),), setup_s=(10,), budget_s=90, low_from=1, down_s=0))
    >>> found.objective, found.optimal
    (5, True)
    """
    return _Search(problem).run()


class _Search:
    """The best plan so far, and the bound of everything that was left open."""

    def __init__(self, problem: Problem) -> None:
        self.field = field(problem)
        self.best: tuple[Choice, ...] = ()
        self.objective = sum(table[0] for table in problem.benefit)
        self.open_bound = self.objective
        self.nodes = 0

    def run(self) -> Solution:
        """Every way to end, the most promising first; what is not settled at once is searched after all of them."""
        starts = list(openings(self.field))
        if starts:
            top = max(starts, key=lambda start: (len(start.entries), start.value))
            self._greedy(top)
            prices = Descent(top, first_prices(top), self.objective, FIRST_STRIDE).run(FIRST_ROUNDS).prices
            found = [(relax(start, prices), start) for start in starts]
            left = list[Open]()
            for relaxed, start in sorted(found, key=lambda pair: -pair[0].bound):
                if relaxed.reaches(self.objective):
                    if prices is not relaxed.prices:
                        relaxed = relax(start, prices)
                    prices = self._begin(start, relaxed, left)
            for _, _, partial, relaxed in sorted(left, key=lambda row: row[:2]):
                self._explore(partial, relaxed, relaxed.bound)
        return Solution(self.best, self.objective, max(self.objective, self.open_bound), self.nodes)

    def _offer(self, chosen: tuple[Choice, ...], value: int) -> None:
        if value > self.objective:
            self.objective, self.best = value, chosen

    def _begin(self, start: Partial, relaxed: Relaxed, left: list[Open]) -> Prices:
        """Settle one way to end, or add what is left of it to `left`; the prices with which the next one begins."""
        if start.valid:
            self._offer(start.chosen, start.value)
        trimmed = self._trim(start, relaxed)
        if trimmed and _size(trimmed[0]) > FEW:
            relaxed = Descent(trimmed[0], relaxed.prices, self.objective, STRIDE).run(ROUNDS)
            trimmed = self._trim(trimmed[0], relaxed)
        if trimmed and not self._swept(*trimmed, NARROW):
            left.append((-trimmed[1].bound, len(left), *trimmed))
        return relaxed.prices

    def _explore(self, partial: Partial, relaxed: Relaxed, bound: float) -> None:
        """Find the best that `partial` can become, where that may beat the best so far."""
        trimmed = self._trim(partial, relaxed)
        if trimmed is None:
            return
        if self.nodes >= NODE_LIMIT:
            self.open_bound = max(self.open_bound, int(min(bound, trimmed[1].bound) + EPSILON))
            return
        self.nodes += 1
        descent = Descent(trimmed[0], trimmed[1].prices, self.objective, BRANCH_STRIDE)
        trimmed = self._trim(trimmed[0], descent.run(BRANCH_ROUNDS))
        if trimmed and not (_size(trimmed[0]) <= MANY and self._swept(*trimmed)):
            self._split(*trimmed, descent)

    def _trim(self, partial: Partial, relaxed: Relaxed) -> tuple[Partial, Relaxed] | None:
        """Without the options that no better plan can hold; None where nothing better can come of it."""
        while relaxed.reaches(self.objective):
            entries, dropped, needed = [], 0, least(self.objective)
            for entry, options in forced(partial, relaxed):
                kept = tuple([option for bound, option in options if bound >= needed])
                dropped += len(entry.options) - len(kept)
                if kept:
                    entries.append(entry._replace(options=kept))
            if not dropped:
                return partial, relaxed
            smaller = partial.only(entries)
            if smaller is None:
                return None
            partial, relaxed = smaller, relax(smaller, relaxed.prices)
        return None

    def _swept(self, partial: Partial, relaxed: Relaxed, narrow: int = 0) -> bool:
        """Whether a sweep settles it; a narrow one first finds good plans, so that the other keeps fewer ways."""
        sweep = Sweep(partial, relaxed, self.objective)
        proven = (narrow > 0 and sweep.run(narrow)) or sweep.proves(SWEEP_LIMIT)
        self._offer(sweep.found, sweep.objective)
        return proven

    def _split(self, partial: Partial, relaxed: Relaxed, descent: Descent) -> None:
        """Decide the family that is least settled: one branch for each of its options, and one without it."""
        options: dict[int, list[tuple[float, Entry, Option]]] = {}
        for entry, rows in forced(partial, relaxed):
            options.setdefault(entry.family, []).extend((most, entry, option) for most, option in rows)
        family = max(options, key=lambda f: (_undecided([row[2] for row in options[f]], partial, descent), -f))
        without = relaxed.bound - relaxed.toll.get(family, 0.0)
        branches = [(most, partial.take(entry, option)) for most, entry, option in options[family]]
        branches.append((without, partial.without(family)))
        for most, branch in sorted(branches, key=lambda pair: -pair[0]):
            if branch is not None and better(most, self.objective):
                self._enter(branch, most, relaxed.prices)

    def _enter(self, branch: Partial, most: float, prices: Prices) -> None:
        """Explore a branch that is worth `most` at most."""
        if branch.valid:
            self._offer(branch.chosen, branch.value)
        relaxed = relax(branch, prices)
        self._explore(branch, relaxed, min(most, relaxed.bound))

    def _greedy(self, partial: Partial) -> None:
        """A first plan: again and again the step up, to another dose or another family, that brings most per second."""
        while True:
            if partial.valid:
                self._offer(partial.chosen, partial.value)
            best, step = 0.0, None
            for entry in partial.entries:
                setup_s = partial.setup_s(entry.place)
                for option in entry.options:
                    if not option.needs_warmth or partial.warm(entry.at):
                        rate = _gain(partial, option) / max(1, option.seconds + setup_s)
                        if rate > best:
                            best, step = rate, (entry, option)
            if step is None:
                return
            further = partial.take(*step)
            if further is None:
                return
            partial = further


def _size(partial: Partial) -> int:
    return sum(len(entry.options) for entry in partial.entries)


def _gain(partial: Partial, option: Option) -> int:
    """What an option adds now."""
    tables, gain = partial.field.tables, option.worth
    for group, amount in option.credits:
        table, had = tables[group], partial.amounts[group]
        gain += table[had + amount] - table[had]
    return gain


def _undecided(options: list[Option], partial: Partial, descent: Descent) -> float:
    """How much the picks behind the bounds waver about a family: the spread of what it gives, weighed by worth.

    The more options, the more branches, so that a family with few goes first.
    """
    mean, square = dict[int, float](), dict[int, float]()
    for option in options:
        share = descent.tally.get(id(option), 0) / max(1, descent.rounds)
        for group, amount in option.credits:
            mean[group] = mean.get(group, 0.0) + share * amount
            square[group] = square.get(group, 0.0) + share * amount * amount
    spread = fsum((square[group] - mean[group] ** 2) * -partial.field.falls[group][0] for group in mean)
    return spread / (1 + len(options))
