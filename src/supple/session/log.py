"""What happened in a session, step by step; a Log is the History of the next plan."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from supple.anatomy import Side
from supple.planner.history import DayAfter, Done, History
from supple.planner.plan import Plan, Step
from supple.safety.aftercare import Outcome
from supple.safety.traffic_light import Colour, Quality

VERSION = 1


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
class Log:
    """A session as it went. `level` is the level of progress that it was planned at.

    While it runs, `ended` is None and `rest` is what is left of the plan, so that it can go on after a break.
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
    version: int = VERSION


def with_step(log: Log, step: Step, at: datetime, seconds: int, ending: Ending, colour: Colour = Colour.GREEN) -> Log:
    """The log with one more step in it."""
    return replace(log, entries=(*log.entries, Entry(step.stretch, step.side, at, seconds, ending, colour)))


def history(*logs: Log) -> History:
    """What the planner needs to know of these sessions."""
    done = tuple(
        Done(entry.stretch, entry.at, entry.side, entry.seconds, entry.colour, log.level)
        for log in logs
        for entry in log.entries
        if entry.seconds or entry.colour is not Colour.GREEN
    )
    after = tuple(DayAfter(log.day_after_at, log.day_after) for log in logs if log.day_after and log.day_after_at)
    return History(done, after)
