"""The questions before every session: what may be new, how long somebody has been up, and the day after the last one.

They are asked in the terminal and on the site; what may be answered, and what follows from it, is written here once.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar

from supple.catalogue import load
from supple.planner.plan import Plan
from supple.safety.aftercare import NextDay, Outcome, after_24h
from supple.safety.limits import Limits, Refusal, judge
from supple.safety.refusals import assumed_up_from_hour
from supple.safety.traffic_light import Quality, tripwires
from supple.safety.verdicts import Verdict
from supple.session.log import Log, Recheck

NEW_SIGNS = (
    "Now, or since you answered the questions, is anything of this new or changed (not sure counts as yes): {signs}?"
)
FAINT = "Last time you were faint or dizzy. Did it last over 5 minutes, come with neck pain, or has it come back since?"
NEW_SINCE = "Since your last session: any new numbness, weakness or spreading pain?"
CHANGE_ASKED = "Your pain the day after, against what is usual for you"
CHANGES = {"0": "no worse than usual", "1": "1 point worse", "2": "2 points worse", "3": "3 points worse or more"}
HOW_LONG_ASKED = "How long did the extra soreness last"
HOW_LONG = {"0": "not at all", "1": "up to a day", "2": "one to two days", "3": "more than two days"}
HOURS = {"0": 0, "1": 20, "2": 40, "3": 60}
UP_ASKED = "How long have you been up"
HOW_LONG_UP = {"0": "less than half an hour", "1": "half an hour to two hours", "2": "two hours or more"}
LONG_UP = 24 * 60
UP = {"0": 0, "1": 30, "2": LONG_UP}
A_DAY_LATER = timedelta(hours=16)

Key = TypeVar("Key")


def up_matters(made: Plan, bounds: Limits) -> bool:
    """Whether a step of the plan hangs on how long somebody has been up, which nobody has said."""
    today = bounds.today
    if today.minutes_since_rising is not None or today.at_hour is None or today.at_hour >= assumed_up_from_hour():
        return False
    just, long = (replace(bounds, today=replace(today, minutes_since_rising=up)) for up in (0, LONG_UP))
    stretches = [load().stretch(step.stretch) for step in made.steps]
    return any(isinstance(judge(s, just), Refusal) is not isinstance(judge(s, long), Refusal) for s in stretches)


def last_begun(logs: Mapping[Key, Log]) -> tuple[Key, Log] | None:
    """The last session in which anything was done or told, with its key."""
    held = [(key, log) for key, log in logs.items() if log.entries or log.rechecks]
    return max(held, key=lambda pair: pair[1].started, default=None)


def was_faint(log: Log) -> bool:
    """Whether somebody was faint or dizzy in a session, which is a grave sign where it lasts or comes back."""
    rested = any(check.told and check.verdict is None for check in log.rechecks)
    return rested or any(hurt.quality is Quality.DIZZINESS for hurt in log.hurts)


def day_after_due(log: Log, now: datetime) -> bool:
    """Whether it is time to ask what the day after this session was like."""
    return bool(log.entries) and log.day_after is None and now - log.started >= A_DAY_LATER


def day_after(change: str, how_long: str, *, new: bool) -> NextDay:
    """What follows from the day after; the words are keys of CHANGES and HOW_LONG.

    >>> day_after("1", "1", new=False).outcome
    <Outcome.REPEAT_SAME_DOSE: 'repeat_same_dose'>
    """
    return after_24h(int(change), HOURS[how_long] if change != "0" else 0, new_symptoms=new)


def with_day_after(log: Log, outcome: Outcome, at: datetime) -> Log:
    """The log with what the day after it brought."""
    return replace(log, day_after=outcome, day_after_at=at)


def signs_left_open(*, pregnant: bool) -> str:
    """The grave signs in words that are asked for when a session broke off over the question."""
    return "; ".join(wire.when for wire in tripwires(pregnant=pregnant))


def with_open_answer(log: Log, at: datetime, *, so: bool, pregnant: bool) -> Log:
    """The log with an answer to the question that was left open; a yes is a grave sign like any other."""
    told = f"one of these: {signs_left_open(pregnant=pregnant)}"
    check = Recheck(at, "left_open", told, Verdict.EMERGENCY) if so else Recheck(at, "none")
    return replace(log, rechecks=(*log.rechecks, check))
