"""A plan unrolled in time: which cue is on at a given second, and what is said then.

Every second of the plan lies in exactly one cue, and the cues together last as long as the plan says.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from supple.anatomy import Position, Side
from supple.catalogue import Catalogue
from supple.planner.doses import Mode
from supple.planner.plan import Plan, Step
from supple.planner.way_in import WAITS, Guide, Told, WayIn, Whence, guide_of, whence
from supple.planner.wording import words_s
from supple.safety.tables import table

EASE_OFF = "Ease off and breathe."
SAME_SIDE = "The same side again: the {side}."
NOTHING = "There is nothing to do."
WELL_DONE = "Well done."
WELL_DONE_LOW = "Well done. Get up slowly when you are ready."
BREATH_S = 4


class CueKind(StrEnum):
    """What happens during a cue."""

    GET_READY = "get_ready"
    CHANGE_POSITION = "change_position"
    INTO_POSITION = "into_position"
    CHANGE_SIDES = "change_sides"
    MOVE = "move"
    HOLD = "hold"
    REST = "rest"
    FINISH = "finish"


@dataclass(frozen=True)
class Cue:
    """One stretch of time: what to do, and the sentences to say when it begins.

    `step` is the index of the plan's step; `count` of `of` numbers the holds or cycles; `arc_percent` is how far to go.
    """

    kind: CueKind
    at_s: int
    seconds: int
    step: int
    title: str
    side: Side
    say: tuple[str, ...]
    count: int = 0
    of: int = 0
    arc_percent: int = 0

    @property
    def until_s(self) -> int:
        """The second at which the next cue begins."""
        return self.at_s + self.seconds


WORK = (CueKind.HOLD, CueKind.MOVE)
WAY = (CueKind.GET_READY, CueKind.CHANGE_POSITION, CueKind.CHANGE_SIDES, CueKind.INTO_POSITION)
Part = tuple[CueKind, int, tuple[str, ...]]  # a part of the way into a step, its seconds, and what is said


@dataclass(frozen=True)
class Timeline:
    """All cues of a session in order; the last one, `finish`, takes no time."""

    seconds: int
    cues: tuple[Cue, ...]

    def at(self, second: float) -> Cue:
        """The cue that is on at `second`; the finish from the end onwards."""
        return next((cue for cue in self.cues if cue.at_s <= second < cue.until_s), self.cues[-1])

    def ready_at(self, second: float) -> int | None:
        """The second at which the next part of the way into a step begins, or its work; nobody passes over a wait."""
        now = self.at(second)
        on_the_way = any(cue.step == now.step and cue.kind in WORK and cue.at_s > now.at_s for cue in self.cues)
        waits = any(WAITS.search(text) for text in now.say)
        return now.until_s if on_the_way and now.kind in WAY and not waits else None

    def start_of(self, step: int) -> int:
        """The second at which the way into a step begins."""
        return next((cue.at_s for cue in self.cues if cue.step == step), self.seconds)


def timeline(plan: Plan, catalogue: Catalogue, *, warm: bool = False, left: Step | None = None) -> Timeline:
    """The cues of `plan`, second by second; `warm` where it is the rest of a session that goes on at once.

    `left` is the step that one is still in then.
    """
    guides = guide_of(catalogue, plan.limits, plan.minutes)
    cues: list[Cue] = []
    before: Told | None = None
    for index, step in enumerate(plan.steps):
        now = guides.told(step)
        way = guides.way(now, before or (_begun(now, guides, left) if warm else Whence.BEGINNING))
        for cue in _step_cues(index, now, list(_way_in(now, before, way, begins=not (before or warm))), way):
            cues.append(replace(cue, at_s=cues[-1].until_s if cues else 0))
        before = now
    end_s = cues[-1].until_s if cues else 0
    said = (*before.said.leaving, _well_done(before.step), *before.up) if before else (NOTHING,)
    cues.append(Cue(CueKind.FINISH, end_s, 0, len(plan.steps), "Finish", Side.NONE, said))
    return Timeline(end_s, tuple(cues))


def _begun(now: Told, guides: Guide, left: Step | None) -> Whence:
    """Where one comes from into the first step of what is left of a session; else the time for it tells."""
    if left:
        return whence(left.position, now.step)
    places = (Whence.UPRIGHT, Whence.LOW, Whence.THERE)
    return next((one for one in places if guides.way(now, one).seconds <= now.step.transition_s), places[-1])


def _well_done(last: Step) -> str:
    """The last word; who stands already has not to get up."""
    return WELL_DONE if last.position is Position.STANDING else WELL_DONE_LOW


def breath(second: float) -> str:
    """In or out: the breathing guide at a second of a cue, four seconds each way.

    >>> breath(1), breath(5)
    ('in', 'out')
    """
    return "in" if second % (2 * BREATH_S) < BREATH_S else "out"


def _way_in(now: Told, before: Told | None, way: WayIn, *, begins: bool) -> Iterable[Part]:
    """How the seconds of `transition_s` are spent: what kind of cue, how long, and what is said.

    Where they are fewer than the way asks for, the first part is the shorter one; without time its words come later.
    """
    step = now.step
    if before and before.step.stretch == step.stretch:
        yield CueKind.CHANGE_SIDES, step.transition_s, way.last
        return
    then_s = way.then_s if step.transition_s > way.then_s else 0
    first_s = max(0, step.transition_s - way.last_s - then_s) if way.first_s else 0
    if first_s:
        yield CueKind.GET_READY if begins else CueKind.CHANGE_POSITION, first_s, way.first
    said = way.last if first_s else (*way.first, *way.last)
    yield CueKind.INTO_POSITION, step.transition_s - first_s - then_s, said if then_s else (*said, *way.then)
    if then_s:
        yield CueKind.INTO_POSITION, then_s, way.then


def _step_cues(index: int, now: Told, way_in: Iterable[Part], way: WayIn) -> Iterable[Cue]:
    """The way in, then the holds with their rests, or the cycles; the first with time for it says how it feels."""
    step = now.step

    def cue(kind: CueKind, seconds: int, say: Iterable[str] = (), count: int = 0) -> Cue:
        rounds = step.repetitions or step.cycles
        return Cue(kind, 0, seconds, index, step.name, step.side, tuple(say), count, rounds, step.arc_percent)

    yield from (cue(kind, seconds, say) for kind, seconds, say in way_in)
    if step.mode is not Mode.HOLD:
        said = (*way.within, f"Breathing: {now.said.breathing}")
        for n in range(1, step.cycles + 1):
            yield cue(CueKind.MOVE, step.seconds // step.cycles, said if n == 1 else (), n)
        return
    squeeze = [text for text in now.said.leaving if text == table("spoken")["squeeze"]["say"]]
    feel = f"Feel it: {now.stretch.feel_it}"
    holds = [way.within, *((),) * (step.repetitions - 1)]
    felt = next((n for n, said in enumerate(holds) if words_s((*said, feel)) <= step.hold_s), None)
    for n, said in enumerate(holds):
        yield cue(CueKind.HOLD, step.hold_s, (*said, feel) if n == felt else said, n + 1)
        if n + 1 < step.repetitions and step.rest_s:
            yield cue(CueKind.REST, step.rest_s, (*squeeze, EASE_OFF), n + 1)
