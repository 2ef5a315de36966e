"""How much a half-made plan can come to at most: a bound from prices, and the prices that make it small.

The proof stands in `docs/method/search.md`. In short: let every unit of a group be bought at a price, and every second
too. Then groups, families and places no longer compete, and what each can bring at these prices adds up to a bound,
whatever the prices are. Good prices make it small; they are found by descent.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import fsum, sqrt
from operator import mul
from typing import NamedTuple

from supple.planner.field import Entry, Option
from supple.planner.partial import Partial

EPSILON = 1e-6  # far below one unit of worth, far above what rounding loses
DILATION = 0.5
LONGER, SHORTER = 1.2, 0.8

Offer = tuple[float, int, Option]  # the best that an entry brings under prices, and its place


class Prices(NamedTuple):
    """Worth per unit of each group, and per second."""

    groups: tuple[float, ...]
    second: float


@dataclass(frozen=True)
class Relaxed:
    """The bound under prices and what it is made of.

    `toll[f]` is what family f adds to the bound; `slack[p]` is how much of the way into place p the families there
    have left unpaid. `unused_s` and `surplus` say how far the choices behind the bound, `picks`, miss the time and the
    groups' amounts.
    """

    bound: float
    prices: Prices
    toll: dict[int, float]
    slack: dict[int, float]
    unused_s: int
    surplus: list[int]
    picks: list[Option]

    def reaches(self, objective: int) -> bool:
        """Whether something better than `objective` may still be there."""
        return better(self.bound, objective)


def least(objective: int) -> float:
    """The least bound that leaves room for a plan worth more than `objective`; worths are whole numbers."""
    return objective + 1 - EPSILON


def better(bound: float, objective: int) -> bool:
    """Whether a bound leaves room for a plan worth more than `objective`."""
    return bound >= least(objective)


def priced(option: Option, prices: Prices) -> float:
    """What an option brings under prices, its seconds paid."""
    groups, second = prices
    value = option[1] - second * option[0]  # by index, and in loops of its own below: half of the time goes into this
    for group, amount in option[2]:
        value += groups[group] * amount
    return value


def relax(partial: Partial, prices: Prices) -> Relaxed:
    """The bound under these prices: groups buy, families and places sell, each for itself."""
    groups, second = prices
    bound, surplus = partial.value + second * partial.left_s, [0] * len(partial.amounts)
    for group, had, most, table, falls in partial.demand:
        price = groups[group]
        amount = bisect_left(falls, -price, had, most)
        bound += table[amount] - table[had] - price * (amount - had)
        surplus[group] = had - amount
    offers = _offers(partial, prices)
    slack = {place: second * setup_s for place, setup_s in partial.ways_s.items()}
    toll = _tolls(offers, slack)
    picks, unused_s, opened = [], partial.left_s, set()
    for place, option in _picks(offers, toll, slack):
        picks.append(option)
        opened.add(place)
        unused_s -= option[0]
        for group, amount in option[2]:
            surplus[group] += amount
    for place in opened:
        unused_s -= partial.ways_s[place]
    return Relaxed(bound + fsum(toll.values()), prices, toll, slack, unused_s, surplus, picks)


def _offers(partial: Partial, prices: Prices) -> dict[int, list[Offer]]:
    """Per family, the best of each of its entries, where that is worth anything."""
    groups, second = prices
    offers: dict[int, list[Offer]] = {}
    for place, _, family, options in partial.entries:
        best, chosen = 0.0, None
        for option in options:
            value = option[1] - second * option[0]
            for group, amount in option[2]:
                value += groups[group] * amount
            if value > best:
                best, chosen = value, option
        if chosen is not None:
            offers.setdefault(family, []).append((best, place, chosen))
    return offers


def _tolls(offers: dict[int, list[Offer]], slack: dict[int, float]) -> dict[int, float]:
    """Per family the least toll under which no place earns more than the way into it costs.

    A family pays its toll or less wherever it is chosen, so tolls bound the families, and places that earn nothing add
    nothing. Each toll begins at the family's best offer and falls while every place whose offer lies above it still has
    slack; what it falls by pays for the way there. Families with one offer go first: they have nowhere else to pay.
    """
    tolls = {}
    for family, rows in offers.items():
        if len(rows) == 1:
            value, place, _ = rows[0]
            step = min(value, slack[place])
            slack[place] -= step
            tolls[family] = value - step
    for family, rows in offers.items():
        if len(rows) > 1:
            tolls[family] = _toll(sorted(rows, key=_falling), slack)
    return tolls


def _falling(offer: Offer) -> float:
    return -offer[0]


def _toll(rows: list[Offer], slack: dict[int, float]) -> float:
    """The toll of a family with several offers, the best first."""
    toll, paying = rows[0][0], dict[int, int]()
    for index, (_, place, _) in enumerate(rows):
        paying[place] = paying.get(place, 0) + 1
        down = toll - (rows[index + 1][0] if index + 1 < len(rows) else 0.0)
        step = min([slack[place] / count for place, count in paying.items()])
        if step <= 0:
            break
        step = min(step, down)
        toll -= step
        for place, count in paying.items():
            slack[place] -= step * count
        if step < down:
            break
    return toll


def _picks(
    offers: dict[int, list[Offer]], toll: dict[int, float], slack: dict[int, float]
) -> Iterator[tuple[int, Option]]:
    """The choices behind the bound, with their places: of each family the best offer whose place is paid for."""
    for family, rows in offers.items():
        best, pick = toll[family] - EPSILON, None
        for value, place, option in rows:
            if value >= best and slack[place] <= EPSILON:
                best, pick = value, (place, option)
        if pick is not None:
            yield pick


def forced(partial: Partial, relaxed: Relaxed) -> Iterable[tuple[Entry, list[tuple[float, Option]]]]:
    """Per entry, each option with the bound on every plan that takes it.

    The family then brings this option in place of its toll, and the rest of the way into its place must be paid.
    """
    prices = relaxed.prices
    values = [[priced(option, prices) for option in options] for _, _, _, options in partial.entries]
    gains: dict[tuple[int, int], float] = {}
    for (place, _, family, _), of_entry in zip(partial.entries, values, strict=True):
        gain = max(0.0, max(of_entry) - relaxed.toll.get(family, 0.0))
        gains[family, place] = gains.get((family, place), 0.0) + gain
    for entry, of_entry in zip(partial.entries, values, strict=True):
        place, _, family, options = entry
        rest = relaxed.bound - relaxed.toll.get(family, 0.0) - relaxed.slack[place] - gains[family, place]
        yield entry, [(rest + value, option) for value, option in zip(of_entry, options, strict=True)]


def first_prices(partial: Partial) -> Prices:
    """The best of a few to begin with: a share of each group's first worth, and a second at what fills the time."""
    found = []
    for share in (0.8, 0.6, 0.45, 0.3, 0.15, 0.05):
        groups = tuple(-share * falls[0] if falls else 0.0 for falls in partial.field.falls)
        found.append(relax(partial, Prices(groups, _price_of_a_second(partial, groups))))
    return min(found, key=lambda relaxed: relaxed.bound).prices


