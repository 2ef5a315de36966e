"""What happened in a session, step by step; a Log is the History of the next plan."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from supple.anatomy import Side
from supple.planner.history import SEVERITY, WEEK, Alarm, DayAfter, Done, History, LegSaid, PainBefore
from supple.planner.plan import Plan, Step
from supple.safety.aftercare import Outcome, felt
from supple.safety.gate import Gate, gate
from supple.safety.grave_pain import meanwhile
from supple.safety.nerve import is_nerve
from supple.safety.tables import table
from supple.safety.traffic_light import Colour, LegResponse, Quality
from supple.safety.verdicts import Verdict

VERSION = 2
DAY_AFTER_SIGN = "new numbness, weakness or spreading pain the day after"
PAIN_AFTER = "pain_after"
NOT_ANSWERED = "not_answered"
LEG_NOT_ANSWERED = "leg_not_answered"
LEG_REVIEWED = "leg_reviewed"  # the answer of somebody whose leg a clinician has looked at since
STILL_SORE = {f"still_sore:{outcome}": outcome for outcome in Outcome}  # what was told of a day after while still sore
BEFORE = "before_session"  # the answer of somebody who told of a sign before a session, which then was none


class Ending(StrEnum):
    """How a step or a session ended."""

    DONE = "done"
    SKIPPED = "skipped"
    STOPPED = "stopped"


@dataclass(frozen=True)
class Entry:
    """One step as it went: `seconds` of work on that side, from `at`."""

    stretch: str
    side: Side
    at: datetime
    seconds: int
    ending: Ending
    colour: Colour = Colour.GREEN


@dataclass(frozen=True)
class Hurt:
    """One press of "It hurts": pain 0 to 10 before and during, its kind, and what the traffic light said."""

    at: datetime
    stretch: str
    side: Side
    before: int
    during: int
    quality: Quality
    rule: str
    colour: Colour


@dataclass(frozen=True)
class Recheck:
    """The answer when the grave signs were asked for: the id of a sign, "none", or NOT_ANSWERED.

    LEG_NOT_ANSWERED is the same for how the leg is after a set.

    `told` is the sign in words; `verdict` is what it asks of the person; None where that is no more than rest.
    """

    at: datetime
    answer: str
    told: str = ""
    verdict: Verdict | None = None


@dataclass(frozen=True)
class Log:
    """A session as it went. `level` is the level of progress that it was planned at.

    While it runs, `ended` is None and `rest` is what is left of the plan, so that it can go on after a break; `of_plan`
    tells which plan that was. `cleared_at` is when a person answered anew after a grave sign and said that a clinician
    had looked.
    """

    started: datetime
    pain_before: int
    level: int = 0
    entries: tuple[Entry, ...] = ()
    hurts: tuple[Hurt, ...] = ()
    ended: datetime | None = None
    ending: Ending | None = None
    pain_after: int | None = None
    day_after: Outcome | None = None
    day_after_at: datetime | None = None
    rest: Plan | None = None
    rechecks: tuple[Recheck, ...] = ()
    legs: tuple[LegResponse, ...] = ()
    cleared_at: datetime | None = None
    of_plan: str = ""
    version: int = VERSION


Told = TypeVar("Told", Hurt, Recheck)
Key = TypeVar("Key")


def with_entry(log: Log, entry: Entry) -> Log:
    """The log with one more step in it, which is never milder than what hurt in it: going back does not undo that."""
    hurt = [found.colour for found in log.hurts if (found.stretch, found.side) == (entry.stretch, entry.side)]
    worst = max((entry.colour, *hurt), key=SEVERITY.index)
    return replace(log, entries=(*log.entries, replace(entry, colour=worst)))


def reddened(log: Log, hurt: Hurt) -> Log:
    """The log with what hurt in a step that is done already, and that step red."""
    of_it = [n for n, entry in enumerate(log.entries) if (entry.stretch, entry.side) == (hurt.stretch, hurt.side)]
    entries = (replace(e, colour=hurt.colour) if n in of_it[-1:] else e for n, e in enumerate(log.entries))
    return replace(log, entries=tuple(entries), hurts=(*log.hurts, hurt))


def without_last(log: Log, step: Step) -> Log:
    """The log without the last time that a step was done."""
    of_it = [n for n, entry in enumerate(log.entries) if (entry.stretch, entry.side) == (step.stretch, step.side)]
    return replace(log, entries=tuple(entry for n, entry in enumerate(log.entries) if n not in of_it[-1:]))


def alarm(log: Log) -> Alarm | None:
    """The gravest sign told of in a session; None where there was none, or the person has been cleared since."""
    grave = [(check.verdict.severity, check) for check in (*log.rechecks, *_told_after(log)) if check.verdict]
    if not grave or (log.cleared_at and log.cleared_at > max(check.at for _, check in grave)):
        return None
    _, check = max(grave, key=lambda pair: pair[0])
    assert check.verdict
    before = all(other.answer == BEFORE for _, other in grave)
    return Alarm(max(check.at for _, check in grave), check.told, check.verdict, before, meanwhile(check.answer))


def alarms(logs: Mapping[Key, Log]) -> dict[Key, Alarm]:
    """The gravest sign of each session that has one; what came back within a week is a sign of the last of them."""
    found = {key: alarm(log) or _came_back(log, logs.values()) for key, log in logs.items()}
    return {key: sign for key, sign in found.items() if sign}


def _came_back(log: Log, logs: Iterable[Log]) -> Alarm | None:
    """What somebody was told to have looked at if it came back, and now has; None where they have since."""
    cleared = [other.cleared_at for other in logs if other.cleared_at and other.started <= log.started]
    since = max(cleared, default=None)
    for row in table("traffic_light")["comes_back"]:
        last = max((hurt.at for hurt in log.hurts if _is_like(row, hurt)), default=None)
        if last is None or (since and since > last):
            continue
        week = {other.started for other in logs if any(_within_a_week(row, hurt, last, since) for hurt in other.hurts)}
        if len(week) >= row["sessions"]:
            return Alarm(last, row["told"], Verdict.SEE_CLINICIAN)
    return None


def _is_like(row: Mapping[str, Any], hurt: Hurt) -> bool:
    return hurt.colour is Colour.RED and hurt.quality in row["qualities"] and hurt.during >= row.get("from_pain", 0)


def _within_a_week(row: Mapping[str, Any], hurt: Hurt, last: datetime, since: datetime | None) -> bool:
    return _is_like(row, hurt) and last - WEEK < hurt.at <= last and (since is None or hurt.at > since)


def as_of(log: Log, now: datetime) -> Log:
    """The log as it can be now: nobody has been cleared at a moment that is still to come."""
    return replace(log, cleared_at=None) if log.cleared_at and log.cleared_at > now else log


def told_before(at: datetime, told: str, verdict: Verdict, log: Log) -> Log:
    """`log`, closed, with a sign that was told before it could begin or go on."""
    check = Recheck(at, BEFORE, told, verdict)
    return replace(log, rechecks=(*log.rechecks, check), ended=at, ending=Ending.STOPPED, rest=None)


def only_signs(log: Log) -> Log:
    """What of a log bars sessions and keeps out what hurt, whatever else becomes of it; it counts as nothing done."""
    red = tuple(hurt for hurt in log.hurts if hurt.colour is Colour.RED)
    return replace(log, entries=(), hurts=red, legs=(), rest=None)


def joined(found: Log, last: Log, log: Log) -> Log:
    """`log` with what somebody else has written into its file, `found`, since `last` was written there."""
    return replace(
        log,
        hurts=_with_others(found.hurts, last.hurts, log.hurts),
        rechecks=_with_others(found.rechecks, last.rechecks, log.rechecks),
        legs=(*log.legs, *found.legs[len(last.legs) :]),
        day_after=log.day_after or found.day_after,
        day_after_at=log.day_after_at or found.day_after_at,
        cleared_at=log.cleared_at or found.cleared_at,
    )


def told_while_sore(log: Log) -> tuple[DayAfter, ...]:
    """What was told of the day after while the soreness lasted; until it has passed the day after is asked again."""
    told = (check for check in log.rechecks if check.answer in STILL_SORE)
    return tuple(DayAfter(check.at, STILL_SORE[check.answer], log.started) for check in told)


def _with_others(found: tuple[Told, ...], last: tuple[Told, ...], now: tuple[Told, ...]) -> tuple[Told, ...]:
    others = tuple(told for told in found if told not in last and told not in now)
    return tuple(sorted(now + others, key=lambda told: told.at)) if others else now


def _felt(log: Log, entry: Entry) -> Quality | None:
    """How a step felt that ended in red; of several times the last in which a nerve answered, else the last."""
    red = [hurt for hurt in log.hurts if hurt.colour is Colour.RED]
    here = [hurt.quality for hurt in red if (hurt.stretch, hurt.side) == (entry.stretch, entry.side)]
    return next(reversed(sorted(here, key=is_nerve)), None)


def _told_after(log: Log) -> Iterator[Recheck]:
    """What was told after a session and asks for a new screening: a sign of the day after, pain too strong for any."""
    if log.day_after is Outcome.RESCREEN and log.day_after_at is not None:
        yield Recheck(log.day_after_at, "A1", DAY_AFTER_SIGN, Verdict.SAME_DAY)
    if log.pain_after is not None and log.ended and gate(log.pain_after).gate is Gate.NONE_RESCREEN:
        yield Recheck(log.ended, PAIN_AFTER, f"pain of {log.pain_after} of 10", Verdict.SEE_CLINICIAN)


def _counts(entry: Entry) -> bool:
    """Whether a step leaves anything behind: what was skipped at once does not."""
    return bool(entry.seconds) or entry.colour is not Colour.GREEN


def open_question(log: Log) -> Recheck | None:
    """The question about grave signs or a leg that nobody answered, who closed or lost the session over it."""
    last = log.rechecks[-1] if log.rechecks else None
    return last if last and last.answer in (NOT_ANSWERED, LEG_NOT_ANSWERED) else None


def _with_what_hurt(log: Log) -> Log:
    """The log with a step for each light that has none: the session was lost or left while it was told of."""
    for hurt in log.hurts:
        worst = [SEVERITY.index(e.colour) for e in log.entries if (e.stretch, e.side) == (hurt.stretch, hurt.side)]
        if hurt.colour is not Colour.GREEN and max(worst, default=-1) < SEVERITY.index(hurt.colour):
            told = Entry(hurt.stretch, hurt.side, hurt.at, 0, Ending.STOPPED, hurt.colour)
            log = replace(log, entries=(*log.entries, told))
    return log


def _with_what_followed(log: Log) -> Log:
    """The log with its steps amber where pain was felt to be higher after them: the next ones are smaller."""
    if log.pain_after is None or log.pain_after - log.pain_before < felt():
        return log
    entries = (replace(e, colour=max(e.colour, Colour.AMBER, key=SEVERITY.index)) for e in log.entries)
    return replace(log, entries=tuple(entries))


def history(*logs: Log) -> History:
    """What the planner needs to know of these sessions, in the order of time."""
    logs = tuple(sorted((_with_what_followed(_with_what_hurt(log)) for log in logs), key=lambda log: log.started))
    done = tuple(
        Done(entry.stretch, entry.at, entry.side, entry.seconds, entry.colour, log.level, _felt(log, entry))
        for log in logs
        for entry in log.entries
        if _counts(entry)
    )
    sore = [report for log in logs for report in told_while_sore(log)]
    after = [
        DayAfter(log.day_after_at, log.day_after, log.started) for log in logs if log.day_after and log.day_after_at
    ]
    pains = tuple(PainBefore(log.started, log.pain_before) for log in logs if any(map(_counts, log.entries)))
    return History(
        done,
        tuple(sorted(sore + after, key=lambda day: day.at)),
        tuple(alarms(dict(enumerate(logs))).values()),
        pains=pains,
        legs=tuple(LegSaid(log.started, log.legs[-1]) for log in logs if log.legs),
        leg_reviewed_at=max((c.at for log in logs for c in log.rechecks if c.answer == LEG_REVIEWED), default=None),
    )
