"""The way into a step: what is said on it, and how long it takes. It is never shorter than its words.

What somebody has to know before they move is said before they move: how to leave what was before, how to come into the
stretch, what is different for this person, and what to do. On the second side it is said again from what names the side
on; who moves hears the rest meanwhile, as far as there is time for it, and a hold is quiet.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import dropwhile

from supple.anatomy import UPRIGHT, Position, Setting, Side
from supple.catalogue import Catalogue, Stretch
from supple.catalogue.words import Tag
from supple.planner.doses import Mode, is_rest
from supple.planner.plan import Step
from supple.planner.timing import load_timing
from supple.planner.wording import in_words, words_s
from supple.safety.limits import Limits
from supple.safety.spoken import Spoken, spoken, turning
from supple.safety.tables import table

GET_READY = "Get ready: firm, flat ground, steady shoes or bare feet, nothing in the way."
GET_READY_LOW = "Get ready: firm, flat, clean and padded ground, shoes off, nothing in the way."
GET_READY_BED = "Get ready: a firm bed, shoes off, nothing in the way."
CHANGE_POSITION = "Change position, without hurry."
CHANGE_SIDES = "Change sides: now the {side}."
CHANGE_LYING = "Change sides: now for the {side} side."
STAND_UP = ("Use the chair to stand up.",)
WAIT = "Wait {seconds} seconds there, eyes on one point, before you begin."
WAITS = re.compile(r"\bwait \d+ s", re.IGNORECASE)
NAMED = re.compile(r"\b(?:left|right)\b(?! angle)", re.IGNORECASE)
LYING = (Position.PRONE, Position.SIDE_LYING, Position.SUPINE)


class Whence(StrEnum):
    """Where somebody comes from into a stretch that is not the other side of the one before."""

    BEGINNING = "beginning"  # of the session, standing or sitting
    UPRIGHT = "upright"
    LOW = "low"
    LYING = "lying"
    THERE = "there"  # in its position already


@dataclass(frozen=True)
class Told:
    """A step with what can be said of it to one person; `over` is how to turn over where a lying position follows."""

    step: Step
    stretch: Stretch
    said: Spoken
    over: tuple[str, ...]

    @property
    def leaving(self) -> tuple[str, ...]:
        """How to leave it for another stretch."""
        return (*self.said.leaving, *self.said.clear, *self.said.away)

    @property
    def left_s(self) -> int:
        """What leaving it takes besides the words."""
        return load_timing().to_leave_s.get(self.stretch.id, 0)

    @property
    def up(self) -> tuple[str, ...]:
        """How to get up from it when a session is over."""
        said, position = self.said, self.step.position
        if position in UPRIGHT:
            return (*(() if position is Position.STANDING else said.standing), *said.closing)
        return (*said.clear, *said.closing, *said.standing, *(STAND_UP if gets_down(self.step) else ()))


@dataclass(frozen=True)
class WayIn:
    """The parts of the way into a step, each as long as it takes or as its words; `within` is left for the work.

    The first part is getting ready or changing position; it has no words and no time where one stays in a position.
    The last ends with a wait where there is one, and what to do is said after that.
    """

    first: tuple[str, ...]
    first_s: int
    last: tuple[str, ...]
    last_s: int
    within: tuple[str, ...]
    then: tuple[str, ...] = ()
    then_s: int = 0

    @property
    def seconds(self) -> int:
        """The whole of it."""
        return self.first_s + self.last_s + self.then_s


@dataclass(frozen=True)
class Guide:
    """Who tells one person the way; a `brief` one, for a few minutes, leaves out what can be read or heard later."""

    catalogue: Catalogue
    limits: Limits
    brief: bool
    known: dict[tuple[str, Setting], tuple[Spoken, tuple[str, ...]]] = field(default_factory=dict, compare=False)

    def told(self, step: Step) -> Told:
        """A step with its sentences."""
        stretch, key = self.catalogue.stretch(step.stretch), (step.stretch, step.setting)
        if key not in self.known:
            self.known[key] = spoken(stretch, self.limits, step.setting), turning(stretch, self.limits, step.setting)
        said, over = self.known[key]
        return Told(step, stretch, in_words(said, step), over)

    def timed(self, steps: Iterable[Step], start: Position | None) -> Iterator[Step]:
        """The steps, each with the seconds of the way into it; `start` is where one is in mid-session."""
        before: Told | None = None
        for step in steps:
            now = self.told(step)
            yield replace(step, transition_s=self.way(now, before or whence(start, step)).seconds)
            before = now

    def way(self, now: Told, before: Told | Whence) -> WayIn:
        """The way into a step after the one before, or from where one is."""
        if isinstance(before, Whence):
            return self._into(now, before, None)
        if before.step.stretch == now.step.stretch:
            return self._over(now, before)
        return self._into(now, whence(before.step.position, now.step), before)

    def ready(self, now: Step) -> tuple[str, ...]:
        """What is said before a session that begins with this step."""
        warm_up = table("spoken")["warm_up"]["walking" if self.limits.walks else "in_place"]
        rests = is_rest(self.catalogue.stretch(now.stretch))
        return (_ground(now), *(() if self.brief or rests else (warm_up,)))

    @property
    def down_s(self) -> int:
        """How long the way down takes."""
        timing = load_timing()
        return timing.way_down_65_plus_s if Tag.AGE_65_PLUS in self.limits.tags else timing.way_down_s

    def wait(self) -> tuple[str, ...]:
        """What is said to who has to wait once the head has come to another level or has rolled."""
        wait_s = self.limits.pause_between_positions_s
        return (WAIT.format(seconds=wait_s),) if wait_s else ()

    def _into(self, now: Told, start: Whence, before: Told | None) -> WayIn:
        """What is different for this person is said before all that follows."""
        step, leaving = now.step, before.leaving if before else ()
        first: tuple[str, ...] = ()
        if start is Whence.BEGINNING:
            first = self.ready(step)
        elif start is not Whence.THERE:
            over = getting_up(before, step) if before else now.over if _both_lie(start, step) else ()
            first, leaving = (*leaving, CHANGE_POSITION, *over), ()
        if start in (Whence.BEGINNING, Whence.UPRIGHT):
            first = (*first, *(now.said.down if gets_low(step) else ()))
        if start not in (Whence.THERE, Whence.LYING):
            first = (*first, *lying_down(now, before))
        first_s = max(self._move_s(step, start), words_s(first))
        rest_s, wait_s = load_timing().to_rest_first_s.get(step.stretch, 0), self._wait_s(step, start)
        name = () if self.brief and step.side is Side.NONE and not step.changes else (called(step),)
        wait = self.wait() if wait_s and not rest_s and not _told_to_wait(step) else ()
        last = (*leaving, *name, *step.changes, *_sitting(now, before, start), *now.said.begin, *wait)
        ahead, within = _parted(now) if self.brief else (now.said.steps, ())
        come_s, still_s = self._come_s(now.stretch), max(wait_s, rest_s)
        left_s = before.left_s if before else 0
        if still_s and ahead:
            last_s = max(come_s, words_s(last)) + left_s + still_s
            return WayIn(first, first_s, last, last_s, within, ahead, words_s(ahead))
        last = (*last, *ahead)
        return WayIn(first, first_s, last, max(come_s, words_s(last)) + left_s + still_s, within)

    def _over(self, now: Told, before: Told) -> WayIn:
        """To the other side: who lies on one has to roll over, who kneels on one knee has to change it."""
        step, timing = now.step, load_timing()
        rolls = step.position is Position.SIDE_LYING
        older = Tag.AGE_65_PLUS in self.limits.tags
        sides_s = timing.change_sides_65_plus_s if older else timing.change_sides_s
        move_s = timing.change_position_s if rolls or step.position is Position.HALF_KNEELING else sides_s
        wait_s = self.limits.pause_between_positions_s if rolls else 0
        over, wait = (before.over, () if _told_to_wait(step) else self.wait()) if rolls else ((), ())
        changes = step.changes if rolls else ()
        steps = tuple(dropwhile(lambda text: not NAMED.search(text), now.said.steps))
        named = (*now.said.begin, *now.said.steps) if any(map(NAMED.search, now.said.begin)) else steps
        change = (CHANGE_LYING if rolls else CHANGE_SIDES).format(side=step.side.value)
        last = (*before.said.leaving, change, *over, *changes, *named, *wait)
        again = [text for text in now.said.steps if text not in named] if step.mode is not Mode.HOLD else []
        return WayIn((), 0, last, max(move_s, words_s(last)) + wait_s, tuple(_fitting(again, step.seconds)))

    def _move_s(self, step: Step, start: Whence) -> int:
        """How long a change of position takes; who begins standing or sitting is there."""
        if start is Whence.THERE or (start is Whence.BEGINNING and step.position in UPRIGHT):
            return 0
        goes_down = step.position not in UPRIGHT and start not in (Whence.LOW, Whence.LYING)
        return load_timing().change_position_s + (self.down_s if goes_down else 0)

    def _come_s(self, stretch: Stretch) -> int:
        """How long coming into a stretch takes once one is in its position."""
        timing = load_timing()
        come_s = timing.into_a_stretch_65_plus_s if Tag.AGE_65_PLUS in self.limits.tags else timing.into_a_stretch_s
        return come_s + timing.to_prepare_s.get(stretch.id, 0)

    def _wait_s(self, step: Step, start: Whence) -> int:
        """How long to wait before one begins; who lies on the side has rolled there for every stretch."""
        still = start is Whence.THERE or (start is Whence.BEGINNING and step.position in UPRIGHT)
        return 0 if still and step.position is not Position.SIDE_LYING else self.limits.pause_between_positions_s


def guide_of(catalogue: Catalogue, limits: Limits, minutes: int) -> Guide:
    """Who tells the way in a session of so many minutes."""
    return Guide(catalogue, limits, brief=minutes <= load_timing().brief_to_minutes)


def whence(position: Position | None, step: Step) -> Whence:
    """Where one comes from into a step out of a position; without one the session begins."""
    if position is None:
        return Whence.BEGINNING
    if position is step.position:
        return Whence.THERE
    return Whence.UPRIGHT if position in UPRIGHT else Whence.LYING if position in LYING else Whence.LOW


def gets_down(step: Step) -> bool:
    """Whether one gets down to the floor for it."""
    return step.setting is Setting.FLOOR and gets_low(step)


def gets_low(step: Step) -> bool:
    """Whether one gets down to the floor or onto a bed for it."""
    return step.position not in UPRIGHT


def getting_up(before: Told, step: Step) -> tuple[str, ...]:
    """How to leave a position for that of `step`: to get up, or to turn over where one goes on lying."""
    return before.over if before.step.position in LYING and step.position in LYING else before.said.closing


def lying_down(now: Told, before: Told | None) -> tuple[str, ...]:
    """How to lie down for who does that otherwise than others and does not lie yet."""
    lies = before is not None and before.step.position in LYING
    return () if lies or now.said.sitting or now.step.position not in LYING else now.said.lying


def _both_lie(start: Whence, step: Step) -> bool:
    """Whether one lies where one comes from and in this step."""
    return start is Whence.LYING and step.position in LYING


def _sitting(now: Told, before: Told | None, start: Whence) -> tuple[str, ...]:
    """How to come to sit where a stretch begins so."""
    if now.said.sitting is None:
        return ()
    lies = before.step.position in LYING if before else start in (Whence.THERE, Whence.LYING)
    return (now.said.sitting[0 if lies else 1],)


def _told_to_wait(step: Step) -> bool:
    """Whether this person's own form says already to wait."""
    return any(WAITS.search(change) for change in step.changes)


def _ground(step: Step) -> str:
    if step.setting is Setting.BED:
        return GET_READY_BED
    return GET_READY if step.position in UPRIGHT else GET_READY_LOW


def called(step: Step) -> str:
    """The name of a step, with its side; who lies on the other one hears for which it is."""
    if step.side is Side.NONE:
        return f"{step.name}."
    words = "First for the {} side." if step.position is Position.SIDE_LYING else "Begin with the {} side."
    return f"{step.name}. {words.format(step.side.value)}"


def _parted(now: Told) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What to do before the work, and the last of it that the first hold has time for; who moves hears all before."""
    steps = now.said.steps
    if now.step.mode is not Mode.HOLD:
        return steps, ()
    early = next(n for n in range(now.said.ahead, len(steps) + 1) if words_s(steps[n:]) <= now.step.hold_s)
    return steps[:early], steps[early:]


def _fitting(sentences: Sequence[str], seconds: int) -> Iterator[str]:
    """The first of these sentences that so many seconds have time for."""
    for n, text in enumerate(sentences):
        if words_s(sentences[: n + 1]) > seconds:
            return
        yield text
