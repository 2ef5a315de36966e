"""The search: which choices, in the one fixed order of positions, are worth most in the time there is. Exact, and says so.

A depth-first search through the positions in their order. What the rest of a branch could still add is bounded twice over:
each muscle group's diminishing benefit is replaced by a price per second (Lagrange), and under these prices a table over the
remaining time gives the best that later positions can do, changes of position included. The method and its proof stand in
`docs/method/planner.md`. Limits: past `NODE_LIMIT` nodes the best plan found so far is
returned with `optimal` false and a bound that still holds.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

TICK_S = 5
NODE_LIMIT = 150_000
PRICE_ROUNDS = 30
EPSILON = 1e-6


@dataclass(frozen=True)
class Choice:
    """A stretch at one dose, with both sides done.

    `credits` are (group, amount) pairs; `worth` is what it brings by itself; `place` is the index of its position.
    A plan takes at most one choice of a `family`.
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

    `benefit[g][amount]` is the worth of an amount in group g: concave and not falling, and its length is the cap: no plan
    reaches an amount outside it. `setup_s[p]` is what coming into place p costs; `down_s` is added once, for the first
    place from `low_from` on. `warm` says that movement has come before.
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
    """The best choices in order, their worth, and the proof: no plan is worth more than `bound`."""

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


def solve(problem: Problem) -> Solution:
    """The plan worth most. The empty plan, worth nothing, when no restful end fits into the time."""
    return _Search(problem).run()


Blocks = list[list[list[Choice]]]
Outlook = tuple[list[list[float]], list[tuple[int, list[float]]]]


