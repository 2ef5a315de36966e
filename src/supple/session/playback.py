"""A session under way, as a value: where it stands, what was done, and what "It hurts" makes of the rest.

The caller owns the clock and the screen: it calls `advance` with the seconds that have passed and acts on the keys.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from supple.anatomy import LYING_ON, Position
from supple.catalogue import Catalogue
from supple.planner import Plan, SoFar, Step, rest_of
from supple.planner.choices import undosed
from supple.planner.doses import is_rest
from supple.planner.way_in import guide_of
from supple.safety import nerve
from supple.safety.forms import changed_form
from supple.safety.grave_pain import GravePain, Pain, grave_pain, of_sign, pain_for_the_rest, person, too_strong
from supple.safety.limits import Allowance, Limits, judge
from supple.safety.screening import ENDS_IT
from supple.safety.traffic_light import Action, AfterSet, Colour, LegResponse, Light, Quality, after_set, colour
from supple.safety.verdicts import Verdict
from supple.session.easing import halved, with_room, with_words, within
from supple.session.log import (
    NOT_ANSWERED,
    Ending,
    Entry,
    Hurt,
    Log,
    Recheck,
    reddened,
    with_entry,
    without_last,
)
from supple.session.past import history
from supple.session.timeline import WORK, Cue, CueKind, Timeline, timeline

NERVE_TWICE = "nerve_twice"
WEAK = "weakness during a stretch"
LEG = "leg_symptom_response"  # what stands for a rule where a leg got worse


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
    plan = _with_steps(log.rest, log.rest.steps, catalogue)
    return Playback(plan, timeline(plan, catalogue), log, pain=log.pain_before)


def kept(now: Playback) -> Log:
    """The log to write down now: with what is left of the plan, from the present step on."""
    return replace(now.log, rest=_summed(now.plan, now.plan.steps[now.cue.step :]))


def advance(now: Playback, seconds: float, at: datetime) -> Playback:
    """`seconds` later, at the moment `at`: every step that ended on the way is in the log."""
    if now.paused or now.finished:
        return now
    return _to(now, min(now.at_s + seconds, float(now.timeline.seconds)), at)


def pause(now: Playback) -> Playback:
    """Paused, or going on again."""
    return replace(now, paused=not now.paused)


def ready(now: Playback) -> Playback:
    """On to the next part of the way into a step, or to its work, for who needs no more of this one."""
    next_s = now.timeline.ready_at(now.at_s)
    return now if next_s is None else replace(now, at_s=float(next_s), paused=False)


def getting_up(now: Playback, catalogue: Catalogue) -> tuple[str, ...]:
    """How to get up from the step that one is in, or was in last; nothing where one stands.

    Who has not yet begun with what pain left of the session is still in the step that hurt.
    """
    words = guide_of(catalogue, now.plan.limits, now.plan.minutes)
    begun = now.at_s > 0 and now.cue.kind not in (CueKind.CHANGE_POSITION, CueKind.FINISH)
    steps = now.plan.steps[: now.cue.step + begun]
    last = steps[-1] if steps else still_in(now.plan, now.log, catalogue) or next(iter(now.plan.steps), None)
    return words.told(last).up if last else ()


def skip(now: Playback, at: datetime) -> Playback:
    """On to the next step; what was done of this one is in the log as skipped."""
    if now.step is None:
        return now
    logged = _with_present(now, at, Ending.SKIPPED, now.colour)
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


def _with_present(now: Playback, at: datetime, ending: Ending, colour: Colour) -> Log:
    """The log with the present step, as far as it was worked."""
    step = now.step
    return with_entry(now.log, Entry(step.stretch, step.side, at, worked_s(now), ending, colour)) if step else now.log


def hurts(now: Playback, catalogue: Catalogue, at: datetime, pain: Pain, light: Light) -> Playback:
    """What the traffic light makes of it: go on when green, do less of it when amber, stop and plan again when red.

    Where it is a grave sign for this person, that is in the log too.
    """
    step = now.step
    if step is None:
        return now
    hurt = Hurt(at, step.stretch, step.side, pain.before, pain.during, pain.quality, light.rule, light.colour)
    now = replace(now, log=replace(now.log, hurts=(*now.log.hurts, hurt)))
    if light.colour is Colour.GREEN:
        return now
    if light.colour is Colour.AMBER:
        if worked_s(now):
            now = replace(now, log=_with_present(now, at, Ending.STOPPED, Colour.AMBER))
        return _eased(now, catalogue, step, hold_too=light.action is Action.HALVE_ARC_AND_HOLD)
    now = _nerve_twice(_with_sign(now, catalogue, hurt, light), at)
    logged = _with_present(now, at, Ending.STOPPED, light.colour)
    planned = {later.stretch for later in now.plan.steps[now.cue.step :]}
    new = nerve.nothing_new(catalogue, pain.quality, planned)
    dropped = now.plan.background.dropped | new | dropped_after(catalogue, step.stretch, pain.quality)
    now, bounds = replace(now, log=logged), _bounds_after(now.plan.limits, pain.during)
    red = [found.quality for found in now.log.hurts if found.colour is Colour.RED]
    if pain.quality is Quality.SPREADING or nerve.only_rests(red):
        return _left_to_rest(now, catalogue, dropped, bounds)
    return _replanned(now, catalogue, step, dropped, bounds)


def _bounds_after(bounds: Limits, during: int) -> Limits:
    """The limits of what is left of a session, for pain this strong where it is strong."""
    today = replace(bounds.today, pain_now=pain_for_the_rest(bounds.today.pain_now, during))
    return replace(bounds, today=today)


def noted(now: Playback, catalogue: Catalogue, at: datetime, quality: Quality) -> Playback:
    """With a kind of pain in the log that stops a stretch whatever its number, before the number is asked.

    What it asks for is left open with it, so that whoever closes the session here is asked the next time. After the
    end it is told of the step that was last.
    """
    last = next(reversed(now.log.entries), None)
    step = (now.log.ended and last) or now.step or last
    if step is None:
        return now
    light = colour(now.pain, now.pain, quality, catalogue.stretch(step.stretch))
    hurt = Hurt(at, step.stretch, step.side, now.pain, now.pain, quality, light.rule, light.colour)
    now = replace(now, log=replace(now.log, hurts=(*now.log.hurts, hurt)))
    return rechecked(_with_sign(now, catalogue, hurt, light), at, NOT_ANSWERED)


def grave(now: Playback, catalogue: Catalogue, hurt: Hurt) -> tuple[GravePain, ...]:
    """What of a pain ends the session for this person, all that it may be; empty where nothing does."""
    bounds = now.plan.limits
    whom = person(bounds.tags, bounds.precautions, bounds.age, pregnant=bounds.pregnant)
    return grave_pain(Pain(hurt.before, hurt.during, hurt.quality), catalogue.stretch(hurt.stretch), whom)


def _with_sign(now: Playback, catalogue: Catalogue, hurt: Hurt, light: Light) -> Playback:
    """With the grave signs in the log that a red light is by itself: weakness, or pain that is one for this person."""
    if ENDS_IT in light.then:
        return rechecked(now, hurt.at, hurt.quality, WEAK, Verdict.SAME_DAY)  # "has to be looked at today"
    for found in grave(now, catalogue, hurt):
        now = rechecked(now, hurt.at, found.id, found.told, found.verdict)
    return now


def rechecked(now: Playback, at: datetime, answer: str, told: str = "", verdict: Verdict | None = None) -> Playback:
    """With the answer to the question about grave signs in the log."""
    check = Recheck(at, answer, told, verdict)
    return replace(now, log=replace(now.log, rechecks=(*now.log.rechecks, check)))


def _nerve_twice(now: Playback, at: datetime) -> Playback:
    """With the sign in the log that nerves answered too often in this session: the next one waits for a clinician."""
    red = [hurt.quality for hurt in now.log.hurts if hurt.colour is Colour.RED]
    if not nerve.ends_session(red):
        return now
    return rechecked(now, at, NERVE_TWICE, nerve.told_twice(), Verdict.SEE_CLINICIAN)


def _eased(now: Playback, catalogue: Catalogue, step: Step, *, hold_too: bool) -> Playback:
    """The present stretch again from its beginning on this side, with half the arc and, where asked, half the hold."""
    first = now.cue.step
    steps = tuple(
        halved(other, hold_too=hold_too) if index >= first and other.stretch == step.stretch else other
        for index, other in enumerate(now.plan.steps)
    )
    steps = with_words(steps, first, step, guide_of(catalogue, now.plan.limits, now.plan.minutes))
    plan = _summed(now.plan, with_room(steps, first, now.log, now.plan, catalogue))
    steps = plan.steps
    fresh = timeline(plan, catalogue)
    if steps[first : first + 1] != () and steps[first].stretch == step.stretch and steps[first].side is step.side:
        return replace(now, plan=plan, timeline=fresh, at_s=float(_again_at(fresh, first)), colour=Colour.AMBER)
    return replace(now, plan=plan, timeline=fresh, at_s=float(fresh.start_of(first)), colour=Colour.GREEN)


def _again_at(unrolled: Timeline, step: int) -> int:
    """Where a step that is on begins again: on the way into it, for one is in its position already."""
    before = [cue for cue in unrolled.cues if cue.step == step and cue.kind not in (*WORK, CueKind.REST)]
    return before[-1].at_s if before else unrolled.start_of(step)


def _replanned(now: Playback, catalogue: Catalogue, here: Step, dropped: dict[str, str], bounds: Limits) -> Playback:
    """The rest of the session planned again without what was dropped, within these limits."""
    skipped = {e.stretch: "You skipped it today." for e in now.log.entries if e.ending is Ending.SKIPPED}
    so_far = SoFar(
        done=tuple(step for step in history(now.log).done if step.seconds),
        here=here.position,
        left_s=max(0, int(now.timeline.seconds - now.at_s)),
        dropped=skipped | dropped,
        surface=next((step.setting for step in now.plan.steps if step.setting in LYING_ON), None),
        most_s={step.stretch: step.work_s for step in now.plan.steps[now.cue.step :]},
    )
    return _from_here(now, catalogue, rest_of(catalogue, now.plan, so_far, bounds))


def _from_here(now: Playback, catalogue: Catalogue, rest: Plan) -> Playback:
    """What is left of a session, begun from the step that one is in."""
    unrolled = timeline(rest, catalogue, warm=True, left=still_in(rest, now.log, catalogue))
    return replace(now, plan=rest, timeline=unrolled, at_s=0.0, colour=Colour.GREEN)


def still_in(rest: Plan, log: Log, catalogue: Catalogue) -> Step | None:
    """The step that pain has just stopped, which one is in until the first of `rest` begins; None where none was."""
    red = [hurt for hurt in log.hurts if hurt.colour is Colour.RED]
    last = log.entries[-1] if log.entries else None
    if not red or last is None or (last.stretch, last.ending) != (red[-1].stretch, Ending.STOPPED):
        return None
    stretch, today = catalogue.stretch(last.stretch), rest.limits.today.settings
    lain = next((step.setting for step in rest.steps if step.setting in LYING_ON), None)
    here = [setting for setting in (lain, *today) if setting in stretch.settings]
    changes = changed_form(stretch, rest.limits.tags).sentences
    return undosed(stretch, (here or [*stretch.settings])[0], last.side, changes)


def leg_answers(now: Playback, catalogue: Catalogue, at: datetime, response: LegResponse) -> Playback:
    """What the leg says after the low back moved: it is kept, and where it got worse, that is pain that spread.

    The rests that were planned are left then.
    """
    index = now.cue.step - 1
    now = replace(now, log=replace(now.log, legs=(*now.log.legs, response)))
    if after_set(response) is not AfterSet.LEAVE_DIRECTION or index < 0:
        return now
    step = now.plan.steps[index]
    hurt = Hurt(at, step.stretch, step.side, now.pain, now.pain, Quality.SPREADING, LEG, Colour.RED)
    dropped = now.plan.background.dropped | dropped_after(catalogue, step.stretch, Quality.SPREADING)
    now = _nerve_twice(replace(now, log=reddened(now.log, hurt)), at)
    return _left_to_rest(now, catalogue, dropped, now.plan.limits)


def spread(log: Log) -> bool:
    """Whether pain spread in this session, or a leg got worse."""
    return any(hurt.colour is Colour.RED and hurt.quality is Quality.SPREADING for hurt in log.hurts)


def only_rests(made: Plan, catalogue: Catalogue, dropped: dict[str, str], here: Position | None = None) -> Plan:
    """A plan without all but the rests that its limits allow and that are not `dropped`; `here` is where one is."""
    left = ((step, judge(catalogue.stretch(step.stretch), made.limits)) for step in made.steps)
    rests = (
        within(step, found)
        for step, found in left
        if isinstance(found, Allowance) and is_rest(catalogue.stretch(step.stretch)) and step.stretch not in dropped
    )
    return _with_steps(replace(made, background=replace(made.background, dropped=dropped)), rests, catalogue, here)


def _with_steps(made: Plan, left: Iterable[Step], catalogue: Catalogue, here: Position | None = None) -> Plan:
    """The plan of these steps, with the way into each from the one that is before it now."""
    return _summed(made, guide_of(catalogue, made.limits, made.minutes).timed(left, here))


def _summed(made: Plan, left: Iterable[Step]) -> Plan:
    steps = tuple(left)
    return replace(made, steps=steps, seconds=sum(step.seconds + step.transition_s for step in steps))


def _left_to_rest(now: Playback, catalogue: Catalogue, dropped: dict[str, str], bounds: Limits) -> Playback:
    """The rests that were still planned and did not hurt, after pain that spread or sharp pain that came again."""
    left = replace(now.plan, steps=now.plan.steps[now.cue.step :], limits=bounds)
    return _from_here(now, catalogue, only_rests(left, catalogue, dropped, now.step.position if now.step else None))


def loads_low_back(stretch: str, catalogue: Catalogue) -> bool:
    """Whether a stretch moves the low back, so that a leg is asked after it."""
    return nerve.loads_low_back(catalogue.stretch(stretch))


def end(now: Playback, at: datetime, ending: Ending, pain_after: int | None = None) -> Log:
    """The log of the session as it ended; what was done of a step that was broken off is in it."""
    log = now.log
    if now.step is not None and worked_s(now):
        log = _with_present(now, at, Ending.STOPPED, now.colour)
    return replace(log, ended=at, ending=ending, pain_after=pain_after, rest=None)


def dropped_after(catalogue: Catalogue, stretch: str, quality: Quality) -> dict[str, str]:
    """The stretches that are out for the day after a red light on `stretch`, with the reason."""
    hurt = catalogue.stretch(stretch)
    out = nerve.week_after(catalogue, hurt, quality, when=nerve.FROM_NOW_ON) | nerve.same_way(catalogue, hurt, quality)
    return out | nerve.left_out(catalogue, hurt, quality) | {stretch: "It hurt today, so it is out for today."}


def must_end(log: Log) -> str | None:
    """What to say where the red lights of this session end it, for this person or anybody; None while they do not."""
    signs = [says for check in log.rechecks if (says := of_sign(check.answer))]
    if signs:
        return signs[-1]
    red = [hurt for hurt in log.hurts if hurt.colour is Colour.RED]
    strong = [too_strong(Pain(hurt.before, hurt.during, hurt.quality)) for hurt in red]
    return next(filter(None, strong), None) or nerve.ends_session(hurt.quality for hurt in red)


def _to(now: Playback, at_s: float, at: datetime) -> Playback:
    """At `at_s`, with the steps that ended before it in the log as done."""
    last = now.timeline.at(at_s).step
    while now.cue.step < last:
        step = now.plan.steps[now.cue.step]
        log = with_entry(now.log, Entry(step.stretch, step.side, at, step.work_s, Ending.DONE, now.colour))
        now = replace(now, log=log, at_s=float(now.timeline.start_of(now.cue.step + 1)), colour=Colour.GREEN)
    return replace(now, at_s=at_s)


def _next(now: Playback, step: int) -> Playback:
    return replace(now, at_s=float(now.timeline.start_of(step)), colour=Colour.GREEN)
