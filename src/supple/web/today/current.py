"""The plan for today: from answers, wishes and past sessions, made on the server and never taken from a page."""

import json
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache

from django.utils.translation import gettext

from supple.anatomy import Setting
from supple.catalogue import load
from supple.planner import Background, History, Plan, PlanRefused
from supple.planner import plan as make_plan
from supple.planner.make import bad_day
from supple.safety.gate import Gate, gate
from supple.safety.limits import Limits
from supple.safety.tables import table
from supple.session.opening import up_matters
from supple.session.wanted import Asked, put_together
from supple.web.check.gate import instead, standing_of
from supple.web.check.models import Answers
from supple.web.check.standing import Standing
from supple.web.person.models import Person
from supple.web.play import history
from supple.web.today.models import Day
from supple.web.today.opening import opening, pain_now

JUST_UP = 0
TICK_MINUTES = 10
FEWEST_MINUTES, USUAL_MINUTES = 1, 8
OUT_TODAY = "You left it out today."


@dataclass(frozen=True)
class Wanted:
    """All that a plan hangs on, so that one wish is planned once. `answers` are JSON; `up` is None where not known."""

    answers: str
    past: History
    at: datetime
    minutes: int
    settings: tuple[Setting, ...]
    pain: int
    up: int | None = None
    bad_day: bool = False
    out: tuple[str, ...] = ()
    into: tuple[str, ...] = ()


@dataclass(frozen=True)
class Made:
    """A plan, how long a session may be, and whether it waits to hear how long somebody has been up."""

    plan: Plan
    longest: int
    asks_up: bool


def plan_now(person: Person, now: datetime) -> Plan:
    """What a session that starts now would hold; raises PlanRefused with one sentence where there is to be none."""
    stands, day, answers = standing_of(person, now), Day.of(person), Answers.of(person)
    if instead(stands):
        raise PlanRefused(gettext("There is no plan now; your answers come first."))
    if opening(stands, answers, day, now).due:
        raise PlanRefused(gettext("Before a session there are a few short questions; please answer them first."))
    return made(wanted(stands, answers, day, now)).plan


def wanted(stands: Standing, answers: Answers, day: Day, now: datetime) -> Wanted:
    """What a person wishes for now."""
    changes = day.changes_on(now.date())
    past = replace(history.past(now), answered_at=stands.since)
    return Wanted(
        answers=json.dumps(dict(stands.answers), sort_keys=True),
        past=past,
        at=_moment(now, past),
        minutes=minutes(stands, day),
        settings=settings(stands, day),
        pain=pain_now(answers, day),
        up=minutes_up(day, now, _moment(now, past)),
        bad_day=day.bad_on == now.date(),
        out=_left(changes, "out", "into"),
        into=_left(changes, "into", "out"),
    )


def minutes(stands: Standing, day: Day) -> int:
    """How long: what was set last, else what the answers say."""
    told = stands.answers.get("minutes_available")
    return day.minutes or (int(told) if isinstance(told, (int, float)) else USUAL_MINUTES)


def settings(stands: Standing, day: Day) -> tuple[Setting, ...]:
    """Where: what was set last, else what the answers say."""
    words = day.settings or [str(stands.answers.get("setting", Setting.CHAIR_DESK))]
    return tuple(place for place in Setting if place in words)


@lru_cache(maxsize=256)
def made(wish: Wanted) -> Made:
    """The plan for a wish; raises PlanRefused with what to do instead."""
    asked = _asked(wish)
    if asked.limits is None:
        raise PlanRefused(asked.screening.say)
    bounds = _today(asked.limits, wish)
    if bounds.gate is Gate.NONE_RESCREEN:
        raise PlanRefused(gate(wish.pain).say)
    left = _left_over(asked, bounds, wish)
    wishes = replace(asked.wishes, minutes=min(wish.minutes, bounds.session_minutes_max), stretches=wish.into)
    found = make_plan(load(), bounds, wishes, left)
    asks_up = up_matters(found, bounds)
    if asks_up:  # until it is said, the stricter holds
        just_up = replace(bounds, today=replace(bounds.today, minutes_since_rising=JUST_UP))
        found = make_plan(load(), just_up, wishes, left)
    found = replace(found, made_for=wish.at.date(), good_for_days=asked.good_for_days)
    return Made(found, bounds.session_minutes_max, asks_up)


def _asked(wish: Wanted) -> Asked:
    return put_together(
        json.loads(wish.answers),
        minutes=wish.minutes,
        settings=wish.settings,
        past=wish.past.settled(wish.at),
        at=wish.at,
        pain_now=wish.pain,
    )


def _today(bounds: Limits, wish: Wanted) -> Limits:
    return replace(bounds, today=replace(bounds.today, minutes_since_rising=wish.up))


def _left_over(asked: Asked, bounds: Limits, wish: Wanted) -> Background:
    left = replace(asked.background, dropped={**dict.fromkeys(wish.out, OUT_TODAY), **asked.background.dropped})
    return bad_day(load(), bounds, left) if wish.bad_day else left


def _left(changes: list[dict[str, str]], kind: str, other: str) -> tuple[str, ...]:
    """What was left out, or put in, and not the other way round since."""
    last: dict[str, str] = {}
    for change in changes:
        for name in (kind, other):
            if change.get(name):
                last[change[name]] = name
    return tuple(sorted(stretch for stretch, name in last.items() if name == kind))


def _moment(now: datetime, past: History) -> datetime:
    """The full ten minutes before now, so that a plan need not be made anew, but nothing before what was done last."""
    done = max((step.at for step in past.done), default=None)
    full = now.replace(minute=now.minute - now.minute % TICK_MINUTES, second=0, microsecond=0)
    return now if done and done > full else full


def minutes_up(day: Day, now: datetime, at: datetime) -> int | None:
    """How many minutes somebody has been up at `at`, where they said it this morning; never more than it is now."""
    no_night = timedelta(hours=table("before_session")["spans"]["no_night_within_hours"])
    if day.up is None or day.up_at is None or not timedelta(0) <= now - day.up_at < no_night:
        return None
    return day.up + max(0, int((at - day.up_at) / timedelta(minutes=1)))