def _price_of_a_second(partial: Partial, groups: tuple[float, ...]) -> float:
    """What the last second brings when each family's best rate is taken, the highest first, until the time is full."""
    rates: dict[int, tuple[float, int]] = {}
    free = Prices(groups, 0.0)
    for _, _, family, options in partial.entries:
        for option in options:
            rate = priced(option, free) / max(1, option.seconds)
            if rate > rates.get(family, (0.0, 0))[0]:
                rates[family] = rate, option.seconds
    left_s = partial.left_s
    for rate, taken_s in sorted(rates.values(), reverse=True):
        left_s -= taken_s
        if left_s < 0:
            return rate
    return 0.0


class Descent:
    """Prices that make the bound small: Shor's r-algorithm, which stretches space along the last change of slope.

    `tally` counts how often each option was behind a bound in all rounds: what is picked now and then is undecided.
    """

    def __init__(self, partial: Partial, prices: Prices, objective: int, stride: float) -> None:
        self.partial, self.objective, self.stride = partial, objective, stride
        self.rounds, self.tally = 0, dict[int, int]()
        self.live = [group for group, _ in partial.supply]
        firsts = [float(-falls[0]) if falls else 0.0 for falls in partial.field.falls]
        top = max(firsts, default=0.0) or 1.0
        self.scale = [max(firsts[group], top / 10) for group in self.live] + [max(prices.second, top / 20)]
        at = [prices.groups[group] for group in self.live] + [prices.second]
        self.point = [price / scale for price, scale in zip(at, self.scale, strict=True)]
        self.shape = [[float(i == j) for j in range(len(at))] for i in range(len(at))]
        self.best = relax(partial, prices)
        self.slope = self._slope_of(self.best)
        self.steepest = self.slope  # in the stretched space: `shape` times `slope`

    def run(self, rounds: int) -> Relaxed:
        """The best after about `rounds` more."""
        until = self.rounds + rounds
        while self.live and self.rounds < until and self.best.reaches(self.objective):
            if not self._walk(until):
                break
        return self.best

    def _walk(self, until: int) -> bool:
        """Down one direction as far as it falls, then stretch; False at the bottom."""
        length = sqrt(max(0.0, _dot(self.slope, self.steepest)))
        if length < EPSILON:
            return False
        direction = [value / length for value in self.steepest]
        steps = 0
        while True:
            self.point = _less(self.point, self.stride, direction)
            slope = self._slope()
            steps += 1
            if steps % 3 == 0:
                self.stride *= LONGER
            if _dot(slope, direction) <= 0 or self.rounds >= until + 3 or not self.best.reaches(self.objective):
                break
        if steps == 1:
            self.stride *= SHORTER
        self._stretch(slope)
        return True

    def _stretch(self, slope: list[float]) -> None:
        """Go on with another slope, in a space that is stretched along the change of it."""
        steepest = [_dot(row, slope) for row in self.shape]
        change = [new - old for new, old in zip(slope, self.slope, strict=True)]
        along = [new - old for new, old in zip(steepest, self.steepest, strict=True)]
        square = _dot(change, along)
        if square > EPSILON**2:
            share = (1 - DILATION**2) / square
            self.shape = [_less(row, share * a, along) for row, a in zip(self.shape, along, strict=True)]
            steepest = _less(steepest, share * _dot(along, slope), along)
        self.slope, self.steepest = slope, steepest

    def _slope(self) -> list[float]:
        """The slope of the bound where the descent stands; a negative price of time counts as its mirror image."""
        groups = list(self.best.prices.groups)
        for group, x, scale in zip(self.live, self.point, self.scale, strict=False):
            groups[group] = x * scale
        relaxed = relax(self.partial, Prices(tuple(groups), abs(self.point[-1]) * self.scale[-1]))
        self.rounds += 1
        if relaxed.bound < self.best.bound:
            self.best = relaxed
        for option in relaxed.picks:
            self.tally[id(option)] = self.tally.get(id(option), 0) + 1
        return self._slope_of(relaxed)

    def _slope_of(self, relaxed: Relaxed) -> list[float]:
        second = relaxed.unused_s if self.point[-1] >= 0 else -relaxed.unused_s
        slopes = [*(relaxed.surplus[group] for group in self.live), second]
        return [slope * scale for slope, scale in zip(slopes, self.scale, strict=True)]


def _dot(one: list[float], other: list[float]) -> float:
    return fsum(map(mul, one, other))


def _less(one: list[float], times: float, other: list[float]) -> list[float]:
    return [x - times * y for x, y in zip(one, other, strict=True)]
