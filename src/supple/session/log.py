"""What happened in a session, step by step."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from supple.anatomy import Side
from supple.planner.history import SEVERITY, DayAfter
from supple.planner.plan import Plan, Step
from supple.safety.aftercare import Outcome
from supple.safety.traffic_light import Colour, LegResponse, Quality
from supple.safety.verdicts import Verdict

VERSION = 2
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


def open_question(log: Log) -> Recheck | None:
    """The question about grave signs or a leg that nobody answered, who closed or lost the session over it."""
    last = log.rechecks[-1] if log.rechecks else None
    return last if last and last.answer in (NOT_ANSWERED, LEG_NOT_ANSWERED) else None
