"""A session that was left for a while goes on: after the questions of Today, and as the person is then."""

from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from supple import session
from supple.catalogue import load
from supple.planner import Plan
from supple.safety.limits import Limits
from supple.session import kept
from supple.session.going_on import as_one_is, bounds_now, cold
from supple.session.opening import up_matters
from supple.web.check.models import Answers
from supple.web.check.standing import Standing
from supple.web.play import folder
from supple.web.play import history as past
from supple.web.play.asking import NOTHING
from supple.web.play.models import Run, Stale
from supple.web.today.current import JUST_UP, minutes_up
from supple.web.today.models import Day
from supple.web.today.opening import opening, pain_now


def has_to_be_asked(run: Run, stands: Standing, now: datetime) -> bool:
    """Whether the questions before a session come first, for somebody who was away for long enough to grow cold."""
    if not cold(run.read_log(), now):
        return False
    return opening(stands, Answers.of(run.person), Day.of(run.person), now).due


def go_on(run: Run, now: datetime) -> None:
    """Plans the rest again where pain, hour, other sessions or what hurt ask for it."""
    scene = run.scene()
    before = scene.playback
    rest = session.go_on(kept(before), load())
    if scene.open != NOTHING or rest is None or not cold(before.log, now):
        return
    day = Day.of(run.person)
    pain = pain_now(Answers.of(run.person), day)
    logs = [log for name, log in past.logs().items() if name != f"{folder.OWN}{run.pk}"]
    bounds = _up(bounds_now(rest.plan, rest.log, pain, now), rest.plan, day, now)
    after = as_one_is(rest, session.history(*logs).settled(now), bounds, pain, now)
    if after.timeline is rest.timeline:
        plan = replace(before.plan, limits=after.plan.limits, background=after.plan.background)
        scene = replace(scene, playback=replace(before, plan=plan, pain=pain))
    else:
        again = replace(after, log=before.log, at_s=0.0)
        scene = replace(scene, playback=again, behind=scene.behind + before.cue.step)
    with suppress(Stale):  # another window was a moment earlier
        run.keep(scene)


def _up(bounds: Limits, plan: Plan, day: Day, now: datetime) -> Limits:
    """With how long somebody has been up; until they say it, the stricter holds."""
    up = minutes_up(day, now, now)
    bounds = replace(bounds, today=replace(bounds.today, minutes_since_rising=up))
    return (
        replace(bounds, today=replace(bounds.today, minutes_since_rising=JUST_UP))
        if up_matters(plan, bounds)
        else bounds
    )
