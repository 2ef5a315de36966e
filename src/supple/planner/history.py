"""What a person has done before, and what the days after brought; what that leaves for a day says `background.py`."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from supple.anatomy import MuscleGroup, Position, Setting, Side
from supple.catalogue import Catalogue
from supple.planner.doses import is_rest
from supple.safety.aftercare import Outcome
from supple.safety.day import Today
from supple.safety.progression import breaks
from supple.safety.tables import table
from supple.safety.traffic_light import AfterSet, Colour, LegResponse, Quality, after_set
from supple.safety.verdicts import Verdict
from supple.safety.words import CallFirst

WEEK = timedelta(days=7)
CLOCKS_DIFFER = timedelta(days=1)  # the most that a journey, or a clock set back, makes of now
SEVERITY = (Colour.GREEN, Colour.AMBER, Colour.RED)  # from mild to grave


class HistoryError(ValueError):
    """A history cannot be used for this plan."""


@dataclass(frozen=True)
class Done:
    """One step that was carried out: `seconds` are seconds of holding or moving on that side, rests left out.

    `hurt` is how it felt where it ended in red.
    """

    stretch: str
    at: datetime
    side: Side
    seconds: int
    colour: Colour = Colour.GREEN
    level: int = 0
    hurt: Quality | None = None


@dataclass(frozen=True)
class SoFar:
    """How far a session has come when its rest is planned again: what was done, the position one is in, seconds left.

    `dropped` says of each stretch that is out for the rest of the session why it is; `surface` is the floor or bed on
    which the session lies or was to lie, and which it keeps. After a long break one is `cold`, whatever was done.
    After pain `most_s` has the seconds a side of what was still planned: nothing grows, and what is new has its least.
    """

    done: tuple[Done, ...]
    here: Position | None
    left_s: int
    dropped: dict[str, str] = field(default_factory=dict)
    surface: Setting | None = None
    cold: bool = False
    most_s: dict[str, int] | None = None


@dataclass(frozen=True)
class DayAfter:
    """What a person reported a day after a session: the outcome of the 24-hour table, and when.

    `of` is when that session began; of one that left somebody sore for long there are several reports.
    """

    at: datetime
    outcome: Outcome
    of: datetime | None = None


@dataclass(frozen=True)
class PainBefore:
    """Pain at rest, 0 to 10, asked when a session began."""

    at: datetime
    pain: int


@dataclass(frozen=True)
class LegSaid:
    """What a leg said last in the session that began `at`."""

    at: datetime
    said: LegResponse


@dataclass(frozen=True)
class Alarm:
    """A grave sign: when, in which words it was told of, and what it asks; what to know `meanwhile`, whom to call.

    It ended a session or, with `before`, was told before one could begin.
    """

    at: datetime
    told: str
    verdict: Verdict
    before: bool = False
    meanwhile: str = ""
    call_first: CallFirst | None = None

    @property
    def needs_clinician(self) -> bool:
        """Whether fresh answers are not enough to come back, because it showed in a session or is an emergency."""
        return not self.before or self.verdict is Verdict.EMERGENCY

    @property
    def words(self) -> str:
        """What was told, as a clause."""
        return f"this was told before a session: {self.told}" if self.before else f"a session ended with {self.told}"


@dataclass(frozen=True)
class History:
    """All sessions so far, oldest first; empty for a newcomer.

    `alarms` bar every plan, save those no later than `answered_at`: when the safety questions were answered anew.
    `ahead` says that the clock showed something later than now; see `settled`. `leg_reviewed_at` is when a person last
    said that a clinician had looked at the leg.
    """

    done: tuple[Done, ...] = ()
    days_after: tuple[DayAfter, ...] = field(default=())
    alarms: tuple[Alarm, ...] = ()
    answered_at: datetime | None = None
    pains: tuple[PainBefore, ...] = ()
    ahead: bool = False
    legs: tuple[LegSaid, ...] = ()
    leg_reviewed_at: datetime | None = None

    def __add__(self, later: "History") -> "History":
        answers = [at for at in (self.answered_at, later.answered_at) if at]
        reviews = [at for at in (self.leg_reviewed_at, later.leg_reviewed_at) if at]
        return History(
            self.done + later.done,
            tuple(sorted(self.days_after + later.days_after, key=lambda day: day.at)),
            self.alarms + later.alarms,
            max(answers, default=None),
            self.pains + later.pains,
            self.ahead or later.ahead,
            tuple(sorted(self.legs + later.legs, key=lambda leg: leg.at)),
            max(reviews, default=None),
        )

    def barred(self) -> Alarm | None:
        """The gravest alarm since the safety questions were answered, if there is one."""
        since = [alarm for alarm in self.alarms if self.answered_at is None or alarm.at >= self.answered_at]
        return max(since, key=lambda alarm: (alarm.verdict.severity, alarm.at), default=None)

    def dizzy_lately(self, at: datetime) -> bool:
        """Whether somebody was dizzy in a session of the week before `at`."""
        return any(step.hurt is Quality.DIZZINESS and step.at > at - WEEK for step in self.done)

    def leg_waits(self) -> bool:
        """Whether the leg has said "the same" in the last sessions in which it was asked, and nobody has looked."""
        sessions = table("traffic_light")["leg_review"]["sessions"]
        lately = [leg.said for leg in self.legs if self.leg_reviewed_at is None or leg.at > self.leg_reviewed_at]
        return len(lately) >= sessions and all(
            after_set(said) is AfterSet.GO_ON_FOR_TWO_SESSIONS for said in lately[-sessions:]
        )

    def settled(self, at: datetime | None) -> "History":
        """This as it counts at `at`: what lies up to a day later (a journey, a clock set back) has just been done.

        So it counts in full for rest and room. Raises HistoryError where something lies later still.
        """
        just_now = at and at - timedelta(seconds=1)  # before what was told since
        last = max(self.done, key=lambda step: step.at, default=None)
        if at is None or just_now is None or last is None or last.at <= at:
            return self
        if last.at - at >= CLOCKS_DIFFER:
            raise HistoryError(
                f"{last.stretch} was done at {last.at:%Y-%m-%d %H:%M}, after the session planned; give a later moment, "
                "set this machine's clock right, or move that log out of its folder."
            )
        return replace(
            self,
            done=tuple(replace(step, at=min(step.at, just_now)) for step in self.done),
            days_after=tuple(replace(day, at=min(day.at, at)) for day in self.days_after),
            pains=tuple(replace(found, at=min(found.at, just_now)) for found in self.pains),
            ahead=True,
        )

    def week(self, at: datetime) -> int:
        """The week that `at` lies in, counted from the first session since the last long break; 1 for a newcomer."""
        run = self.since_break(timedelta(days=breaks().anew_after_days))
        if not run or at - run[-1][-1].at >= timedelta(days=breaks().anew_after_days):
            return 1
        return 1 + (at - run[0][0].at) // WEEK

    def since_break(self, longest: timedelta) -> tuple[tuple[Done, ...], ...]:
        """The sessions since the last time that none was done for `longest` or more; all where that never was."""
        sessions = self.sessions()
        gaps = [
            index for index in range(1, len(sessions)) if sessions[index][0].at - sessions[index - 1][-1].at >= longest
        ]
        return sessions[gaps[-1] :] if gaps else sessions

    def sessions(self) -> tuple[tuple[Done, ...], ...]:
        """The steps by session: steps less than an hour apart belong together."""
        found: list[list[Done]] = []
        for step in sorted(self.done, key=lambda step: step.at):
            if found and step.at - found[-1][-1].at < timedelta(hours=1):
                found[-1].append(step)
            else:
                found.append([step])
        return tuple(tuple(steps) for steps in found)


def day_of(past: History, at: datetime | None, told: Today) -> Today:
    """The day of a session at `at`: week, sessions and hour as `past` and the clock have them, the rest as told."""
    if at is None:
        return replace(told, sessions_done=len(past.sessions()))
    return replace(told, week=past.week(at), sessions_done=len(past.sessions()), at_hour=at.hour)


def group_seconds(steps: Iterable[Done], catalogue: Catalogue) -> dict[MuscleGroup, int]:
    """Seconds per muscle group and side: the fuller side counts, secondary targets count half, rest counts nothing."""
    sides: dict[tuple[MuscleGroup, Side], float] = {}
    for step in steps:
        stretch = catalogue.stretch(step.stretch)
        if not is_rest(stretch):
            for group, share in catalogue.group_shares(stretch).items():
                for side in (Side.LEFT, Side.RIGHT) if step.side is Side.NONE else (step.side,):
                    sides[group, side] = sides.get((group, side), 0.0) + share * step.seconds
    return {
        group: round(max(sides.get((group, side), 0.0) for side in (Side.LEFT, Side.RIGHT)))
        for group in MuscleGroup
        if (group, Side.LEFT) in sides or (group, Side.RIGHT) in sides
    }