class _Search:
    """The best plan so far, over every way to end."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.best: tuple[Choice, ...] = ()
        self.objective = sum(table[0] for table in problem.benefit)
        self.nodes = 0
        self.open_bound = 0

    def run(self) -> Solution:
        problem = self.problem
        fitting = [choice for choice in problem.choices if seconds(problem, [choice]) <= problem.budget_s]
        closings = [choice for choice in fitting if choice.restful]
        if closings:
            blocks = _blocks(fitting, len(problem.setup_s))
            prices = _prices(problem, blocks)
            ends = _Ends(problem, prices, blocks)
            for closing in sorted(closings, key=lambda c: (-ends.bound(c), order(c, None), c.dose)):
                self._close(closing, ends)
        return Solution(self.best, self.objective, max(self.objective, self.open_bound), self.nodes)

    def _close(self, closing: Choice, ends: "_Ends") -> None:
        """Search every plan that ends with `closing`."""
        problem = self.problem
        amounts = [0] * len(problem.benefit)
        for group, amount in closing.credits:
            amounts[group] += amount
        if any(amount >= len(table) for table, amount in zip(problem.benefit, amounts, strict=True)):
            return
        queue, tables = ends.queue[closing.place], ends.tables[closing.place]
        benefit, setup_s = problem.benefit, problem.setup_s
        outlooks = ends.outlooks[closing.place]
        chosen = [closing]
        last = len(queue)

        def visit(k: int, left: int, value: int, priced: float, place: int, warm: bool, taken: int) -> None:
            self.nodes += 1
            if value > self.objective and (warm or not closing.needs_warmth):
                self.objective, self.best = value, tuple(chosen)
            if self.nodes > NODE_LIMIT:
                return
            while k < last:
                most, lost = outlooks[k]
                for group, table in lost:
                    priced -= table[amounts[group]]
                here, options = queue[k]
                ready = here in (place, closing.place)
                bound = int(priced + tables[k][ready][left // TICK_S] + EPSILON)
                if bound <= self.objective:
                    return
                if self.nodes > NODE_LIMIT:
                    self.open_bound = max(self.open_bound, bound)
                    return
                k += 1
                family = 1 << options[0].family
                if taken & family:
                    continue
                room = left if ready else left - setup_s[here]
                for option in options:
                    rest = room - option.seconds
                    if rest < 0 or (option.needs_warmth and not warm):
                        continue
                    gain, bonus = option.worth, float(option.worth)
                    for group, amount in option.credits:
                        table, had = benefit[group], amounts[group]
                        if had + amount >= len(table):
                            break
                        gain += table[had + amount] - table[had]
                        bonus += most[group][had + amount] - most[group][had]
                    else:
                        for group, amount in option.credits:
                            amounts[group] += amount
                        chosen.append(option)
                        visit(k, rest, value + gain, priced + bonus, here, warm or option.warms, taken | family)
                        chosen.pop()
                        for group, amount in option.credits:
                            amounts[group] -= amount

        value = closing.worth + sum(table[a] for table, a in zip(benefit, amounts, strict=True))
        left = problem.budget_s - seconds(problem, [closing])
        first = closing.worth + sum(outlooks[0][0][group][amount] for group, amount in enumerate(amounts))
        visit(0, left, value, first, -1, problem.warm, 1 << closing.family)


def _blocks(choices: Sequence[Choice], places: int) -> Blocks:
    """Per place, in order of phase, the choices of one family together, the longest first."""
    blocks: dict[tuple[int, int, int], list[Choice]] = {}
    for choice in sorted(choices, key=lambda c: (-c.seconds, c.stretch, c.dose)):
        blocks.setdefault((choice.place, choice.phase, choice.family), []).append(choice)
    return [[blocks[key] for key in sorted(blocks) if key[0] == place] for place in range(places)]


class _Ends:
    """For each place where a plan may end: what may come before, and how much that can add in the time left."""

    def __init__(self, problem: Problem, prices: list[float], blocks: Blocks) -> None:
        self.problem, self.prices = problem, prices
        self.queue: dict[int, list[tuple[int, list[Choice]]]] = {}
        self.tables: dict[int, list[tuple[list[float], list[float]]]] = {}
        self.outlooks: dict[int, list[Outlook]] = {}
        places = {choice.place for choice in problem.choices if choice.restful}
        for end in places:
            self.queue[end] = [(place, options) for place in range(end + 1) for options in blocks[place]]
            self.tables[end] = self._tables(self.queue[end], end)
            self.outlooks[end] = _outlooks(self.queue[end], problem, prices)

    def priced(self, choice: Choice) -> float:
        """The worth of a choice under the prices."""
        return choice.worth + sum(self.prices[group] * amount for group, amount in choice.credits)

    def bound(self, closing: Choice) -> float:
        """No plan that ends with `closing` is worth more."""
        left = self.problem.budget_s - seconds(self.problem, [closing])
        tables = self.tables[closing.place]
        ready = self.queue[closing.place][0][0] == closing.place
        outlook = self.outlooks[closing.place][0][0]
        return (
            sum(outlook[group][0] for group in range(len(self.prices)))
            + self.priced(closing)
            + tables[0][ready][left // TICK_S]
        )

    def _tables(self, queue: list[tuple[int, list[Choice]]], end: int) -> list[tuple[list[float], list[float]]]:
        """Per entry of the queue, twice the most that it and what follows can add by ticks of time left: when its place
        is still to be reached, and when one is there already. The way
        to the place where the plan ends is paid already. Costs are rounded down to whole ticks, so it stays a bound."""
        size = self.problem.budget_s // TICK_S + 1
        after = [0.0] * size
        there = after
        tables: list[tuple[list[float], list[float]]] = []
        for index in range(len(queue) - 1, -1, -1):
            place, options = queue[index]
            if index + 1 == len(queue) or queue[index + 1][0] != place:
                after = tables[-1][0] if tables else after
                there = after
            there = self._with(options, there)
            setup = 0 if place == end else self.problem.setup_s[place] // TICK_S
            reached = [0.0] * setup + there[: size - setup] if setup else there
            tables.append(([max(pair) for pair in zip(after, reached, strict=True)], there))
        return tables[::-1]

    def _with(self, options: list[Choice], without: list[float]) -> list[float]:
        """`without`, or better where one of `options` fits."""
        best = without
        for option in options:
            ticks, priced = option.seconds // TICK_S, self.priced(option)
            if priced > 0:
                shifted = [0.0] * ticks + [worth + priced for worth in without[: len(without) - ticks]]
                best = [max(pair) for pair in zip(best, shifted, strict=True)]
        return best


def _outlooks(queue: list[tuple[int, list[Choice]]], problem: Problem, prices: list[float]) -> list[Outlook]:
    """Per entry of the queue, the most that each group can come to, now that only this entry and what follows can add to it;
    and by how much less that is than one entry before."""
    supply = [0] * len(prices)
    outlooks: list[Outlook] = []
    ahead = [_most(table, price, 0) for table, price in zip(problem.benefit, prices, strict=True)]
    for _, options in reversed(queue):
        most, lost = list(ahead), []
        adds = dict.fromkeys((group for option in options for group, _ in option.credits), 0)
        for option in options:
            for group, amount in option.credits:
                adds[group] = max(adds[group], amount)
        for group, amount in adds.items():
            supply[group] += amount
            most[group] = _most(problem.benefit[group], prices[group], supply[group])
            if most[group] != ahead[group]:
                lost.append((group, [now - later for now, later in zip(most[group], ahead[group], strict=True)]))
        if outlooks:
            outlooks[-1] = (outlooks[-1][0], lost)
        outlooks.append((most, []))
        ahead = most
    return outlooks[::-1]


def _most(table: tuple[int, ...], price: float, supply: int) -> list[float]:
    """By amount already there: the most that the group can come to, when up to `supply` more is bought at `price`."""
    peak = max(range(len(table)), key=lambda amount: table[amount] - price * amount)
    aims = [max(amount, min(peak, amount + supply)) for amount in range(len(table))]
    return [table[aim] - price * (aim - amount) for amount, aim in enumerate(aims)]


def _prices(problem: Problem, blocks: Blocks) -> list[float]:
    """Prices per unit of each group under which the bound is small: subgradient descent, with time priced as well."""
    tables = problem.benefit
    tops = [float(max((b - a for a, b in pairwise(table)), default=0)) for table in tables]
    price, per_second = [top * 0.6 for top in tops], _first_price(problem, tops)
    corners = [_corners(table) for table in tables]
    best, kept, stride, stall = float("inf"), (price, per_second), 1.0, 0
    for _ in range(PRICE_ROUNDS):
        bound, unused_s, surplus = _relaxed(problem, blocks, corners, price, per_second)
        if bound < best - EPSILON:
            best, kept, stall = bound, (price, per_second), 0
        else:
            stall += 1
            if stall == 3:
                stride, stall = stride / 2, 0
        scale = [1.0 / max(1, len(table)) for table in tables]
        length = sum((s * k) ** 2 for s, k in zip(surplus, scale, strict=True)) + (unused_s / problem.budget_s) ** 2
        if length < EPSILON:
            break
        step = stride * 0.1 * best / length
        price = [
            min(top, max(0.0, p - step * s * k * k)) for p, s, k, top in zip(price, surplus, scale, tops, strict=True)
        ]
        per_second = max(0.0, per_second - step * unused_s / problem.budget_s**2)
    return kept[0]


def _corners(table: tuple[int, ...]) -> list[int]:
    """The amounts where the slope of a concave table changes: one of them is best under any price."""
    inner = [a for a in range(1, len(table) - 1) if table[a + 1] - table[a] != table[a] - table[a - 1]]
    return [0, *inner, len(table) - 1]


def _first_price(problem: Problem, tops: list[float]) -> float:
    """A first guess at what a second is worth: the middle of what the choices bring per second."""
    rates = sorted(
        (choice.worth + sum(tops[group] * amount for group, amount in choice.credits)) / choice.seconds
        for choice in problem.choices
    )
    return rates[len(rates) // 2] if rates else 0.0


def _relaxed(
    problem: Problem, blocks: Blocks, corners: list[list[int]], price: list[float], per_second: float
) -> tuple[float, float, list[float]]:
    """The best under prices when nothing else binds: its worth, the time it leaves, and each group's surplus."""
    bound, unused_s = per_second * problem.budget_s, float(problem.budget_s)
    surplus = [0.0] * len(price)
    for group, table in enumerate(problem.benefit):
        cost = price[group]
        amount = max(corners[group], key=lambda a: table[a] - cost * a)
        bound += table[amount] - cost * amount
        surplus[group] -= amount
    for place, block in enumerate(blocks):
        taken, total = [], -per_second * problem.setup_s[place]
        for options in block:
            value, option = max(
                (
                    (
                        c.worth + sum(price[group] * amount for group, amount in c.credits) - per_second * c.seconds,
                        i,
                    )
                    for i, c in enumerate(options)
                ),
            )
            if value > 0:
                taken.append(options[option])
                total += value
        if total > 0:
            bound += total
            unused_s -= problem.setup_s[place]
            for choice in taken:
                unused_s -= choice.seconds
                for group, amount in choice.credits:
                    surplus[group] += amount
    return bound, unused_s, surplus
