"""What a History leaves for a day: room per muscle group, groups that rest, what is out or halved, the level."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from supple.anatomy import MuscleGroup
from supple.catalogue import Catalogue
from supple.planner.doses import is_rest
from supple.planner.flare import last_flare, share_percent, still_easy
from supple.planner.history import SEVERITY, WEEK, Done, History, group_seconds
from supple.planner.plan import Background, PlanRefused
from supple.planner.soreness import at_half_dose, resting
from supple.safety import nerve
from supple.safety.aftercare import easy_days, flare_plan
from supple.safety.limits import Limits
from supple.safety.progression import Recent, breaks, may_progress, minimum_days
from supple.safety.screening import advice
from supple.safety.tables import table
from supple.safety.traffic_light import Colour, Quality

LATELY = "within the last week"


def background(past: History, catalogue: Catalogue, at: datetime | None, limits: Limits) -> Background:
    """What `past` leaves for a session at `at`.

    Raises HistoryError where something was done later than that, PlanRefused where a grave sign ended a session.
    """
    if barred := past.barred():
        raise PlanRefused(f"{barred.words[:1].upper()}{barred.words[1:]}. {advice(barred.verdict, barred.call_first)}")
    dosage = limits.dosage
    answered = max((alarm.at for alarm in past.alarms), default=None)
    if at is None or not past.done:
        return Background(room_s=dict.fromkeys(MuscleGroup, dosage.day_s_max), answered_after=answered)
    past = past.settled(at)
    today = group_seconds((step for step in past.done if step.at.date() == at.date()), catalogue)
    week = group_seconds((step for step in past.done if step.at > at - WEEK), catalogue)
    day_max = dosage.day_s_max_if_daily if _daily(past, at) else dosage.day_s_max
    days = timedelta(days=flare_plan(limits, catalogue).days)
    easing = still_easy(past, at, days, limits.today.pain_now)
    return Background(
        done_today_s=today,
        room_s={
            group: max(0, min(day_max - today.get(group, 0), dosage.week_s_max - week.get(group, 0)))
            for group in MuscleGroup
        },
        resting=dict(resting(past, catalogue, at, dosage)),
        dropped={**_leg_waits(past, catalogue), **dict(_hurt_lately(past, catalogue, at))},
        easy=easy_days(limits, catalogue) if easing else None,
        half=tuple(catalogue.stretches) if easing or _red_lately(past, at) else at_half_dose(past, catalogue),
        share_percent=100 if easing else share_percent(past, at, days),
        last_time=tuple(sorted({step.stretch for step in past.sessions()[-1]})),
        level=level(past, at, limits),
        answered_after=answered,
        ahead=past.ahead,
    )


def level(past: History, at: datetime, limits: Limits) -> int:
    """Steps of progress earned: one more than last time where the progression rule allows it, none on small days.

    After a break one goes back: a step, and one more for each further week.
    """
    if not past.done or limits.start_dose:
        return 0
    a_break = timedelta(days=breaks().back_after_days)
    run = [step for steps in past.since_break(a_break) for step in steps]
    reached = max(step.level for step in run)  # a small day in between takes nothing away
    away = at - run[-1].at - a_break
    if away >= timedelta(0):
        return max(0, reached - 1 - away // WEEK)
    began = min(step.at for step in run if step.level == reached)
    kept = {step.at.date() for step in past.done if step.at > at - WEEK}
    recent = Recent(
        colours=tuple(max((step.colour for step in steps), key=SEVERITY.index) for steps in past.sessions()),
        outcomes=tuple(day.outcome for day in past.days_after),
        adherence_percent=100 * len(kept) / WEEK.days,
        days_since_step=(at - began).days,
        after_flare=_after_flare(past, at),
    )
    return reached + 1 if may_progress(recent, limits.tags).allowed else reached


def _after_flare(past: History, at: datetime) -> bool:
    """Whether a flare-up is so near that steps still wait longer."""
    flare = last_flare(past, at)
    return flare is not None and at < flare.at + timedelta(days=minimum_days((), after_flare=True))


def _daily(past: History, at: datetime) -> bool:
    """Whether a session was done on each of the six days before."""
    days = {step.at.date() for step in past.done}
    return all((at - timedelta(days=back)).date() in days for back in range(1, 7))


def _leg_waits(past: History, catalogue: Catalogue) -> dict[str, str]:
    """What moves the low back or pulls on a leg that stays the same, until somebody has looked at it; rest stays."""
    if not past.leg_waits():
        return {}
    why = str(table("traffic_light")["leg_review"]["why"])
    waits = (s for s in catalogue.stretches.values() if nerve.loads_low_back(s) or nerve.loads_leg_nerve(s))
    return {stretch.id: why for stretch in waits if not is_rest(stretch)}


def _red_lately(past: History, at: datetime) -> list[Done]:
    """What ended in red within a week; as long nothing gets more than half its dose, and nothing grows."""
    return [step for step in past.done if step.colour is Colour.RED and step.at > at - WEEK]


def _hurt_lately(past: History, catalogue: Catalogue, at: datetime) -> Iterable[tuple[str, str]]:
    """What is out after the red lights of the week, each with the reason; the graver reason comes last, and stands."""
    red = _red_lately(past, at)
    for step in red:
        if step.hurt is not None:
            hurt = catalogue.stretch(step.stretch)
            yield from nerve.week_after(catalogue, hurt, step.hurt, when=LATELY).items()
            yield from nerve.left_out(catalogue, hurt, step.hurt, when=LATELY).items()
    for step in red:
        came = "You were dizzy in it" if step.hurt is Quality.DIZZINESS else "It hurt"
        yield step.stretch, f"{came} {LATELY}, so it is left out for now."
    if today := [step for step in red if step.at.date() == at.date() or nerve.is_still_today(at - step.at)]:
        why = nerve.enough_today(today[-1].hurt)
        yield from ((stretch.id, why) for stretch in catalogue.stretches.values() if not is_rest(stretch))
