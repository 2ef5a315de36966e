"""A session under way, as a value: where it stands, what was done, and what "It hurts" makes of the rest.

The caller owns the clock and the screen: it calls `advance` with the seconds that have passed and acts on the keys.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from supple.anatomy import LYING_ON
from supple.catalogue import Catalogue
from supple.planner import Done, Plan, SoFar, Step, rest_of
from supple.planner.doses import SMALLEST_ARC_PERCENT, Mode
from supple.planner.history import group_seconds
from supple.safety import nerve
from supple.safety.screening import ENDS_IT
from supple.safety.traffic_light import Action, AfterSet, Colour, LegResponse, Light, Quality, after_set, colour
from supple.safety.verdicts import Verdict
from supple.safety.words import SpinePart
from supple.session.log import NOT_ANSWERED, Ending, Hurt, Log, Recheck, history, with_step, without_last
from supple.session.timeline import Cue, CueKind, Timeline, timeline

WEAK = "weakness during a stretch"
WORK = (CueKind.HOLD, CueKind.MOVE)
UNCHANGED_SESSIONS = 2  # as the table's continue_max_two_sessions_then_review says


@dataclass(frozen=True)
class Playback:
    """Where a session stands: `at_s` seconds into `timeline`; `log` holds the steps behind.

    Re-planning replaces `plan` by the plan of the rest.
    """

    plan: Plan
    timeline: Timeline
    log: Log
    at_s: float = 0.0
    paused: bool = False
    colour: Colour = Colour.GREEN
    pain: int = 0

    @property
    def cue(self) -> Cue:
        """The cue that is on."""
        return self.timeline.at(self.at_s)

    @property
    def step(self) -> Step | None:
        """The step that is on; None when all are done."""
        index = self.cue.step
        return self.plan.steps[index] if index < len(self.plan.steps) else None

    @property
    def finished(self) -> bool:
        """Whether nothing is left to do."""
        return self.cue.kind is CueKind.FINISH


def start(plan: Plan, catalogue: Catalogue, at: datetime, pain: int) -> Playback:
    """A session that begins at `at` with pain `pain` (0 to 10)."""
    log = Log(started=at, pain_before=pain, level=plan.background.level, rest=plan)
    return Playback(plan, timeline(plan, catalogue), log, pain=pain)


def go_on(log: Log, catalogue: Catalogue) -> Playback | None:
    """The session that `log` was kept of, from the first step that is not in it.

    None where nothing is left, and where a grave sign or its red lights ended it.
    """
    if log.rest is None or log.ended or not log.rest.steps:
        return None
    if must_end(log) or any(check.verdict for check in log.rechecks):
        return None
    return Playback(log.rest, timeline(log.rest, catalogue), log, pain=log.pain_before)


def kept(now: Playback) -> Log:
    """The log to write down now: with what is left of the plan, from the present step on."""
    steps = now.plan.steps[now.cue.step :]
    rest = replace(now.plan, steps=steps, seconds=sum(step.seconds + step.transition_s for step in steps))
    return replace(now.log, rest=rest)


def advance(now: Playback, seconds: float, at: datetime) -> Playback:
    """`seconds` later, at the moment `at`: every step that ended on the way is in the log."""
    if now.paused or now.finished:
        return now
    return _to(now, min(now.at_s + seconds, float(now.timeline.seconds)), at)


def pause(now: Playback) -> Playback:
    """Paused, or going on again."""
    return replace(now, paused=not now.paused)


def skip(now: Playback, at: datetime) -> Playback:
    """On to the next step; what was done of this one is in the log as skipped."""
    if now.step is None:
        return now
    logged = with_step(now.log, now.step, at, worked_s(now), Ending.SKIPPED, now.colour)
    return _next(replace(now, log=logged), now.cue.step + 1)


def back(now: Playback) -> Playback:
    """To the start of this step; within its first three seconds to the step before, which is then done again."""
    index = now.cue.step
    begun_s = now.timeline.start_of(index)
    if now.at_s - begun_s > 3 or index == 0:
        return replace(now, at_s=float(begun_s))
    log = without_last(now.log, now.plan.steps[index - 1])
    return replace(now, at_s=float(now.timeline.start_of(index - 1)), log=log, colour=Colour.GREEN)


def worked_s(now: Playback) -> int:
    """Seconds of holding and moving in the present step so far."""
    cues = [cue for cue in now.timeline.cues if cue.step == now.cue.step and cue.kind in WORK]
    return round(sum(max(0.0, min(now.at_s, cue.until_s) - cue.at_s) for cue in cues))


def hurts(
    now: Playback, catalogue: Catalogue, at: datetime, *, before: int, during: int, quality: Quality, light: Light
) -> Playback:
    """What the traffic light makes of it: go on when green, do less of it when amber, stop and plan again when red."""
    step = now.step
    if step is None:
        return now
    hurt = Hurt(at, step.stretch, step.side, before, during, quality, light.rule, light.colour)
    now = replace(now, log=replace(now.log, hurts=(*now.log.hurts, hurt)))
    if light.colour is Colour.GREEN:
        return now
    if light.colour is Colour.AMBER:
        if worked_s(now):
            now = replace(now, log=with_step(now.log, step, at, worked_s(now), Ending.STOPPED, Colour.AMBER))
        return _eased(now, catalogue, step, hold_too=light.action is Action.HALVE_ARC_AND_HOLD)
    logged = with_step(now.log, step, at, worked_s(now), Ending.STOPPED, light.colour)
    dropped = now.plan.background.dropped | dropped_after(catalogue, step.stretch, quality)
    return _replanned(replace(now, log=logged), catalogue, step, dropped)


def noted(now: Playback, catalogue: Catalogue, at: datetime, quality: Quality) -> Playback:
    """With a kind of pain in the log that stops a stretch whatever its number, before the number is asked.

    What it asks for is left open with it, so that whoever closes the session here is asked the next time.
    """
    step = now.step
    if step is None:
        return now
    light = colour(now.pain, now.pain, quality, catalogue.stretch(step.stretch))
    hurt = Hurt(at, step.stretch, step.side, now.pain, now.pain, quality, light.rule, light.colour)
    now = replace(now, log=replace(now.log, hurts=(*now.log.hurts, hurt)))
    if ENDS_IT in light.then:
        now = rechecked(now, at, quality, WEAK, Verdict.SAME_DAY)
    return rechecked(now, at, NOT_ANSWERED)


def rechecked(now: Playback, at: datetime, answer: str, told: str = "", verdict: Verdict | None = None) -> Playback:
    """With the answer to the question about grave signs in the log."""
    check = Recheck(at, answer, told, verdict)
    return replace(now, log=replace(now.log, rechecks=(*now.log.rechecks, check)))


def _eased(now: Playback, catalogue: Catalogue, step: Step, *, hold_too: bool) -> Playback:
    """The present stretch again from its beginning on this side, with half the arc and, where asked, half the hold."""
    first = now.cue.step
    steps = tuple(
        _halved(other, hold_too=hold_too) if index >= first and other.stretch == step.stretch else other
        for index, other in enumerate(now.plan.steps)
    )
    steps = _with_room(steps, first, now, catalogue)
    plan = replace(now.plan, steps=steps, seconds=sum(s.seconds + s.transition_s for s in steps))
    fresh = timeline(plan, catalogue)
    if steps[first : first + 1] != () and steps[first].stretch == step.stretch and steps[first].side is step.side:
        return replace(now, plan=plan, timeline=fresh, at_s=float(_again_at(fresh, first)), colour=Colour.AMBER)
    return replace(now, plan=plan, timeline=fresh, at_s=float(fresh.start_of(first)), colour=Colour.GREEN)


def _with_room(steps: tuple[Step, ...], first: int, now: Playback, catalogue: Catalogue) -> tuple[Step, ...]:
    """The steps with less of the one at `first`, or without it, where what was done already leaves no room for all."""
    done = [step for step in history(now.log).done if step.seconds]
    later = [Done(step.stretch, now.log.started, step.side, step.work_s) for step in steps[first + 1 :]]
    while steps[first].work_s:
        again = Done(steps[first].stretch, now.log.started, steps[first].side, steps[first].work_s)
        worked = group_seconds([*done, again, *later], catalogue)
        if all(seconds <= now.plan.background.room_s[group] for group, seconds in worked.items()):
            return steps
        steps = (*steps[:first], _one_less(steps[first]), *steps[first + 1 :])
    return (*steps[:first], *steps[first + 1 :])


def _one_less(step: Step) -> Step:
    """A step with a hold or a cycle less, down to none."""
    if step.mode is Mode.HOLD:
        return _holding(replace(step, repetitions=step.repetitions - 1))
    return _moving(step, step.cycles - 1)


def _holding(step: Step) -> Step:
    """A held step with the seconds that its holds take."""
    work_s = step.hold_s * step.repetitions
    return replace(step, work_s=work_s, seconds=work_s + step.rest_s * max(0, step.repetitions - 1))


def _moving(step: Step, cycles: int) -> Step:
    """A step of movement with so many cycles."""
    seconds = step.seconds // step.cycles * cycles
    return replace(step, cycles=cycles, work_s=seconds, seconds=seconds)


def _again_at(unrolled: Timeline, step: int) -> int:
    """Where a step that is on begins again: on the way into it, for one is in its position already."""
    before = [cue for cue in unrolled.cues if cue.step == step and cue.kind not in (*WORK, CueKind.REST)]
    return before[-1].at_s if before else unrolled.start_of(step)


def _halved(step: Step, *, hold_too: bool) -> Step:
    """Half the arc; and half the seconds of a hold, or half the cycles."""
    arc = max(SMALLEST_ARC_PERCENT, step.arc_percent // 2)
    if not hold_too:
        return replace(step, arc_percent=arc)
    if step.mode is Mode.HOLD:
        return _holding(replace(step, arc_percent=arc, hold_s=max(1, step.hold_s // 2)))
    return replace(_moving(step, max(1, step.cycles // 2)), arc_percent=arc)


def _replanned(now: Playback, catalogue: Catalogue, here: Step, dropped: dict[str, str]) -> Playback:
    """The rest of the session planned again without what was dropped."""
    skipped = {e.stretch: "You skipped it today." for e in now.log.entries if e.ending is Ending.SKIPPED}
    so_far = SoFar(
        done=tuple(step for step in history(now.log).done if step.seconds),
        here=here.position,
        left_s=max(0, int(now.timeline.seconds - now.at_s)),
        dropped=skipped | dropped,
        surface=next((step.setting for step in now.plan.steps if step.setting in LYING_ON), None),
    )
    plan = rest_of(catalogue, now.plan, so_far)
    return replace(now, plan=plan, timeline=timeline(plan, catalogue), at_s=0.0, colour=Colour.GREEN)


def leg_answers(now: Playback, catalogue: Catalogue, response: LegResponse) -> Playback:
    """What the leg says after the low back moved: it is kept, and where the table says so, the direction is left."""
    index = now.cue.step - 1
    now = replace(now, log=replace(now.log, legs=(*now.log.legs, response)))
    if after_set(response) is not AfterSet.LEAVE_DIRECTION or index < 0:
        return now
    hurt = catalogue.stretch(now.plan.steps[index].stretch)
    dropped = now.plan.background.dropped | {
        other.id: "Your leg did not like that direction, so the rest of today goes without it."
        for other in catalogue.stretches.values()
        if nerve.same_direction(hurt, other, SpinePart.LUMBAR, by_the_way=True)
        or not nerve.is_neutral(other, SpinePart.LUMBAR)
    }
    return _replanned(now, catalogue, now.plan.steps[index], dropped)


def leg_needs_review(logs: Iterable[Log]) -> bool:
    """Whether the leg has said "the same" in the last two sessions in which it was asked, oldest log first."""
    asked = [log.legs[-1] for log in logs if log.legs]
    lately = asked[-UNCHANGED_SESSIONS:]
    return len(lately) == UNCHANGED_SESSIONS and all(
        after_set(said) is AfterSet.GO_ON_FOR_TWO_SESSIONS for said in lately
    )


def loads_low_back(stretch: str, catalogue: Catalogue) -> bool:
    """Whether a stretch moves the low back, so that a leg is asked after it."""
    load = catalogue.stretch(stretch).spine_load.lumbar
    return bool(load.flexion or load.extension or load.rotation)


def end(now: Playback, at: datetime, ending: Ending, pain_after: int | None = None) -> Log:
    """The log of the session as it ended; what was done of a step that was broken off is in it."""
    log = now.log
    if now.step is not None and worked_s(now):
        log = with_step(log, now.step, at, worked_s(now), Ending.STOPPED, now.colour)
    return replace(log, ended=at, ending=ending, pain_after=pain_after, rest=None)


def dropped_after(catalogue: Catalogue, stretch: str, quality: Quality) -> dict[str, str]:
    """The stretches that are out for the day after a red light on `stretch`, with the reason."""
    hurt = catalogue.stretch(stretch)
    return nerve.left_out(catalogue, hurt, quality) | {stretch: "It hurt today, so it is out for today."}


def must_end(log: Log) -> str | None:
    """What to say where the red lights of this session end it; None while they do not."""
    return nerve.ends_session(hurt.quality for hurt in log.hurts if hurt.colour is Colour.RED)


def _to(now: Playback, at_s: float, at: datetime) -> Playback:
    """At `at_s`, with the steps that ended before it in the log as done."""
    last = now.timeline.at(at_s).step
    while now.cue.step < last:
        step = now.plan.steps[now.cue.step]
        log = with_step(now.log, step, at, step.work_s, Ending.DONE, now.colour)
        now = replace(now, log=log, at_s=float(now.timeline.start_of(now.cue.step + 1)), colour=Colour.GREEN)
    return replace(now, at_s=at_s)


def _next(now: Playback, step: int) -> Playback:
    return replace(now, at_s=float(now.timeline.start_of(step)), colour=Colour.GREEN)
