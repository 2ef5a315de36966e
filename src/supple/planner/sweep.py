"""Through the entries of a half-made plan in one pass, keeping every way that may still become the best.

At each entry a way either skips it or takes one of its options. What the rest could still bring is read from tables
made beforehand, under fixed prices. Where more ways stay open than `width`, the least promising are dropped, and the
pass is no proof.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum, inf

from supple.planner.bounds import Relaxed, better, least, priced
from supple.planner.field import Entry
from supple.planner.partial import Partial
from supple.planner.problem import Choice

TICK_S = 4  # a finer one bounds better and costs as much as that saves

Table = list[float]
Pair = tuple[Table, Table]  # for a place that is still to be reached, and for one that is
Loss = tuple[int, list[float]]
Chain = tuple[Choice, "Chain | None"]
# Tuples, since they are made by thousands.
# One way through the entries so far: the seconds left, its value, that with what the groups can still come to, its
# place, whether it is warm, the families taken as bits, the groups' amounts, and its choices.
Way = tuple[int, int, float, int, bool, int, Sequence[int], "Chain | None"]
# What an option adds to a group, with the group's table and the most that it can come to.
Add = tuple[int, int, Sequence[int], Sequence[float]]
# What an option does to a way: its worth, that less the toll of its family, what it adds to groups, and its choice.
Gain = tuple[int, float, Sequence[Add], Choice]
# An option: its seconds, whether it warms, whether it still needs warmth, and what it does.
Row = tuple[int, bool, bool, Gain]


@dataclass(frozen=True)
class Stage:
    """What a sweep needs to know at one entry, worked out beforehand from the last entry to the first.

    `most[g][amount]` is the most that a group can come to from here on, `lost` by how much less that is than one entry
    before. `cold` and `warm` hold the most that this entry and what follows can bring, by ticks of time left. `toll` is
    what a family that is passed for the last time no longer adds, `family` is its bit. `warm_after` says that who goes
    on must be warm.
    """

    entry: Entry
    family: int
    most: list[Sequence[float]]
    lost: list[Loss]
    cold: Pair
    warm: Pair
    setup_s: int
    toll: float
    warm_after: bool
    rows: list[Row]


class Sweep:
    """Passes over the entries of `partial` under the prices of `relaxed`; they leave `objective` and `found`."""

    def __init__(self, partial: Partial, relaxed: Relaxed, objective: int) -> None:
        self.partial, self.relaxed = partial, relaxed
        self.objective, self.found, self.nodes = objective, tuple[Choice, ...](), 0
        entries = partial.entries
        self.last = {entry.family: index for index, entry in enumerate(entries)}
        several = {entry.family for index, entry in enumerate(entries) if self.last[entry.family] != index}
        # a family with one entry needs no toll: the tables take it once anyway
        self.tolls = {family: relaxed.toll.get(family, 0.0) for family in sorted(several)}
        by = partial.warm_by
        self.warm_from = len(entries) if by is None else sum(entry.at < by for entry in entries)
        self.stages = self._stages()

    def run(self, width: int) -> bool:
        """Go through once; whether nothing better than `objective` was left out."""
        ways, proven = [self._start()], True
        for stage, after in zip(self.stages, [*self.stages, None][1:], strict=True):
            onward = self._onward(ways, stage, after)
            if len(onward) > width:
                onward.sort(key=lambda pair: -pair[0])
                del onward[width:]
                proven = False
            ways = [way for bound, way in onward if better(bound, self.objective)]
        return proven

    def proves(self, limit: int) -> bool:
        """Go through keeping every way; whether that ended before more than `limit` of them were looked at."""
        ways, until = [self._start()], self.nodes + limit
        for stage, after in zip(self.stages, [*self.stages, None][1:], strict=True):
            if self.nodes + len(ways) > until:
                return False
            onward = self._onward(ways, stage, after)
            ways = [way for bound, way in onward if better(bound, self.objective)]
        return True

    def _onward(self, ways: list[Way], stage: Stage, after: Stage | None) -> list[tuple[float, Way]]:
        """The ways through one more entry that may still beat the best, each with its bound."""
        onward: list[tuple[float, Way]] = []
        for way in ways:
            self.nodes += 1
            further = self._further(way, stage)
            if after:
                needed, place = least(self.objective), after.entry.place
                for left_s, value, hoped, here, warm, taken, amounts, chain in further:
                    for group, lost in after.lost:
                        hoped -= lost[amounts[group]]
                    bound = hoped + (after.warm if warm else after.cold)[here == place][left_s // TICK_S]
                    if bound >= needed:
                        onward.append((bound, (left_s, value, hoped, here, warm, taken, amounts, chain)))
        return onward

    def _further(self, way: Way, stage: Stage) -> list[Way]:
        """The ways on: with each option that can be taken, and without any."""
        left_s, value, hoped, here, warm, taken, amounts, chain = way
        further = list[Way]()
        if not taken & stage.family:
            room_s = left_s if here == stage.entry.place else left_s - stage.setup_s
            for seconds, warms, needs_warmth, gain in stage.rows:
                if seconds <= room_s and (warm or not (needs_warmth or (stage.warm_after and not warms))):
                    taking = self._taking(way, stage, gain, room_s - seconds, warm=warm or warms)
                    if taking:
                        further.append(taking)
            hoped -= stage.toll
        if warm or not stage.warm_after:
            further.append((left_s, value, hoped, here, warm, taken, amounts, chain))
        return further

    def _taking(self, way: Way, stage: Stage, gain: Gain, left_s: int, *, warm: bool) -> Way | None:
        """The way with an option taken; None where a group has no room for it."""
        _, value, hoped, _, _, taken, before, chain = way
        worth, bonus, adds, choice = gain
        value, hoped, amounts, chain = value + worth, hoped + bonus, list(before), (choice, chain)
        for group, amount, table, most in adds:
            had = before[group]
            now = had + amount
            if now >= len(table):
                return None
            value += table[now] - table[had]
            hoped += most[now] - most[had]
            amounts[group] = now
        if value > self.objective and (warm or self.partial.valid):
            self.objective, self.found = value, (*self.partial.chosen, *_choices(chain))
        return left_s, value, hoped, stage.entry.place, warm, taken | stage.family, amounts, chain

    def _start(self) -> Way:
        partial = self.partial
        hoped = partial.value + fsum(self.tolls.values())
        if self.stages:
            for group, amount in enumerate(partial.amounts):
                hoped += self.stages[0].most[group][amount] - partial.field.tables[group][amount]
        return partial.left_s, partial.value, hoped, -1, partial.field.problem.warm, 0, partial.amounts, None

    def _stages(self) -> list[Stage]:
        """From the last entry to the first."""
        partial, stages = self.partial, list[Stage]()
        nothing = [0.0] * (partial.left_s // TICK_S + 1)
        never = [-inf] * len(nothing)
        most: list[Sequence[float]] = list(partial.field.tables)
        supply = [0] * len(most)
        warm: Pair = (nothing, nothing)
        cold: Pair = warm
        for index in range(len(partial.entries) - 1, -1, -1):
            entry = partial.entries[index]
            if stages and stages[-1].entry.place != entry.place:
                warm, cold = (warm[0], warm[0]), (cold[0], cold[0])
            if not partial.valid and index + 1 == self.warm_from:
                cold = (never, never)
            cold, warm = self._tables(entry, cold, warm)
            most, lost = self._most(entry, most, supply)
            if stages:
                stages[-1].lost.extend(lost)
            stages.append(self._stage(index, most, cold, warm))
        return stages[::-1]

    def _stage(self, index: int, most: list[Sequence[float]], cold: Pair, warm: Pair) -> Stage:
        partial, entry, tables = self.partial, self.partial.entries[index], self.partial.field.tables
        is_warm, toll = partial.warm(entry.at), self.tolls.get(entry.family, 0.0)
        return Stage(
            entry=entry,
            family=1 << entry.family,
            most=most,
            lost=[],
            cold=cold,
            warm=warm,
            setup_s=partial.setup_s(entry.place),
            toll=toll if self.last[entry.family] == index else 0.0,
            warm_after=not partial.valid and index + 1 >= self.warm_from,
            rows=[
                (o.seconds, o.warms, o.needs_warmth and not is_warm, (o.worth, o.worth - toll, adds, o.choice))
                for o in entry.options
                for adds in [[(group, amount, tables[group], most[group]) for group, amount in o.credits]]
            ],
        )

    def _tables(self, entry: Entry, cold: Pair, warm: Pair) -> tuple[Pair, Pair]:
        """The tables with this entry as well. Seconds are rounded down to whole ticks, so they stay bounds."""
        is_warm, toll = self.partial.warm(entry.at), self.tolls.get(entry.family, 0.0)
        free = self.relaxed.prices._replace(second=0.0)
        alike = is_warm or (cold[1] is warm[1] and not any(option.needs_warmth for option in entry.options))
        best_warm, best_cold = warm[1], cold[1]
        for option in entry.options:
            ticks, value = option.seconds // TICK_S, priced(option, free) - toll
            if value > 0:
                best_warm = _either(best_warm, warm[1], ticks, value)
            if not alike and (not option.needs_warmth) and (value > 0 or option.warms):
                best_cold = _either(best_cold, warm[1] if option.warms else cold[1], ticks, value)
        ticks = self.partial.setup_s(entry.place) // TICK_S
        new_warm = (_either(warm[0], best_warm, ticks, 0.0) if ticks else best_warm, best_warm)
        if alike and (is_warm or cold[0] is warm[0]):
            return new_warm, new_warm
        if alike:
            best_cold = best_warm
        return (_either(cold[0], best_cold, ticks, 0.0) if ticks else best_cold, best_cold), new_warm

    def _most(
        self, entry: Entry, after: list[Sequence[float]], supply: list[int]
    ) -> tuple[list[Sequence[float]], list[Loss]]:
        """What groups can come to when this entry may add to them too, and what passing it loses."""
        most, lost = list(after), []
        adds: dict[int, int] = {}
        for option in entry.options:
            for group, amount in option.credits:
                adds[group] = max(amount, adds.get(group, 0))
        for group, amount in adds.items():
            aim = self.partial.field.best_at(group, self.relaxed.prices.groups[group])
            enough = supply[group] >= aim - self.partial.amounts[group] and supply[group] > 0
            supply[group] += amount
            if not enough:
                most[group] = self._come_to(group, aim, supply[group])
                lost.append((group, [now - later for now, later in zip(most[group], after[group], strict=True)]))
        return most, lost

    def _come_to(self, group: int, aim: int, supply: int) -> list[float]:
        """By amount already there, the most a group can come to with `supply` more, when `aim` is best to have.

        Those with least fall short of it, and those past it buy nothing.
        """
        table, price = self.partial.field.tables[group], self.relaxed.prices.groups[group]
        short, cost = max(0, aim - supply), price * supply
        return [
            *[worth - cost for worth in table[supply : supply + short]],
            *[table[aim] - price * (aim - had) for had in range(short, aim)],
            *table[aim:],
        ]


def _either(without: Table, rest: Table, ticks: int, value: float) -> Table:
    """By ticks left, the better of `without` and `value` with what `rest` brings in the ticks that remain."""
    return without[:ticks] + [x if x > y + value else y + value for x, y in zip(without[ticks:], rest, strict=False)]


def _choices(chain: "Chain | None") -> list[Choice]:
    chosen = []
    while chain:
        chosen.append(chain[0])
        chain = chain[1]
    return chosen
