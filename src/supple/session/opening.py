"""The questions before every session: what may be new, how long somebody has been up, and the day after the last one.

They are asked in the terminal and on the site; what may be answered, and what follows from it, is written here once.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Generic, TypeVar

from supple.catalogue import load
from supple.planner.plan import Plan
from supple.safety.aftercare import NextDay, Outcome, after_24h
from supple.safety.limits import Limits, Refusal, judge
from supple.safety.nerve import is_nerve
from supple.safety.refusals import assumed_up_from_hour
from supple.safety.tables import table
from supple.safety.traffic_light import MoreSigns, Quality, tripwires
from supple.safety.verdicts import Verdict
from supple.session.asking import NONE_OF_THESE
from supple.session.log import LEG_NOT_ANSWERED, STILL_SORE, Log, Recheck, open_question, told_while_sore

NEW_SIGNS = (
    "Now, or since you answered the questions, is anything of this new or changed (not sure counts as yes): {signs}?"
)
SIGNS_OPEN = "When it broke off, this was asked and not answered. Is any of it so, now or new: {signs}?"
LEG_OPEN = (
    "When it broke off, this was asked and not answered. Since the last stretch: has pain moved further down the leg, "
    "or is there new numbness or weakness?"
)
LEG_TOLD = "pain further down the leg, or new numbness or weakness"
FAINT = "Last time you were faint or dizzy. Did it last over 5 minutes, come with neck pain, or has it come back since?"
STAYED = (
    "Last time you told of tingling, numbness or pain that spread. Is it still there, or has it come back since "
    "(not sure counts as yes)?"
)
NEW_SINCE = "Since your last sessions: any new numbness, weakness or spreading pain?"
CHANGE_ASKED = "Your pain the day after, against what is usual for you"
CHANGES = {"0": "no worse than usual", "1": "1 point worse", "2": "2 points worse", "3": "3 points worse or more"}
HOW_LONG_ASKED = "How long did the extra soreness last"
STILL = "4"
HOW_LONG = {
    "0": "not at all",
    "1": "up to a day",
    "2": "one to two days",
    "3": "more than two days",
    STILL: "it is still sore",
}
SORE_HOURS = {"0": "not_at_all", "1": "up_to_a_day", "2": "one_to_two_days", "3": "more_than_two_days"}
UP_ASKED = "How long have you been up"
HOW_LONG_UP = {"0": "less than half an hour", "1": "half an hour to two hours", "2": "two hours or more"}
LONG_UP = 24 * 60
# each answer as the least that it says; from how long on one may bend stands in limits.toml
UP = {"0": 0, "1": 30, "2": LONG_UP}

Key = TypeVar("Key")


@dataclass(frozen=True)
class DayAfterAsked(Generic[Key]):
    """The session whose day after is asked about, with its key; `told_h` is for how many hours it was sore so far.

    None where nobody has told that it was still sore.
    """

    key: Key
    log: Log
    told_h: float | None = None


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
    held = [(key, log) for key, log in logs.items() if log.entries or log.hurts or log.rechecks]
    return max(held, key=lambda pair: pair[1].started, default=None)


@dataclass(frozen=True)
class OfLast:
    """What is asked about what was told in the last session; who says yes tells of a sign, in these words."""

    id: str
    asks: str
    told: str
    verdict: Verdict


FAINT_AGAIN = OfLast("faint_again", FAINT, "faint or dizzy, for long or again", Verdict.SAME_DAY)
NERVE_STAYED = OfLast(
    "nerve_stayed", STAYED, "tingling, numbness or spreading pain that stayed or came back", Verdict.SEE_CLINICIAN
)


def of_last(log: Log) -> OfLast | None:
    """What is to be asked of a session before the next: whether being faint lasted, whether a nerve has settled."""
    felt = {hurt.quality for hurt in log.hurts}
    rested = any(check.told and check.verdict is None for check in log.rechecks)
    if rested or Quality.DIZZINESS in felt:
        return FAINT_AGAIN
    return NERVE_STAYED if any(map(is_nerve, felt)) else None


def day_after_due(log: Log, now: datetime) -> bool:
    """Whether it is time to ask what the day after this session was like."""
    return bool(log.entries) and log.day_after is None and now - log.started >= a_day_later()


def a_day_later() -> timedelta:
    """From how long after the start of a session on the day after can be told of."""
    return timedelta(hours=table("aftercare")["asked"]["from_hours"])


def day_after_asked(logs: Mapping[Key, Log], now: datetime) -> DayAfterAsked[Key] | None:
    """The last session whose day after nobody has told of yet, or the first that left somebody still sore.

    The answer holds for all: a day after that was told of covers every session that was a day old by then.
    """
    told = [log.day_after_at for log in logs.values() if log.day_after_at]
    due = [
        (key, log)
        for key, log in logs.items()
        if day_after_due(log, now) and not any(at - log.started >= a_day_later() for at in told)
    ]
    if not due:
        return None
    sore = [pair for pair in due if told_while_sore(pair[1])]
    if not sore:
        return DayAfterAsked(*max(due, key=lambda pair: pair[1].started))
    key, first = min(sore, key=lambda pair: pair[1].started)
    last_told = max(report.at for _, log in sore for report in told_while_sore(log))
    return DayAfterAsked(key, first, _hours(last_told - first.started))


def day_after(
    change: str, how_long: str, *, new: bool, asked: DayAfterAsked[Key] | None = None, now: datetime | None = None
) -> NextDay:
    """What follows from the day after; the words are keys of CHANGES and HOW_LONG.

    Who is still sore counts from the start of that session until now, and as the longest where that is not known; the
    hours for which it was told to be sore are never taken back.

    >>> day_after("1", "1", new=False).outcome
    <Outcome.REPEAT_SAME_DOSE: 'repeat_same_dose'>
    """
    hours = dict(table("aftercare")["asked"]["sore_hours"])
    told_h = asked.told_h if asked else None
    if how_long == STILL:
        sore_h = _hours(now - asked.log.started) if asked and now else max(hours.values())
    else:
        sore_h = hours[SORE_HOURS[how_long]] if change != "0" or told_h is not None else 0
    return after_24h(int(change), max(sore_h, told_h or 0), new_symptoms=new)


def _hours(passed: timedelta) -> float:
    return passed / timedelta(hours=1)


def with_day_after(log: Log, outcome: Outcome, at: datetime, *, still: bool = False) -> Log:
    """The log with what the day after it brought; `still` where the soreness lasts, so that it is asked again."""
    if still and outcome is not Outcome.RESCREEN:
        answer = next(answer for answer, told in STILL_SORE.items() if told is outcome)
        return replace(log, rechecks=(*log.rechecks, Recheck(at, answer)))
    return replace(log, day_after=outcome, day_after_at=at)


@dataclass(frozen=True)
class LeftOpen:
    """What was asked when a session was closed or lost, asked again; a yes to it is a grave sign like any other."""

    asks: str
    told: str
    verdict: Verdict


def left_open(log: Log, more: Collection[MoreSigns]) -> LeftOpen | None:
    """The question that is still open from this session, which comes before any other; None where none is."""
    left = open_question(log)
    if left is None:
        return None
    if left.answer == LEG_NOT_ANSWERED:
        return LeftOpen(LEG_OPEN, LEG_TOLD, Verdict.SAME_DAY)
    signs = "; ".join(wire.when for wire in tripwires(more))
    return LeftOpen(SIGNS_OPEN.format(signs=signs), f"one of these: {signs}", Verdict.EMERGENCY)


def with_open_answer(log: Log, at: datetime, asked: LeftOpen, *, so: bool) -> Log:
    """The log with an answer to the question that was left open."""
    check = Recheck(at, "left_open", asked.told, asked.verdict) if so else Recheck(at, NONE_OF_THESE)
    return replace(log, rechecks=(*log.rechecks, check))
