"""A plan half made: what is chosen already, and what may still be added to it.

Every search begins with the choice that closes the session. Its place is then the last one, the way there and down is
paid, and everything else comes before it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from supple.planner.field import AT_THE_END, At, Entry, Field, Option, raise_to, sums
from supple.planner.problem import Choice, seconds

AT_ONCE: At = (-1, -1)


@dataclass(frozen=True)
class Partial:
    """What is chosen, the closing choice first, and the entries that may still add to it.

    `warm_at` is where the first movement stands; what stands after it is warm. `warm_by` is where a hold stands that
    still waits for a movement before it. Both are None where there is none.
    """

    field: Field
    chosen: tuple[Choice, ...]
    amounts: tuple[int, ...]
    left_s: int
    value: int
    reached: frozenset[int]
    entries: tuple[Entry, ...]
    warm_at: At | None = None
    warm_by: At | None = None

    @property
    def valid(self) -> bool:
        """Whether what is chosen may stay as it is."""
        return self.warm_by is None

    def setup_s(self, place: int) -> int:
        """What coming into a place costs from here."""
        return 0 if place in self.reached else self.field.problem.setup_s[place]

    @cached_property
    def ways_s(self) -> dict[int, int]:
        """The places that may still be used, and what coming into each costs."""
        return {entry.place: self.setup_s(entry.place) for entry in self.entries}

    @cached_property
    def supply(self) -> tuple[tuple[int, int], ...]:
        """The groups that may still get something, and the most that could come: the largest amount of every family."""
        most: dict[int, dict[int, int]] = {}
        for _, _, family, options in self.entries:
            of_family = most.setdefault(family, {})
            for option in options:
                raise_to(of_family, option[2])
        return tuple(sorted(sums(most.values()).items()))

    @cached_property
    def demand(self) -> tuple[tuple[int, int, int, Sequence[int], Sequence[int]], ...]:
        """Those groups with the amount there is, the most there can be, and what is worth how much."""
        tables, falls, amounts = self.field.tables, self.field.falls, self.amounts
        return tuple(
            (group, amounts[group], min(amounts[group] + most, len(falls[group])), tables[group], falls[group])
            for group, most in self.supply
        )

    def warm(self, at: At) -> bool:
        """Whether a movement that is chosen stands before `at`."""
        return self.warm_at is not None and self.warm_at < at

    def take(self, entry: Entry, option: Option) -> "Partial | None":
        """This with `option` chosen as well; None where nothing valid can come of it."""
        tables, amounts = self.field.tables, list(self.amounts)
        gain = option.worth
        for group, amount in option.credits:
            gain += tables[group][amounts[group] + amount] - tables[group][amounts[group]]
            amounts[group] += amount
        warm_at, warm_by = self.warm_at, self.warm_by
        if option.warms:
            warm_at = min(warm_at or entry.at, entry.at)
        if option.needs_warmth and not self.field.problem.warm:
            warm_by = min(warm_by or entry.at, entry.at)
        return replace(
            self,
            chosen=(*self.chosen, option.choice),
            amounts=tuple(amounts),
            left_s=self.left_s - option.seconds - self.setup_s(entry.place),
            value=self.value + gain,
            reached=self.reached | {entry.place},
            warm_at=warm_at,
            warm_by=warm_by,
        ).only(other for other in self.entries if other.family != entry.family)

    def without(self, family: int) -> "Partial | None":
        """This with a family left out for good."""
        return self.only(entry for entry in self.entries if entry.family != family)

    def only(self, entries: Iterable[Entry]) -> "Partial | None":
        """This with those of `entries` that still can be done; None where a hold would wait for a movement in vain."""
        kept = tuple(self._doable(entries))
        moves = next((entry.at for entry in kept if any(option.warms for option in entry.options)), None)
        warm_by = self.warm_by
        if warm_by and self.warm(warm_by):
            warm_by = None
        if warm_by and (moves is None or moves >= warm_by):
            return None
        return replace(self, entries=kept, warm_by=warm_by)

    def _doable(self, entries: Iterable[Entry]) -> Iterator[Entry]:
        """What fits into the time and under the caps, and may be warm by then."""
        room = [len(table) - 1 - had for table, had in zip(self.field.tables, self.amounts, strict=True)]
        full = any(amount > left for amount, left in zip(self.field.largest, room, strict=True))
        moves: At | None = None
        for entry in entries:
            room_s = self.left_s - self.setup_s(entry.place)
            at = (entry.place, entry.phase)
            may_be_warm = self.warm(at) or (moves is not None and moves < at)
            options = [
                option
                for option in entry.options
                if option[0] <= room_s and (may_be_warm or not option[4]) and not (full and not _fits(option[2], room))
            ]
            if options:
                if moves is None and any([option[3] for option in options]):
                    moves = at
                yield entry if len(options) == len(entry.options) else entry._replace(options=tuple(options))


def _fits(credits: Sequence[tuple[int, int]], room: Sequence[int]) -> bool:
    """Whether all groups have room; a loop, because this is asked ten thousand times a second."""
    for group, amount in credits:  # noqa: SIM110 - all() takes three times as long
        if amount > room[group]:
            return False
    return True


def openings(field: Field) -> Iterator[Partial]:
    """Every way to end, with nothing before it yet.

    Two choices that may both close the same place close the same plans: what one search tries is left out of the next,
    unless being last or not changes who is warm.
    """
    problem, tried = field.problem, list[Choice]()
    cold = set() if problem.warm else {choice.place for choice in problem.choices if choice.needs_warmth}
    for closing in field.closings:
        same = [c for c in tried if c.place == closing.place and not (c.warms and c.place in cold)]
        opening = _opening(field, closing, [] if closing.needs_warmth else same)
        tried.append(closing)
        if opening:
            yield opening


def _opening(field: Field, closing: Choice, tried: Sequence[Choice]) -> Partial | None:
    problem = field.problem
    amounts = [0] * len(field.tables)
    for group, amount in field.credits(closing):
        amounts[group] += amount
    waits = closing.needs_warmth and not problem.warm
    bare = Partial(
        field=field,
        chosen=(closing,),
        amounts=tuple(amounts),
        left_s=problem.budget_s - seconds(problem, [closing]),
        value=field.rest + closing.worth + sum(table[a] for table, a in zip(field.tables, amounts, strict=True)),
        reached=frozenset({closing.place}),
        entries=(),
        warm_at=AT_ONCE if problem.warm else None,
        warm_by=(closing.place, AT_THE_END) if waits else None,
    )
    out = {id(choice) for choice in tried}
    return bare.only(
        entry._replace(options=tuple(option for option in entry.options if id(option.choice) not in out))
        if out and entry.place == closing.place
        else entry
        for entry in field.entries
        if entry.place <= closing.place and entry.family != closing.family
    )
