"""What a person has done before, and what it leaves for today: room per muscle group, groups that rest, dose levels."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from supple.anatomy import MuscleGroup, Position, Setting, Side
from supple.catalogue import Catalogue
from supple.planner.doses import is_rest
from supple.planner.plan import Background, PlanRefused
from supple.safety import nerve
from supple.safety.aftercare import Outcome, escalate, flare_plan, restart
from supple.safety.limits import Limits
from supple.safety.progression import Recent, may_progress
from supple.safety.screening import advice
from supple.safety.traffic_light import Colour, Quality
from supple.safety.verdicts import Verdict

WEEK = timedelta(days=7)
MONTH = timedelta(days=30)
AFTER_FLARE = timedelta(days=14)
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
    which the session lies or was to lie, and which it keeps.
    """

    done: tuple[Done, ...]
    here: Position | None
    left_s: int
    dropped: dict[str, str] = field(default_factory=dict)
    surface: Setting | None = None


@dataclass(frozen=True)
class DayAfter:
    """What a person reported a day after a session: the outcome of the 24-hour table, and when."""

    at: datetime
    outcome: Outcome


@dataclass(frozen=True)
class Alarm:
    """A grave sign: when, in which words it was told of, and what it asks of the person.

    It ended a session or, with `before`, was told before one could begin.
    """

    at: datetime
    told: str
    verdict: Verdict
    before: bool = False

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
    """

    done: tuple[Done, ...] = ()
    days_after: tuple[DayAfter, ...] = field(default=())
    alarms: tuple[Alarm, ...] = ()
    answered_at: datetime | None = None

    def __add__(self, later: "History") -> "History":
        answers = [at for at in (self.answered_at, later.answered_at) if at]
        return History(
            self.done + later.done,
            self.days_after + later.days_after,
            self.alarms + later.alarms,
            max(answers, default=None),
        )

    def barred(self) -> Alarm | None:
        """The gravest alarm since the safety questions were answered, if there is one."""
        since = [alarm for alarm in self.alarms if self.answered_at is None or alarm.at >= self.answered_at]
        return max(since, key=lambda alarm: (alarm.verdict.severity, alarm.at), default=None)

    def week(self, at: datetime) -> int:
        """The week that `at` lies in, counted from the first session; 1 for a newcomer."""
        return 1 if not self.done else 1 + (at - min(step.at for step in self.done)) // WEEK

    def sessions(self) -> tuple[tuple[Done, ...], ...]:
        """The steps by session: steps less than an hour apart belong together."""
        found: list[list[Done]] = []
        for step in sorted(self.done, key=lambda step: step.at):
            if found and step.at - found[-1][-1].at < timedelta(hours=1):
                found[-1].append(step)
            else:
                found.append([step])
        return tuple(tuple(steps) for steps in found)


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


def background(past: History, catalogue: Catalogue, at: datetime | None, limits: Limits) -> Background:
    """What `past` leaves for a session at `at`.

    Raises HistoryError where something was done later than that, PlanRefused where a grave sign ended a session.
    """
    if barred := past.barred():
        raise PlanRefused(f"{barred.words[:1].upper()}{barred.words[1:]}. {advice(barred.verdict)}")
    dosage = limits.dosage
    answered = max((alarm.at for alarm in past.alarms), default=None)
    if at is None or not past.done:
        return Background(room_s=dict.fromkeys(MuscleGroup, dosage.day_s_max), answered_after=answered)
    late = next((step for step in past.done if step.at > at), None)
    if late:
        raise HistoryError(
            f"{late.stretch} was done at {late.at:%Y-%m-%d %H:%M}, after the session planned; give a later moment."
        )
    today = group_seconds((step for step in past.done if step.at.date() == at.date()), catalogue)
    week = group_seconds((step for step in past.done if step.at > at - WEEK), catalogue)
    day_max = dosage.day_s_max_if_daily if _daily(past, at) else dosage.day_s_max
    sore = _sore(past, catalogue)
    flare = flare_plan(limits, catalogue)
    easing = _flare(past, at, timedelta(days=flare.days)) is not None
    return Background(
        done_today_s=today,
        room_s={
            group: max(0, min(day_max - today.get(group, 0), dosage.week_s_max - week.get(group, 0)))
            for group in MuscleGroup
        },
        resting=dict(_resting(past, catalogue, at, limits, sore)),
        dropped=dict(_hurt_lately(past, catalogue, at)),
        easy={easy.stretch: easy.arc_percent for easy in flare.stretches} if easing else None,
        half=tuple(catalogue.stretches) if easing else _at_half_dose(past, catalogue, sore),
        share_percent=100 if easing else _share_percent(past, at, flare.days),
        last_time=tuple(sorted({step.stretch for step in past.sessions()[-1]})),
        level=level(past, at, limits),
        answered_after=answered,
    )


def level(past: History, at: datetime, limits: Limits) -> int:
    """Steps of progress earned: one more than last time where the progression rule allows it, none on small days."""
    if not past.done or limits.start_dose:
        return 0
    sessions = past.sessions()
    reached = max(step.level for step in past.done)  # a small day in between takes nothing away
    began = min(step.at for step in past.done if step.level == reached)
    kept = {step.at.date() for step in past.done if step.at > at - WEEK}
    recent = Recent(
        colours=tuple(max((step.colour for step in steps), key=SEVERITY.index) for steps in sessions),
        outcomes=tuple(day.outcome for day in past.days_after),
        adherence_percent=100 * len(kept) / WEEK.days,
        days_since_step=(at - began).days,
        after_flare=_flare(past, at, AFTER_FLARE) is not None,
    )
    return reached + 1 if may_progress(recent, limits.tags).allowed else reached


def needs_help(past: History, at: datetime) -> bool:
    """Whether flare-ups do not settle, or come back so often, that a clinician should look first.

    Only what was reported counts: a flare-up lasts from its first report to its last, until a day is reported without.
    """
    reported = [day for day in past.days_after if at - MONTH < day.at <= at]
    run: list[DayAfter] = []
    for day in reported:
        run = [*run, day] if day.outcome is Outcome.FLARE_PLAN else []
    lasted = (run[-1].at - run[0].at).days if run else 0
    flares = sum(day.outcome is Outcome.FLARE_PLAN for day in reported)
    return escalate(days=lasted, settling=False, flares_in_30_days=flares, red_flag=False) is Verdict.SEE_CLINICIAN


def _daily(past: History, at: datetime) -> bool:
    """Whether a session was done on each of the six days before."""
    days = {step.at.date() for step in past.done}
    return all((at - timedelta(days=back)).date() in days for back in range(1, 7))


def _resting(
    past: History, catalogue: Catalogue, at: datetime, limits: Limits, sore: frozenset[MuscleGroup]
) -> Iterable[tuple[MuscleGroup, str]]:
    """The groups that have to wait, with the reason: by how much was done, and whether it left them sore."""
    dosage, sessions = limits.dosage, past.sessions()
    for index, steps in enumerate(sessions, start=1):
        ended = steps[-1].at
        for group, seconds in group_seconds(steps, catalogue).items():
            hours = dosage.spacing_full_h if seconds >= dosage.spacing_full_from_s else dosage.spacing_light_h
            if group in sore and index == len(sessions):
                hours = dosage.spacing_sore_h
            if at - ended < timedelta(hours=hours):
                yield group, f"These muscles were worked {_ago(at - ended)} ago; they rest for {hours} hours."


def _ago(passed: timedelta) -> str:
    hours = round(passed / timedelta(hours=1))
    return "less than an hour" if hours < 1 else f"{hours} hour{'s' if hours > 1 else ''}"


def _sore(past: History, catalogue: Catalogue) -> frozenset[MuscleGroup]:
    """The groups of the last session, when the day after it they were sore for long."""
    last = past.sessions()[-1]
    sore = any(
        day.outcome is Outcome.REST_THAT_MUSCLE_48H_THEN_HALF_DOSE and day.at > last[-1].at for day in past.days_after
    )
    return frozenset(group_seconds(last, catalogue)) if sore else frozenset()


def _hurt_lately(past: History, catalogue: Catalogue, at: datetime) -> Iterable[tuple[str, str]]:
    """Stretches that ended in red within a week, and after tingling or spreading all that loads the same."""
    red = [step for step in past.done if step.colour is Colour.RED and step.at > at - WEEK]
    for step in red:
        if step.hurt is not None:
            yield from nerve.left_out(
                catalogue, catalogue.stretch(step.stretch), step.hurt, when="within the last week"
            ).items()
    for step in red:
        yield step.stretch, "It hurt within the last week, so it is left out for now."


def _flare(past: History, at: datetime, within: timedelta) -> DayAfter | None:
    """The flare-up reported less than `within` ago, if there was one."""
    return next(
        (d for d in reversed(past.days_after) if d.outcome is Outcome.FLARE_PLAN and d.at <= at < d.at + within), None
    )


def _share_percent(past: History, at: datetime, easy_days: int) -> int:
    """How much of dose and arc there is after the easy days of a flare-up: half, and more per green session."""
    flare = _flare(past, at, AFTER_FLARE)
    if flare is None:
        return 100
    resumed = [steps for steps in past.sessions() if steps[0].at >= flare.at + timedelta(days=easy_days)]
    green = sum(all(step.colour is Colour.GREEN for step in steps) for steps in resumed)
    begun = restart(100, 100)
    return min(100, int(begun.seconds * (1 + begun.growth_percent[0] / 100) ** green))


def _at_half_dose(past: History, catalogue: Catalogue, sore: frozenset[MuscleGroup]) -> tuple[str, ...]:
    """Stretches that come back at half their dose: those that were amber last time, and those for sore muscles."""
    amber = {step.stretch for step in past.sessions()[-1] if step.colour is Colour.AMBER}
    spared = {
        stretch.id
        for stretch in catalogue.stretches.values()
        if any(share == 1.0 and group in sore for group, share in catalogue.group_shares(stretch).items())
    }
    return tuple(sorted(amber | spared))
