"""A programme: one plan per day, each made as if the days before it had been done and had gone well."""

from dataclasses import replace
from datetime import datetime, timedelta

from supple.planner.background import background
from supple.planner.choices import Case
from supple.planner.history import DayAfter, Done, History
from supple.planner.make import plan
from supple.planner.plan import Background, Plan
from supple.safety.aftercare import Outcome
from supple.safety.limits import Limits

LONGEST_DAYS = 84
HURT_DAYS = 7  # as long as a red light in a log keeps its stretch out


class DaysError(ValueError):
    """A programme cannot last that many days."""


def programme(case: Case, past: History, *, first: datetime, days: int) -> tuple[Plan, ...]:
    """Plans for `days` days (1 to 84) from `first` on, a day apart; the limits of `case` say whether the hour counts.

    What its background leaves out stays out for a week, and what it halves comes back at half its dose.
    """
    if not 1 <= days <= LONGEST_DAYS:
        raise DaysError(f"days: {days} is outside 1 to {LONGEST_DAYS}; give a number between them.")
    limits, told = case.limits, case.background
    plans = list[Plan]()
    for day in range(days):
        at = first + timedelta(days=day)
        today = replace(limits.today, week=past.week(at), sessions_done=len(past.sessions()))
        bounds = replace(limits, today=today)
        left = _spread(background(past, case.catalogue, at, bounds), bounds)
        done = {step.stretch for made in plans for step in made.steps}
        left = replace(left, half=tuple(sorted({*left.half, *(set(told.half) - done)})))
        if day < HURT_DAYS:
            left = replace(left, dropped={**left.dropped, **told.dropped})
        made = plan(case.catalogue, bounds, case.wishes, left)
        plans.append(made)
        past = past + History(tuple(_done(made, at)), (DayAfter(at + timedelta(days=1), Outcome.MAY_PROGRESS),))
    return tuple(plans)


def _spread(left: Background, bounds: Limits) -> Background:
    """The background with no more a day than seven such days may hold, so that no day of a week is left with crumbs."""
    most_s = bounds.dosage.day_s_max_if_daily
    room_s = {group: min(s, max(0, most_s - left.done_today_s.get(group, 0))) for group, s in left.room_s.items()}
    return replace(left, room_s=room_s)


def _done(made: Plan, at: datetime) -> list[Done]:
    """The steps of a plan as if they had been carried out in green."""
    return [Done(step.stretch, at, step.side, step.work_s, level=made.background.level) for step in made.steps]
