"""A session and the questions that stand between its steps: what a second, a tap or an answer makes of it.

Every door shows the question that is open and hands on the answer. Whatever is asked is first written down as if the
gravest were so: that stands where the session is closed or lost over the question, and the answer takes its place.

Every function takes a scene and gives the next one; `now` is the moment at which it happens.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from supple.catalogue import load
from supple.planner import Step
from supple.safety.grave_pain import GravePain, Pain
from supple.safety.nerve import is_plain_rest
from supple.safety.screening import ENDS_IT
from supple.safety.tables import table
from supple.safety.traffic_light import (
    LEG_WORSE,
    NUMB_OR_WEAK,
    Action,
    AfterSet,
    Colour,
    LegResponse,
    Light,
    Quality,
    after_set,
    colour,
    first_of_all,
    is_grave,
    settled,
    tripped,
    unsettled,
)
from supple.safety.verdicts import Verdict
from supple.session.alarms import alarm
from supple.session.asking import (
    END,
    NOTHING,
    RETURN,
    SKIP,
    WORSE,
    YES,
    Open,
    What,
    answers,
    card,
    stop_now,
)
from supple.session.log import LEG_NOT_ANSWERED, NOT_ANSWERED, Ending, Log
from supple.session.playback import (
    Playback,
    advance,
    back,
    end,
    grave,
    hurts,
    leg_answers,
    loads_low_back,
    must_end,
    noted,
    rechecked,
    skip,
    worked_s,
)

NOTHING_LEFT = (
    "Nothing else is left today. If it has not settled by tomorrow, let a physiotherapist or doctor look at it before "
    "you go on."
)
COMES_AGAIN = (What.SETTLES, What.LEG, What.TOLD)  # where something worse was meant and is denied
LEG_ENDS_IT = "The session ends here. Answer the safety questions again before the next one."


class NotAsked(ValueError):
    """That answer belongs to no question that is open, or is none of its answers."""


@dataclass(frozen=True)
class Scene:
    """A session as it stands: `held` is its log before the open question, `behind` the steps before it was re-planned.

    `ending` says that it is over; what is open then is only told.
    """

    playback: Playback
    open: Open = NOTHING
    held: Log | None = None
    ending: Ending | None = None
    behind: int = 0

    @property
    def answers(self) -> dict[str, str]:
        """What may be answered now, with its words; none while nothing is asked."""
        return answers(self.open, self.playback.plan.limits.more_signs)


def reach(scene: Scene, at_s: float, now: datetime) -> Scene:
    """The clock has come to `at_s`; it stops where a leg is to be asked after, and at the end."""
    while scene.open == NOTHING and not scene.playback.paused and scene.playback.at_s < at_s:
        played = scene.playback
        if played.finished:
            break
        until = min(at_s, float(played.timeline.start_of(played.cue.step + 1)))
        scene = replace(scene, playback=advance(played, until - played.at_s, now))
        if scene.playback.cue.step > played.cue.step and _asks_legs(played):
            return _leg_asked(scene, now)
    return _finished(scene, now)


def done(scene: Scene, now: datetime) -> Scene:
    """The step that is on was done, by somebody whose page has no clock."""
    played = scene.playback
    return reach(scene, float(played.timeline.start_of(played.cue.step + 1)), now)


def skipped(scene: Scene, now: datetime) -> Scene:
    """On to the next step; after enough of this one the leg is asked after, as at its end."""
    played = scene.playback
    scene = replace(scene, playback=skip(played, now), open=NOTHING)
    enough = _worked_in_all_s(played) >= table("traffic_light")["leg_asked"]["from_work_s"]
    return _leg_asked(scene, now) if enough and _asks_legs(played) else _finished(scene, now)


def stepped_back(scene: Scene) -> Scene:
    """To the start of this step, or the one before."""
    return replace(scene, playback=back(scene.playback))


def stopped(scene: Scene, now: datetime, ending: Ending = Ending.STOPPED) -> Scene:
    """The session ends here; what was done stays in the log."""
    log = end(scene.playback, now, ending)
    return replace(scene, playback=replace(scene.playback, log=log), open=NOTHING, held=None, ending=ending)


def hurting(scene: Scene) -> Scene:
    """Somebody says that it hurts: the clock stands, and it is asked what it feels like."""
    asks = scene.open == NOTHING and scene.playback.step is not None
    return replace(scene, open=Open(What.KIND)) if asks else scene


def answered(scene: Scene, answer: str, now: datetime) -> Scene:
    """What follows an answer to the question that is open. Raises NotAsked where it is none of its answers."""
    if answer not in scene.answers:
        raise NotAsked
    if answer == WORSE and scene.open.what in COMES_AGAIN:
        return _signs(scene, now, replace(scene.open, back_to=scene.open.what), held=scene.held)
    match scene.open.what:
        case What.KIND | What.SIT_DOWN | What.STRENGTH:
            return _told_of_pain(scene, answer, now)
        case What.SETTLES:
            return _settles(scene, now, fell=answer == YES)
        case What.SIGNS:
            return _sign_told(scene, answer, now)
        case What.LEG:
            return _leg_told(scene, LegResponse(answer), now)
        case _:
            return _gone_on(scene, answer, now)


def told_late(scene: Scene, answer: str, now: datetime) -> Log | None:
    """The log with what is told of a session that has ended meanwhile, its question left open; None for what can wait.

    That is what a stretch stops for whatever its number, and something worse.
    """
    if answer == WORSE:
        return rechecked(scene.playback, now, NOT_ANSWERED).log
    told = next((quality for quality in Quality if quality == answer and is_grave(quality)), None)
    return noted(scene.playback, load(), now, told).log if told else None


def _told_of_pain(scene: Scene, answer: str, now: datetime) -> Scene:
    """What it feels like and how strong it is; or something worse, or a slip that is taken back."""
    asked, scene = scene.open, _taken_back(scene)
    if answer == RETURN:
        return scene if asked.what is What.KIND else replace(scene, open=Open(What.KIND))
    if answer == WORSE:
        noted_too = _kind_told(scene, Quality(asked.quality), now) if asked.quality else scene
        return _signs(noted_too, now, Open(quality=asked.quality), held=scene.playback.log)
    if asked.what is What.KIND:
        return _kind_told(scene, Quality(answer), now)
    during = int(answer) if asked.what is What.STRENGTH else scene.playback.pain  # who is dizzy has no number to give
    return _strength_told(scene, Pain(scene.playback.pain, during, Quality(asked.quality)), now)


def _kind_told(scene: Scene, quality: Quality, now: datetime) -> Scene:
    """What it feels like; what stops a stretch whatever the number is written down before the number is asked."""
    before = scene.playback
    told = noted(before, load(), now, quality) if is_grave(quality) else before
    what = What.SIT_DOWN if first_of_all(quality) else What.STRENGTH
    return replace(scene, playback=told, held=before.log, open=Open(what, quality=quality.value))


def _taken_back(scene: Scene) -> Scene:
    """The question is gone again, and what was written down for it."""
    log = scene.held or scene.playback.log
    return replace(scene, playback=replace(scene.playback, log=log), held=None, open=NOTHING)


def _strength_told(scene: Scene, pain: Pain, now: datetime) -> Scene:
    """How strong it is: the light, or first the question whether it settles."""
    before, light = scene.playback, _light(scene.playback, pain)
    if light.action is not Action.HALVE_ARC_AND_HOLD:
        return _judged(scene, pain, light, now)
    not_fallen = hurts(before, load(), now, pain, unsettled(light))
    asked = Open(What.SETTLES, quality=pain.quality.value, during=pain.during)
    return replace(scene, playback=replace(before, log=not_fallen.log), held=before.log, open=asked)


def _settles(scene: Scene, now: datetime, *, fell: bool) -> Scene:
    """Whether it fell within two breaths; where not, the stretch is out."""
    pain = _pain(scene, scene.open)
    light = _light(scene.playback, pain)
    step = scene.playback.step
    fallen = settled(light, load().stretch(step.stretch)) if step and fell else unsettled(light)
    return _judged(_taken_back(scene), pain, fallen, now)


def _pain(scene: Scene, told: Open) -> Pain:
    return Pain(scene.playback.pain, told.during, Quality(told.quality))


def _light(played: Playback, pain: Pain) -> Light:
    stretch = load().stretch(played.step.stretch) if played.step else None
    return colour(pain.before, pain.during, pain.quality, stretch)


def _judged(scene: Scene, pain: Pain, light: Light, now: datetime) -> Scene:
    """What the light makes of the session; after a red one the signs are asked first."""
    played, step = scene.playback, scene.playback.step
    if step is None:
        return scene
    after = hurts(played, load(), now, pain, light)
    told = _told(played, step, light, after)
    if light.colour is not Colour.RED:
        return replace(scene, playback=after, open=told)
    return _signs(replace(scene, playback=after, behind=scene.behind + played.cue.step + 1), now, told)


def _told(played: Playback, step: Step, light: Light, after: Playback) -> Open:
    """What is said after a light, and whether anything but the end can follow."""
    told = Open(What.TOLD, only_end=True)
    if light.colour is Colour.RED:
        if ENDS_IT in light.then:
            return replace(told, said=f"{light.say} {stop_now(Verdict.SAME_DAY)}", verdict=Verdict.SAME_DAY)
        if found := grave(played, load(), after.log.hurts[-1]):
            return replace(told, said=_of_grave(found), verdict=found[0].verdict)
        if twice := must_end(after.log):
            return replace(told, said=f"{light.say}\n{twice}")
    leads = _leads_to(step, light.colour, after)
    over = light.colour is Colour.RED and after.finished
    return replace(told, said=f"{light.say}\n{leads}".strip(), eased=light.colour is Colour.AMBER, only_end=over)


def _of_grave(found: Sequence[GravePain]) -> str:
    """What the gravest of the signs is and asks, and what to know of all of them."""
    first, call = found[0], next(filter(None, (sign.call_first for sign in found)), None)
    at_once = stop_now(first.verdict, call) if first.verdict else ""
    return " ".join(filter(None, dict.fromkeys((first.say, at_once, *(sign.meanwhile for sign in found)))))


def _leads_to(step: Step, found: Colour, after: Playback) -> str:
    """What the session makes of a light, in words."""
    if found is Colour.GREEN:
        return ""
    if found is Colour.RED:
        return f"{step.name} is out for today. {_still_to_come(after)}"
    again = after.step and after.step.stretch == step.stretch
    less = "as it is easy" if is_plain_rest(load().stretch(step.stretch)) else "half as far"
    return f"{step.name} begins again, {less}." if again else f"{step.name} is done for today."


def _still_to_come(after: Playback) -> str:
    names = list(dict.fromkeys(later.name for later in after.plan.steps[after.cue.step :]))
    return f"Still to come: {', '.join(names)}." if names else NOTHING_LEFT


def _signs(scene: Scene, now: datetime, then: Open, *, held: Log | None = None) -> Scene:
    """Asks for the signs; `then` is what is told where there is none."""
    before = scene.playback
    return replace(
        scene,
        playback=rechecked(before, now, NOT_ANSWERED),
        held=held or before.log,
        open=replace(then, what=What.SIGNS),
    )


def _sign_told(scene: Scene, sign: str, now: datetime) -> Scene:
    """Which of the signs it is, or none; one of them, and what is grave by itself, ends the session."""
    then, wire = scene.open, tripped([sign])
    scene = _taken_back(scene)
    # the number was asked for when something worse came
    number_open = bool(then.quality) and not then.said and then.back_to is What.NOTHING
    if wire and then.back_to is What.SETTLES:
        scene = _taken_back(_settles(replace(scene, open=then), now, fell=False))  # it stands beside the sign
    if wire and number_open:
        scene = _kind_told(scene, Quality(then.quality), now)  # it stands beside the sign
    told, verdict = (wire.when, wire.verdict) if wire else ("", None)
    scene = replace(scene, playback=rechecked(scene.playback, now, sign, told, verdict))
    if wire:
        over = Open(What.TOLD, said=card(wire), only_end=True, verdict=wire.verdict)
        return replace(stopped(scene, now), open=over)
    if then.back_to is What.SETTLES:
        return _strength_told(scene, _pain(scene, then), now)
    if then.back_to is What.LEG:
        return _leg_asked(scene, now)
    if number_open:
        return _kind_told(scene, Quality(then.quality), now)
    if not then.said:
        return replace(scene, open=Open(What.KIND))
    told_now = replace(then, what=What.TOLD, back_to=What.NOTHING)
    return replace(stopped(scene, now) if alarm(scene.playback.log) else scene, open=told_now)


def _asks_legs(played: Playback) -> bool:
    """Whether the leg is asked after the step that is on: it moves the low back of somebody with leg pain."""
    asks = played.plan.limits.ask_after_each_set
    return asks and played.step is not None and loads_low_back(played.step.stretch, load())


def _worked_in_all_s(played: Playback) -> int:
    """Seconds of work in the step that is on, with those before it hurt and began again."""
    step, before = played.step, (entry for entry in played.log.entries if entry.ending is Ending.STOPPED)
    again = (e.seconds for e in before if step and (e.stretch, e.side) == (step.stretch, step.side))
    return worked_s(played) + sum(again)


def _leg_asked(scene: Scene, now: datetime) -> Scene:
    before = scene.playback
    return replace(scene, playback=rechecked(before, now, LEG_NOT_ANSWERED), held=before.log, open=Open(What.LEG))


def _leg_told(scene: Scene, said: LegResponse, now: datetime) -> Scene:
    """What the leg says after a set."""
    scene = _taken_back(scene)
    played = scene.playback
    if after_set(said) is AfterSet.STOP:
        # whether it is numb or weak is not told apart, so it weighs as much as weakness does
        told = rechecked(played, now, said, NUMB_OR_WEAK, Verdict.SAME_DAY)
        ends = f"{stop_now(Verdict.SAME_DAY)} {LEG_ENDS_IT}"
        then = Open(said=ends, only_end=True, verdict=Verdict.SAME_DAY)
        return _signs(replace(scene, playback=told), now, then)
    after = leg_answers(played, load(), now, said)
    scene = replace(scene, playback=after)
    if after.plan is played.plan:
        return _finished(scene, now)
    twice = must_end(after.log)
    text = twice or f"{LEG_WORSE} {_still_to_come(after)}"
    over = bool(twice) or after.finished
    return replace(scene, open=Open(What.TOLD, said=text, only_end=over), behind=scene.behind + played.cue.step)


def _gone_on(scene: Scene, answer: str, now: datetime) -> Scene:
    """What was told is read: on, past this stretch, or to the end."""
    if scene.ending:
        return replace(scene, open=NOTHING)
    if answer == END:
        return stopped(scene, now)
    return skipped(scene, now) if answer == SKIP else _finished(replace(scene, open=NOTHING), now)


def _finished(scene: Scene, now: datetime) -> Scene:
    if scene.open == NOTHING and scene.playback.finished and scene.ending is None:
        return stopped(scene, now, Ending.DONE)
    return scene
