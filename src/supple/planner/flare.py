"""A flare-up in a History: the easy days after it, how one begins again, and when a clinician should look first.

Usual pain is the middle one of those asked before the last sessions before the flare-up was told of (ours).
"""

from datetime import datetime, timedelta

from supple.planner.history import DayAfter, History
from supple.safety.aftercare import Outcome, escalate, may_restart, restart
from supple.safety.tables import table
from supple.safety.traffic_light import Colour
from supple.safety.verdicts import Verdict

MONTH = timedelta(days=30)  # the days of `flares_in_30_days`


def last_flare(past: History, at: datetime) -> DayAfter | None:
    """The last flare-up told of, if there was one."""
    return next((day for day in reversed(past.days_after) if day.outcome is Outcome.FLARE_PLAN and day.at <= at), None)


def still_easy(past: History, at: datetime, days: timedelta, pain_now: int) -> bool:
    """Whether the easy days go on: for their number, and until pain has once been near usual again."""
    flare = last_flare(past, at)
    return flare is not None and (at < flare.at + days or not _settled(past, flare, pain_now))


def share_percent(past: History, at: datetime, easy_days: timedelta) -> int:
    """How much of dose and arc there is after the easy days of a flare-up: half, and more per green session."""
    flare = last_flare(past, at)
    if flare is None:
        return 100
    resumed = [steps for steps in past.sessions() if steps[0].at >= flare.at + easy_days]
    green = sum(all(step.colour is Colour.GREEN for step in steps) for steps in resumed)
    begun = restart(100, 100)
    return min(100, int(begun.seconds * (1 + begun.growth_percent[0] / 100) ** green))


def needs_help(past: History, at: datetime, pain_now: int) -> bool:
    """Whether flare-ups do not settle, or come back so often, that a clinician should look first.

    A flare-up lasts from its first report to its last, until a day is reported without; and to now, where pain has not
    come near usual since. What is told of sessions of one day, and again of the same session, is one flare-up.
    """
    reported = [day for day in past.days_after if at - MONTH < day.at <= at]
    run: list[DayAfter] = []
    for day in reported:
        run = [*run, day] if day.outcome is Outcome.FLARE_PLAN else []
    lasted = timedelta(0)
    if run:
        lasted = (run[-1].at if _settled(past, run[-1], pain_now) else at) - run[0].at
    flares = len({(day.of or day.at).date() for day in reported if day.outcome is Outcome.FLARE_PLAN})
    leads_to = escalate(days=lasted.days, settling=False, flares_in_30_days=flares, red_flag=False)
    return leads_to is Verdict.SEE_CLINICIAN


def _settled(past: History, flare: DayAfter, pain_now: int) -> bool:
    """Whether pain has been near usual since; where nobody knows what was usual, nothing says that it has not."""
    before = [found.pain for found in sorted(past.pains, key=lambda found: found.at) if found.at < flare.at]
    if not before:
        return True
    lately = sorted(before[-table("aftercare")["flare"]["usual"]["of_sessions"] :])
    usual = lately[(len(lately) - 1) // 2]
    since = (found.pain for found in past.pains if found.at >= flare.at)
    return any(may_restart(pain, usual) for pain in (pain_now, *since))
