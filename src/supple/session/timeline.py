"""A plan unrolled in time: which cue is on at a given second, and what is said then.

Every second of the plan lies in exactly one cue, and the cues together last as long as the plan says.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from supple.anatomy import UPRIGHT, Position, Setting, Side
from supple.catalogue import Catalogue
from supple.planner.choices import into_a_stretch_s, setup_s
from supple.planner.doses import Mode
from supple.planner.plan import Plan, Step
from supple.planner.reasons import gets_down
from supple.safety.limits import Limits
from supple.safety.spoken import Spoken, spoken, turning
from supple.safety.tables import table
from supple.session.pace import spoken_s
from supple.session.wording import in_words

GET_READY_S = 5
GET_READY = "Get ready: firm, flat ground, steady shoes or bare feet, nothing in the way."
GET_READY_LOW = "Get ready: firm, flat, clean and padded ground, shoes off, nothing in the way."
WAIT = "Wait {seconds} seconds there, eyes on one point, before you begin."
GET_READY_BED = "Get ready: a firm bed, shoes off, nothing in the way."
EASE_OFF = "Ease off and breathe."
CHANGE_POSITION = "Change position, without hurry."
CHANGE_SIDES = "Change sides: now the {side}."
SAME_SIDE = "The same side again: the {side}."
NOTHING = "There is nothing to do."
WELL_DONE = "Well done."
WELL_DONE_LOW = "Well done. Get up slowly when you are ready."
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


WORK = (CueKind.HOLD, CueKind.MOVE)
WayIn = tuple[CueKind, int, tuple[str, ...]]  # a part of the way into a step, its seconds, and what is said


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


def timeline(plan: Plan, catalogue: Catalogue, *, warm: bool = False) -> Timeline:
    """The cues of `plan`, second by second; `warm` where it is the rest of a session that goes on at once."""
    cues: list[Cue] = []
    words = [in_words(spoken(catalogue.stretch(step.stretch), plan.limits, step.setting), step) for step in plan.steps]
    for index, step in enumerate(plan.steps):
        before = plan.steps[index - 1] if index else None
        out = _leaving(before, step, words[index - 1], plan, catalogue) if before else Out()
        out = replace(out, up=(*out.up, *_getting_down(before, step, plan, catalogue)))
        way_in = _way_in(step, before, words[index], out, plan.limits, warm=warm)
        how = _how(step, words[index], catalogue.stretch(step.stretch).feel_it)
        for cue in _spread(_step_cues(index, step, way_in, words[index]), how):
            at_s = cues[-1].until_s if cues else 0
            cues.append(replace(cue, at_s=at_s))
    end_s = cues[-1].until_s if cues else 0
    finish = (_well_done(plan.steps[-1]),) if cues else (NOTHING,)
    out = Out(words[-1].leaving, words[-1].closing) if words else Out()
    cues.append(Cue(CueKind.FINISH, end_s, 0, len(plan.steps), "Finish", Side.NONE, (*out.leaving, *finish, *out.up)))
    return Timeline(end_s, tuple(cues))


@dataclass(frozen=True)
class Out:
    """How to leave a step: out of the hold, and then up or over."""

    leaving: tuple[str, ...] = ()
    up: tuple[str, ...] = ()


def _same(before: Step | None, step: Step) -> bool:
    """Whether it is the other side of the same stretch."""
    return before is not None and before.stretch == step.stretch


def _leaving(before: Step, step: Step, said: Spoken, plan: Plan, catalogue: Catalogue) -> Out:
    """How to leave the step before: to get up, or to turn over where one goes on lying."""
    if before.position in LYING and step.position in LYING:
        return Out(said.leaving, turning(catalogue.stretch(before.stretch), plan.limits, before.setting))
    return Out(said.leaving, said.closing)


def _getting_down(before: Step | None, step: Step, plan: Plan, catalogue: Catalogue) -> tuple[str, ...]:
    """How to get down, where one does now: not where the rest of a session begins on the floor already."""
    without_s = into_a_stretch_s(catalogue.stretch(step.stretch), plan.limits) + setup_s(step.position, plan.limits)
    if not gets_down(step) or (before and before.position not in UPRIGHT) or step.transition_s <= without_s:
        return ()
    words = table("spoken")["getting_down"]
    return (words["say"] if plan.limits.can_kneel else words["without_kneeling"],)


def _well_done(last: Step) -> str:
    """The last word; who stands already has not to get up."""
    return WELL_DONE if last.position is Position.STANDING else WELL_DONE_LOW


def _ready(step: Step) -> str:
    """What to see to before a session that begins with this step."""
    if step.position in UPRIGHT:
        return GET_READY
    return GET_READY_BED if step.setting is Setting.BED else GET_READY_LOW


def breath(second: float) -> str:
    """In or out: the breathing guide at a second of a cue, four seconds each way.

    >>> breath(1), breath(5)
    ('in', 'out')
    """
    return "in" if second % (2 * BREATH_S) < BREATH_S else "out"


def _step_cues(index: int, step: Step, way_in: Iterable[WayIn], said: Spoken) -> Iterable[Cue]:
    """The way in, then the holds with their rests, or the cycles; what to do in them is not yet in it."""

    def cue(kind: CueKind, seconds: int, say: Iterable[str] = (), count: int = 0) -> Cue:
        rounds = step.repetitions or step.cycles
        return Cue(kind, 0, seconds, index, step.name, step.side, tuple(say), count, rounds, step.arc_percent)

    yield from (cue(kind, seconds, say) for kind, seconds, say in way_in)
    if step.mode is not Mode.HOLD:
        yield from (cue(CueKind.MOVE, step.seconds // step.cycles, (), n) for n in range(1, step.cycles + 1))
        return
    squeeze = [text for text in said.leaving if text == table("spoken")["squeeze"]["say"]]
    for n in range(1, step.repetitions + 1):
        yield cue(CueKind.HOLD, step.hold_s, (), n)
        if n < step.repetitions and step.rest_s:
            yield cue(CueKind.REST, step.rest_s, (*squeeze, EASE_OFF), n)


def _spread(cues: Iterable[Cue], how: tuple[str, ...]) -> Iterable[Cue]:
    """The cues of a step with what to do in it, so that every limit is heard before the first hold is over.

    The first hold says the last of it that it has time for, and the way in what comes before. How it feels waits for a
    hold that has time for it. Who moves hears all of it in the first cycle.
    """
    found, (*steps, feel) = list(cues), how
    first = next((n for n, cue in enumerate(found) if cue.kind in WORK), 0)
    if found[first].kind is CueKind.MOVE:
        found[first] = _saying(found[first], how)
        return found
    early = next((n for n in range(len(steps)) if _fits(found[first], steps[n:])), max(0, len(steps) - 1))
    found[first - 1] = _saying(found[first - 1], steps[:early])
    found[first] = _saying(found[first], steps[early:])
    for n in range(first, len(found)):
        if found[n].kind is CueKind.HOLD and _fits(found[n], (*found[n].say, feel)):
            found[n] = _saying(found[n], (feel,))
            break
    return found


def _fits(cue: Cue, said: Iterable[str]) -> bool:
    """Whether a calm voice says this within the cue."""
    return sum(map(spoken_s, said)) <= cue.seconds


def _saying(cue: Cue, more: Iterable[str]) -> Cue:
    return replace(cue, say=(*cue.say, *more))


def _how(step: Step, said: Spoken, feel_it: str) -> tuple[str, ...]:
    """What to do in a stretch, and at the end how it feels or how to breathe."""
    last = f"Feel it: {feel_it}" if step.mode is Mode.HOLD else f"Breathing: {said.breathing}"
    return (*said.steps, last)


def _way_in(step: Step, before: Step | None, said: Spoken, out: Out, limits: Limits, *, warm: bool) -> Iterable[WayIn]:
    """How the seconds of `transition_s` are spent; `out` is how to leave the stretch before.

    What is different for this person is said before all that follows, on either side. Somebody who gets dizzy waits
    once the head has come to another level or has rolled.
    """
    rolls = step.position is Position.SIDE_LYING
    wait_s = limits.pause_between_positions_s
    if _same(before, step):
        wait = (WAIT.format(seconds=wait_s),) if rolls and wait_s else ()
        over = out.up if rolls else ()
        sides = CHANGE_SIDES.format(side=step.side.value)
        yield CueKind.CHANGE_SIDES, step.transition_s, (*out.leaving, sides, *over, *step.changes, *wait)
        return
    moved = before is None or before.position is not step.position
    wait_s = wait_s if moved or rolls else 0
    into_s = 8 + wait_s
    first_s = min(GET_READY_S, step.transition_s // 2) if before is None else step.transition_s - into_s if moved else 0
    leaving = out.leaving
    if before is None:
        warm_up = () if warm else (table("spoken")["warm_up"]["walking" if limits.walks else "in_place"],)
        yield CueKind.GET_READY, first_s, (_ready(step), *warm_up, *out.up)
    elif moved and first_s > 0:
        yield CueKind.CHANGE_POSITION, first_s, (*leaving, CHANGE_POSITION, *out.up)
        leaving = ()
    told = any(f"wait {wait_s} s" in change for change in step.changes)
    still = before is None and step.position in UPRIGHT  # one sits or stands already
    wait = (WAIT.format(seconds=wait_s),) if wait_s and not told and not still else ()
    side = f" Begin with the {step.side.value} side." if step.side is not Side.NONE else ""
    yield (
        CueKind.INTO_POSITION,
        step.transition_s - max(0, first_s),
        (*leaving, f"{step.name}.{side}", *said.begin, *step.changes, *wait),
    )
