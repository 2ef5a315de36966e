"""What a tap or a second does to a session: the rules of `supple.session`, and the questions that stand between them.

Every function takes a scene and gives the next one; `now` is the moment it happens.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext

from supple.catalogue import load
from supple.planner import Step
from supple.safety.traffic_light import (
    LEG_WORSE,
    NUMB_OR_WEAK,
    Action,
    AfterSet,
    Colour,
    LegResponse,
    Light,
    Quality,
    Tripwire,
    after_set,
    colour,
    first_of_all,
    is_grave,
    settled,
    tripped,
    tripwires,
    unsettled,
)
from supple.safety.verdicts import Verdict
from supple.session import (
    NOT_ANSWERED,
    Ending,
    Log,
    Playback,
    advance,
    alarm,
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
)
from supple.web.play import words
from supple.web.play.asking import NOTHING, Open, What

NONE_OF_THESE = "none"


class NotAsked(ValueError):
    """That answer belongs to no question that is open, or is none of its answers."""


@dataclass(frozen=True)
class Scene:
    """A session as it stands: `held` is its log before the open question, `behind` the steps before it was re-planned.

    `ending` says that it is over.
    """

    playback: Playback
    open: Open = NOTHING
    held: Log | None = None
    ending: Ending | None = None
    behind: int = 0

    @property
    def asks_legs(self) -> bool:
        """Whether the leg is asked after each set that moves the low back."""
        return self.playback.plan.limits.ask_after_each_set


def reach(scene: Scene, at_s: float, now: datetime) -> Scene:
    """The clock has come to `at_s`; it stops where a leg is to be asked after, and at the end."""
    while scene.open == NOTHING and scene.playback.at_s < at_s and not scene.playback.finished:
        played = scene.playback
        until = min(at_s, float(played.timeline.start_of(played.cue.step + 1)))
        step, before = played.step, played.cue.step
        scene = replace(scene, playback=advance(played, until - played.at_s, now))
        moved = scene.playback.cue.step > before and step is not None and loads_low_back(step.stretch, load())
        if moved and scene.asks_legs:
            return replace(scene, open=Open(What.LEG))
    return _finished(scene, now)


def done(scene: Scene, now: datetime) -> Scene:
    """The step that is on was done, by somebody whose page has no clock."""
    played = scene.playback
    return reach(scene, float(played.timeline.start_of(played.cue.step + 1)), now)


def skipped(scene: Scene, now: datetime) -> Scene:
    """On to the next step."""
    return _finished(replace(scene, playback=skip(scene.playback, now), open=NOTHING), now)


def stepped_back(scene: Scene) -> Scene:
    """To the start of this step, or the one before."""
    return replace(scene, playback=back(scene.playback))


def stopped(scene: Scene, now: datetime, ending: Ending = Ending.STOPPED) -> Scene:
    """The session ends here; what was done stays in the log."""
    log = end(scene.playback, now, ending)
    return replace(scene, playback=replace(scene.playback, log=log), open=NOTHING, held=None, ending=ending)


def kind_told(scene: Scene, now: datetime, quality: Quality) -> Scene:
    """What it feels like; what stops a stretch whatever the number is written down before the number is asked."""
    scene = taken_back(scene)
    before = scene.playback
    if before.step is None:
        return scene
    told = noted(before, load(), now, quality) if is_grave(quality) else before
    asked = Open(What.STRENGTH, quality=quality.value, said=first_of_all(quality) or "")
    return replace(scene, playback=told, held=before.log, open=asked)


def taken_back(scene: Scene) -> Scene:
    """The question is gone again, and what was written down for it."""
    log = scene.held or scene.playback.log
    return replace(scene, playback=replace(scene.playback, log=log), held=None, open=NOTHING)


def strength_told(scene: Scene, now: datetime, during: int) -> Scene:
    """How strong it is: the light, or first the question whether it settles."""
    quality = Quality(scene.open.quality)
    scene = taken_back(scene)  # what is judged now is written down in place of it
    light = _light(scene.playback, during, quality)
    if light.action is Action.HALVE_ARC_AND_HOLD:
        before = scene.playback
        not_fallen = _hurt(before, now, during, quality, unsettled(light))  # so it stands if they close the window here
        asked = Open(What.SETTLES, quality=quality.value, during=during)
        return replace(scene, playback=replace(before, log=not_fallen.log), held=before.log, open=asked)
    return _judged(scene, now, during, quality, light)


def settles(scene: Scene, now: datetime, *, fell: bool) -> Scene:
    """Whether it fell within two breaths; where not, the stretch is out."""
    quality, during = Quality(scene.open.quality), scene.open.during
    scene = taken_back(scene)
    light = _light(scene.playback, during, quality)
    light = settled(light) if fell else unsettled(light)
    return _judged(scene, now, during, quality, light)


def something_worse(scene: Scene, now: datetime) -> Scene:
    """Straight to the signs that end a session."""
    return _signs(taken_back(scene), now, Open(What.SIGNS))


def sign_told(scene: Scene, now: datetime, sign: str) -> Scene:
    """Which of the signs it is, or none."""
    if sign != NONE_OF_THESE and sign not in {wire.id for wire in asked_signs(scene)}:
        raise NotAsked
    asked, wire = scene.open, tripped([sign])
    scene = taken_back(scene)
    told, verdict = (wire.when, wire.verdict) if wire else ("", None)
    scene = replace(scene, playback=rechecked(scene.playback, now, sign, told, verdict))
    if wire or alarm(scene.playback.log):
        return stopped(scene, now)
    if not asked.said:
        return replace(scene, open=Open(What.KIND))
    return replace(scene, open=replace(asked, what=What.TOLD))


def leg_told(scene: Scene, now: datetime, said: LegResponse) -> Scene:
    """What the leg says after a set."""
    scene = replace(scene, open=NOTHING)
    played = scene.playback
    if after_set(said) is AfterSet.STOP:
        # whether it is numb or weak is not told apart, so it weighs as much as weakness does
        told = rechecked(played, now, said, NUMB_OR_WEAK, Verdict.SAME_DAY)
        return _signs(replace(scene, playback=told), now, Open(What.SIGNS))
    after = leg_answers(played, load(), now, said)
    scene = replace(scene, playback=after)
    if after.plan is played.plan:
        return _finished(scene, now)
    twice = must_end(after.log)
    text = twice or f"{gettext(LEG_WORSE)} {words.still_to_come(after)}"
    return replace(scene, open=Open(What.TOLD, said=text, only_end=bool(twice)), behind=scene.behind + played.cue.step)


def gone_on(scene: Scene, now: datetime) -> Scene:
    """What was told is read; the clock may run again."""
    if scene.open.only_end:
        return stopped(scene, now)
    return _finished(replace(scene, open=NOTHING), now)


def asked_signs(scene: Scene) -> tuple[Tripwire, ...]:
    """The signs that are asked for."""
    return tripwires(pregnant=scene.playback.plan.limits.pregnant)


def _light(played: Playback, during: int, quality: Quality) -> Light:
    step = played.step
    return colour(played.pain, during, quality, load().stretch(step.stretch) if step else None)


def _hurt(played: Playback, now: datetime, during: int, quality: Quality, light: Light) -> Playback:
    return hurts(played, load(), now, before=played.pain, during=during, quality=quality, light=light)


def _judged(scene: Scene, now: datetime, during: int, quality: Quality, light: Light) -> Scene:
    played, step = scene.playback, scene.playback.step
    if step is None:
        return replace(scene, open=NOTHING)
    after = _hurt(played, now, during, quality, light)
    red = light.colour is Colour.RED
    told = _told(played, step, light, after)
    scene = replace(scene, playback=after, behind=scene.behind + (played.cue.step + 1 if red else 0))
    return _signs(scene, now, told) if red else replace(scene, open=told)


def _told(played: Playback, step: Step, light: Light, after: Playback) -> Open:
    """What is said after a light, and whether anything but the end can follow."""
    found = grave(played, load(), after.log.hurts[-1]) if light.colour is Colour.RED else None
    twice = found.say if found else must_end(after.log)
    said = f"{light.say}\n{twice or words.leads_to(step, light.colour, after)}".strip()
    return Open(What.TOLD, said=said, only_end=bool(twice), eased=light.colour is Colour.AMBER)


def _signs(scene: Scene, now: datetime, then: Open) -> Scene:
    """Asks for the signs; unanswered it is written down, so that it stands if they close the window here."""
    before = scene.playback
    return replace(
        scene,
        playback=rechecked(before, now, NOT_ANSWERED),
        held=before.log,
        open=replace(then, what=What.SIGNS),
    )


def _finished(scene: Scene, now: datetime) -> Scene:
    if scene.open == NOTHING and scene.playback.finished and scene.ending is None:
        return stopped(scene, now, Ending.DONE)
    return scene
