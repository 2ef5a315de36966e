"""The search: which choices, in the one fixed order of positions, are worth most in the time. Exact, and says so.

Branch and bound. Prices bound what a half-made plan can come to; what cannot beat the best plan found falls away, and
a sweep through what remains mostly settles it. Where it does not, the search decides one family and goes on with each
answer. The method and its proof stand in `docs/method/search.md`. Limit: past `NODE_LIMIT` ways looked at, the best
plan found so far is returned with `optimal` false and a bound that still holds.
"""

from math import fsum

from supple.planner.bounds import Descent, Prices, Relaxed, better, first_prices, forced, relax
from supple.planner.partial import Entry, Option, Partial, field, openings
from supple.planner.problem import Choice, Problem, Solution, order, seconds, worth
from supple.planner.sweep import Sweep

__all__ = ["Choice", "Problem", "Solution", "order", "seconds", "solve", "worth"]

NODE_LIMIT = 100_000
FIRST_ROUNDS, ROUNDS, PATIENT_ROUNDS = 16, 16, 40
FIRST_STRIDE, STRIDE, PATIENT_STRIDE = 0.3, 0.05, 0.03
NARROW, WIDE = 12, 400
FIRST_FEW = 45
FEW = 40  # that many options or fewer are swept without looking for better prices first


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
        """Every way to end, the most promising first; its prices are where the others begin."""
        starts = list(openings(self.field))
        if starts:
            top = max(starts, key=lambda start: (len(start.entries), start.value))
            self._greedy(top)
            prices = Descent(top, first_prices(top), self.objective, FIRST_STRIDE).run(FIRST_ROUNDS).prices
            bounds = [relax(start, prices).bound for start in starts]
            for bound, start in sorted(zip(bounds, starts, strict=True), key=lambda pair: -pair[0]):
                self._explore(start, bound, prices, first=True)
        return Solution(self.best, self.objective, max(self.objective, self.open_bound), self.nodes)

    def _offer(self, chosen: tuple[Choice, ...], value: int) -> None:
        if value > self.objective:
            self.objective, self.best = value, chosen

    def _explore(self, partial: Partial, bound: float, prices: Prices, *, first: bool = False) -> None:
        """Find the best that `partial` can become, where that may beat the best so far."""
        if not better(bound, self.objective):
            return
        if self.nodes > NODE_LIMIT:
            self.open_bound = max(self.open_bound, int(bound))
            return
        self.nodes += 1
        if partial.valid:
            self._offer(partial.chosen, partial.value)
        trimmed = self._trim(partial, relax(partial, prices))
        if trimmed and (not first or _size(trimmed[0]) > FEW):
            trimmed = self._trim(trimmed[0], Descent(trimmed[0], prices, self.objective, STRIDE).run(ROUNDS))
        if trimmed is None or self._sweep(*trimmed, [NARROW, WIDE] if first else [WIDE]):
            return
        partial, relaxed = trimmed
        descent = Descent(partial, relaxed.prices, self.objective, PATIENT_STRIDE)
        descent.run(PATIENT_ROUNDS, patient=True)
        trimmed = self._trim(partial, descent.best)
        if trimmed is not None:
            self._split(*trimmed, min(bound, trimmed[1].bound), descent)

    def _trim(self, partial: Partial, relaxed: Relaxed) -> tuple[Partial, Relaxed] | None:
        """Without the options that no better plan can hold; None where nothing better can come of it."""
        while relaxed.reaches(self.objective):
            entries, dropped = [], 0
            for entry, options in forced(partial, relaxed):
                kept = tuple(option for bound, option in options if better(bound, self.objective))
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

    def _sweep(self, partial: Partial, relaxed: Relaxed, widths: list[int]) -> bool:
        """Whether one pass settles it; a narrow one first finds good plans, so that the wide one keeps fewer."""
        sweep = Sweep(partial, relaxed, self.objective)
        proven = any(sweep.run(width) for width in widths)
        self.nodes += sweep.nodes
        self._offer(sweep.found, sweep.objective)
        return proven

    def _split(self, partial: Partial, relaxed: Relaxed, bound: float, descent: Descent) -> None:
        """Decide the family that is least settled: one branch for each of its options, and one without it."""
        options: dict[int, list[tuple[float, Entry, Option]]] = {}
        for entry, rows in forced(partial, relaxed):
            options.setdefault(entry.family, []).extend((most, entry, option) for most, option in rows)
        family = max(options, key=lambda f: (_undecided([row[2] for row in options[f]], partial, descent), -f))
        without = relaxed.bound - relaxed.toll.get(family, 0.0)
        branches = [(most, partial.take(entry, option)) for most, entry, option in options[family]]
        branches.append((without, partial.without(family)))
        for most, branch in sorted(branches, key=lambda pair: -pair[0]):
            if branch is not None:
                self._explore(branch, min(bound, most), relaxed.prices)

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
    """How much the picks behind the bounds waver about a family: the spread of what it gives, weighed by worth."""
    mean, square = dict[int, float](), dict[int, float]()
    for option in options:
        share = descent.tally.get(id(option), 0) / max(1, descent.rounds)
        for group, amount in option.credits:
            mean[group] = mean.get(group, 0.0) + share * amount
            square[group] = square.get(group, 0.0) + share * amount * amount
    return fsum((square[group] - mean[group] ** 2) * -partial.field.falls[group][0] for group in mean)
