"""A session that was left for a while goes on: after the questions of Today, and as the person is then."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone

from supple import session
from supple.catalogue import load
from supple.planner import Plan
from supple.safety.limits import Limits
from supple.session import NOTHING, kept
from supple.session.going_on import as_one_is, bounds_now, cold, too_late
from supple.session.opening import up_matters
from supple.web.check.gate import sent, standing_of
from supple.web.check.models import Answers
from supple.web.play import folder, history
from supple.web.play.models import Run, Stale
from supple.web.today.current import JUST_UP, minutes_up
from supple.web.today.models import Day
from supple.web.today.opening import opening, pain_now

Page = Callable[[HttpRequest, int], HttpResponse]
GOING_ON = {"reach", "begin", "done", "skip", "back", "on"}  # whoever says that it hurts is heard at any time


def asked_first(player: Page) -> Page:
    """The player, for somebody who was away for long enough to grow cold only after the questions of Today."""

    @wraps(player)
    def as_one_is_now(request: HttpRequest, number: int) -> HttpResponse:
        run, now = get_object_or_404(Run.sessions(), pk=number), timezone.localtime()
        if run.ended is None and cold(run.read_log(), now) and history.left_open(history.logs()) != number:
            if _today_first(run, now):
                return redirect("today")
            go_on(run, now)
        return player(request, number)

    return as_one_is_now


def asked_before_going_on(act: Page) -> Page:
    """What a page does in a session, for a tab that lay open for as long only after the same questions."""

    @wraps(act)
    def after_the_questions(request: HttpRequest, number: int) -> HttpResponse:
        run, now = get_object_or_404(Run.sessions(), pk=number), timezone.localtime()
        goes_on = request.POST.get("act") in GOING_ON and run.ended is None
        if goes_on and cold(run.read_log(), now) and _today_first(run, now):
            return sent(request, reverse("today"))
        return act(request, number)

    return after_the_questions


def _today_first(run: Run, now: datetime) -> bool:
    """Whether it broke off too long ago to go on, or there are questions as before any session."""
    if too_late(run.read_log(), now):
        return True
    stands = standing_of(run.person, now)
    return opening(stands, Answers.of(run.person), Day.of(run.person), now).due


def go_on(run: Run, now: datetime) -> None:
    """Plans the rest again where pain, hour, other sessions or what hurt ask for it."""
    scene = run.scene()
    before = scene.playback
    rest = session.go_on(kept(before), load())
    if scene.open != NOTHING or rest is None:
        return
    day = Day.of(run.person)
    pain = pain_now(Answers.of(run.person), day)
    logs = [log for name, log in history.logs().items() if name != f"{folder.OWN}{run.pk}"]
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
