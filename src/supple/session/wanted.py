"""What a plan is made from: answers, minutes, places, History and the moment, put together for the planner."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from supple.anatomy import Setting
from supple.catalogue import load
from supple.planner import Alarm, Background, History, PlanRefused, Wishes
from supple.planner.background import background
from supple.planner.flare import needs_help
from supple.planner.history import day_of
from supple.safety.asked import YES
from supple.safety.day import as_answered
from supple.safety.freshness import good_for_days
from supple.safety.limits import Limits, limits
from supple.safety.questions import Answers, readable, settle
from supple.safety.questions import read as read_words
from supple.safety.screening import Screening, advice, screen, with_lasting_flare
from supple.safety.told import Told, told
from supple.safety.traffic_light import Colour
from supple.safety.verdicts import PlanKind
from supple.session.playback import dropped_after


class Barred(PlanRefused):
    """A grave sign was told of, and nobody has answered anew since."""

    def __init__(self, alarm: Alarm) -> None:
        asks = advice(alarm.verdict, alarm.call_first)
        said = f"{alarm.words[:1].upper()}{alarm.words[1:]}. {asks} {alarm.meanwhile}"
        super().__init__(said.strip())
        self.alarm = alarm


@dataclass(frozen=True)
class Asked:
    """A person and a wish. `limits` is None where the verdict allows no plan; `told` says what a red light means.

    `good_for_days` is for how many days an early pregnancy lets the answers stand; None where nothing will change.
    `answered_on` is the day of the answers, or the latest that it may have been.
    """

    screening: Screening
    limits: Limits | None
    wishes: Wishes
    background: Background
    history: History
    at: datetime | None
    told: str = ""
    good_for_days: int | None = None
    answered_on: date | None = None


def put_together(
    answers: Mapping[str, object],
    *,
    minutes: int | None,
    settings: Sequence[Setting] | None,
    past: History,
    at: datetime | None,
    pain_now: int | None = None,
) -> Asked:
    """Screen the answers and turn them into limits, wishes and background; raises Barred.

    What is given besides the answers replaces what they say. Who was dizzy in a session of the week
    before counts as dizzy, and pain that is stronger now is screened as such.
    """
    if at and past.dizzy_lately(at):
        answers = {**answers, "vertigo_or_dizziness": YES}
    told_pain = as_answered(readable(answers)).pain_now
    pain = told_pain if pain_now is None else pain_now
    if pain > told_pain:
        worst = {"nprs_worst_week": pain} if "nprs_worst_week" in answers else {}
        answers = {**answers, "nprs_rest": pain, **worst}
    found = screen(answers)
    if at and needs_help(past, at, pain):
        found = with_lasting_flare(found, answers)
    known = settle(read_words(answers)) if found.plan is not PlanKind.NONE else {}
    wishes = _wishes(known, minutes)
    if found.plan is PlanKind.NONE:
        return Asked(found, None, wishes, Background(), past, at)
    if barred := past.barred():
        raise Barred(barred)
    told_of = as_answered(known)
    today = replace(told_of, pain_now=pain, settings=tuple(settings) if settings else told_of.settings)
    bounds = limits(found, known, day_of(past, at, today))
    left = background(past, load(), at, bounds)
    session = told(known["session_log"]) if "session_log" in known else None
    if session:
        left = _after(session, left)
    says = session.light.say if session and session.is_red else ""
    return Asked(found, bounds, wishes, left, past, at, says, good_for_days(known))


def _wishes(known: Answers, minutes: int | None) -> Wishes:
    return Wishes(
        minutes=minutes if minutes is not None else int(_number(known, "minutes_available", 1)),
        regions=_words(known, "pain_region"),
        goals=_words(known, "goals"),
        sitting_hours=_number(known, "sitting_hours", 0),
    )


def _after(session: Told, left: Background) -> Background:
    """What is left after a session told of among the answers: out after a red light, half the dose after an amber."""
    if session.is_red:
        return replace(left, dropped={**left.dropped, **dropped_after(load(), session.exercise, session.quality)})
    if session.light.colour is Colour.AMBER:
        return replace(left, half=tuple(sorted({*left.half, session.exercise})))
    return left


def _number(answers: Answers, key: str, otherwise: float) -> float:
    value = answers.get(key)
    return float(value) if isinstance(value, (int, float)) else otherwise


def _words(answers: Answers, key: str) -> tuple[str, ...]:
    value = answers.get(key)
    return value if isinstance(value, tuple) else ()
