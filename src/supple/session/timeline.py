"""A plan unrolled in time: which cue is on at a given second, and what is said then.

Every second of the plan lies in exactly one cue, and the cues together last as long as the plan says.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from supple.anatomy import UPRIGHT, Position, Side
from supple.catalogue import Catalogue
from supple.planner.doses import Mode
from supple.planner.plan import Plan, Step
from supple.safety.spoken import Spoken, spoken, turning
from supple.session.wording import in_words

GET_READY_S = 5
GET_READY = "Get ready: firm, flat ground, steady shoes or bare feet, nothing in the way."
GET_READY_LOW = "Get ready: firm, flat, clean and padded ground, shoes off, nothing in the way."
WARM_UP = "Not warm yet? Pause here and walk about for a few minutes first."
BREATH_S = 4
LYING = (Position.PRONE, Position.SIDE_LYING, Position.SUPINE)


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


@dataclass(frozen=True)
class Timeline:
    """All cues of a session in order; the last one, `finish`, takes no time."""

    seconds: int
    cues: tuple[Cue, ...]

    def at(self, second: float) -> Cue:
        """The cue that is on at `second`; the finish from the end onwards."""
        return next((cue for cue in self.cues if cue.at_s <= second < cue.until_s), self.cues[-1])

    def start_of(self, step: int) -> int:
        """The second at which the way into a step begins."""
        return next((cue.at_s for cue in self.cues if cue.step == step), self.seconds)


def timeline(plan: Plan, catalogue: Catalogue) -> Timeline:
    """The cues of `plan`, second by second."""
    cues: list[Cue] = []
    words = [spoken(catalogue.stretch(step.stretch), plan.limits, step.setting) for step in plan.steps]
    for index, step in enumerate(plan.steps):
        before = plan.steps[index - 1] if index else None
        up = _leaving(before, step, words[index - 1], plan, catalogue) if before else ()
        said = in_words(words[index], step, last=_is_last_side(plan.steps, index))
        for cue in _step_cues(index, step, before, said, up, catalogue.stretch(step.stretch).feel_it):
            at_s = cues[-1].until_s if cues else 0
            cues.append(_at(cue, at_s))
    end_s = cues[-1].until_s if cues else 0
    finish = ("Well done. Get up slowly when you are ready.",) if cues else ("There is nothing to do.",)
    up = words[-1].closing if words else ()
    cues.append(Cue(CueKind.FINISH, end_s, 0, len(plan.steps), "Finish", Side.NONE, (*finish, *up)))
    return Timeline(end_s, tuple(cues))


def _is_last_side(steps: Sequence[Step], index: int) -> bool:
    """Whether no other side of the same stretch follows."""
    return index + 1 == len(steps) or steps[index + 1].stretch != steps[index].stretch


def _leaving(before: Step, step: Step, said: Spoken, plan: Plan, catalogue: Catalogue) -> tuple[str, ...]:
    """How to leave the step before: to get up, or to turn over where one goes on lying."""
    if before.position in LYING and step.position in LYING:
        return turning(catalogue.stretch(before.stretch), plan.limits, before.setting)
    return said.closing


def breath(second: float) -> str:
    """In or out: the breathing guide at a second of a cue, four seconds each way.

    >>> breath(1), breath(5)
    ('in', 'out')
    """
    return "in" if second % (2 * BREATH_S) < BREATH_S else "out"


def _at(cue: Cue, at_s: int) -> Cue:
    return Cue(cue.kind, at_s, cue.seconds, cue.step, cue.title, cue.side, cue.say, cue.count, cue.of, cue.arc_percent)


def _step_cues(
    index: int, step: Step, before: Step | None, said: Spoken, up: tuple[str, ...], feel_it: str
) -> Iterable[Cue]:
    def cue(kind: CueKind, seconds: int, say: Iterable[str], count: int = 0) -> Cue:
        rounds = step.repetitions or step.cycles
        return Cue(kind, 0, seconds, index, step.name, step.side, tuple(say), count, rounds, step.arc_percent)

    yield from (cue(kind, seconds, say) for kind, seconds, say in _way_in(step, before, said, up))
    how = _how(step, said, feel_it)
    if step.mode is not Mode.HOLD:
        cycle_s = step.seconds // step.cycles
        for n in range(1, step.cycles + 1):
            yield cue(CueKind.MOVE, cycle_s, how if n == 1 else (), n)
        return
    for n in range(1, step.repetitions + 1):
        yield cue(CueKind.HOLD, step.hold_s, how if n == 1 else (), n)
        if n < step.repetitions and step.rest_s:
            yield cue(CueKind.REST, step.rest_s, ("Ease off and breathe.",), n)


def _how(step: Step, said: Spoken, feel_it: str) -> tuple[str, ...]:
    """What to do in a stretch; what is different for this person is said first and goes before all that follows."""
    changes = (f"For you, before all else: {' '.join(step.changes)}",) if step.changes else ()
    last = f"Feel it: {feel_it}" if step.mode is Mode.HOLD else f"Breathing: {said.breathing}"
    return (*changes, *said.steps, last)


def _way_in(
    step: Step, before: Step | None, said: Spoken, up: tuple[str, ...]
) -> Iterable[tuple[CueKind, int, tuple[str, ...]]]:
    """How the seconds of `transition_s` are spent; `up` is how to leave the stretch before."""
    same = before is not None and before.stretch == step.stretch
    if same:
        yield CueKind.CHANGE_SIDES, step.transition_s, (f"Change sides: now the {step.side.value}.",)
        return
    moved = before is None or before.position is not step.position
    first_s = min(GET_READY_S, step.transition_s // 2) if before is None else step.transition_s - 8 if moved else 0
    if before is None:
        yield CueKind.GET_READY, first_s, (GET_READY_LOW if step.position not in UPRIGHT else GET_READY, WARM_UP)
    elif moved and first_s > 0:
        yield CueKind.CHANGE_POSITION, first_s, ("Change position, without hurry.", *up)
    side = f" Begin with the {step.side.value} side." if step.side is not Side.NONE else ""
    yield (
        CueKind.INTO_POSITION,
        step.transition_s - max(0, first_s),
        (f"{step.name}.{side}", *said.begin, *step.changes),
    )
