"""People who ask for a plan: the vignettes wherever they may be, and anybody at all, drawn by hypothesis."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from hypothesis import strategies as st

from supple.anatomy import Setting, Side
from supple.catalogue import load
from supple.planner import DayAfter, Done, History, Plan, Step, Wishes
from supple.planner import plan as make_plan
from supple.planner.background import background
from supple.planner.choices import Case, candidates, rooms
from supple.planner.history import LegSaid, PainBefore, day_of
from supple.planner.search import Problem
from supple.safety.aftercare import Outcome
from supple.safety.day import as_answered
from supple.safety.limits import Limits, limits
from supple.safety.questions import NO, UNSURE, YES, Question, QuestionKind, Value, applies, questions
from supple.safety.screening import GuardianNeeded, evaluate, screen
from supple.safety.traffic_light import Colour, LegResponse, Quality
from supple.safety.verdicts import PlanKind
from tests.safety.people import person as answers_of
from tests.safety.people import well, whole

EVENING = datetime.fromisoformat("2026-11-20T18:00")
ASKED = tuple(questions().values())


@dataclass(frozen=True)
class Person:
    """Answers to every question that applies, and what is asked for. No settings: that of the answers."""

    answers: Mapping[str, Value] = field(default_factory=well)
    minutes: int = 8
    settings: tuple[Setting, ...] = ()
    past: History = field(default_factory=History)
    at: datetime | None = None
    pain_now: int | None = None
    wanted: tuple[str, ...] = ()  # the stretches that are asked for


def vignette(identifier: str, minutes: int = 8, settings: tuple[Setting, ...] = (), **more: Any) -> Person:
    """Somebody of the vignettes."""
    return Person(answers_of(identifier), minutes, settings, **more)


def limits_of(person: Person) -> Limits:
    """What this person is allowed."""
    told = as_answered(person.answers)
    today = replace(
        told,
        settings=person.settings or told.settings,
        pain_now=told.pain_now if person.pain_now is None else person.pain_now,
    )
    return limits(screen(person.answers), person.answers, day_of(person.past, person.at, today))


def wishes_of(person: Person) -> Wishes:
    """What this person asks for."""
    said: dict[str, Any] = dict(person.answers)
    return Wishes(
        person.minutes,
        tuple(said["pain_region"]),
        tuple(said.get("goals", ())),
        float(said.get("sitting_hours", 0)),
        stretches=person.wanted,
    )


def planned(person: Person) -> Plan:
    """The plan for this person; raises PlanRefused where there is to be none."""
    bounds = limits_of(person)
    return make_plan(load(), bounds, wishes_of(person), background(person.past, load(), person.at, bounds))


def doses(steps: Iterable[Step]) -> list[Step]:
    """The steps without the seconds into them, which depend on where one comes from."""
    return [replace(step, transition_s=0) for step in steps]


def done(made: Plan, at: datetime, colour: Colour = Colour.GREEN) -> History:
    """The History of somebody who has done all of a plan."""
    level = made.background.level
    return History(tuple(Done(step.stretch, at, step.side, step.work_s, colour, level) for step in made.steps))


@cache
def regular(identifier: str, weeks: int) -> History:
    """Somebody of the vignettes who did their first session every third day for so many weeks, a step up in each."""
    made = planned(vignette(identifier, 8, tuple(Setting)))
    past = History()
    for ago in range(7 * weeks, 1, -3):
        at = EVENING - timedelta(days=ago)
        steps = [Done(s.stretch, at, s.side, s.work_s, level=weeks - 1 - (ago - 1) // 7) for s in made.steps]
        past = past + History(tuple(steps))
    return past


def problems_of(person: Person) -> list[Problem]:
    """What the search is asked for this person: one problem per surface to lie on."""
    bounds = limits_of(person)
    case = Case(load(), bounds, wishes_of(person), background(person.past, load(), person.at, bounds))
    budget_s = 60 * min(person.minutes, bounds.session_minutes_max)
    return [room.problem for room in rooms(case, candidates(case)[0], budget_s=budget_s)]


def after(at: datetime, outcome: Outcome = Outcome.MAY_PROGRESS) -> History:
    """What somebody reported at `at` of the session of the day before."""
    return History((), (DayAfter(at, outcome),))


def _grave(asked: Question) -> bool:
    """Whether a bare yes or unsure to it already means that there is no plan."""
    words = (YES, UNSURE) if asked.kind is QuestionKind.YES_NO_UNSURE else ()
    return any(evaluate({asked.key: word}).plan is PlanKind.NONE for word in words)


GRAVE = {asked.key for asked in ASKED if _grave(asked)}
CONDITIONS = tuple(
    asked.key
    for asked in ASKED
    if asked.kind is QuestionKind.YES_NO_UNSURE and asked.key not in GRAVE and asked.key != "guardian_agrees"
)
NUMBERS: dict[str, st.SearchStrategy[Any]] = {
    "age": st.integers(16, 90),
    "nprs_rest": st.integers(0, 7),
    "duration_weeks": st.integers(0, 60),
    "pregnant_weeks": st.integers(1, 40),
    "surgery_weeks": st.sampled_from(["none", "none", "none", 4, 20, 40, "unsure"]),
    "minutes_available": st.integers(2, 30),
}
LAWFUL = {"clinician_cleared": YES, "guardian_agrees": YES, "improving": YES}


@st.composite
def answers(draw: st.DrawFn) -> dict[str, Value]:
    """Answers of somebody with up to five conditions, each had or perhaps had, of whom most may stretch."""
    has = draw(st.dictionaries(st.sampled_from(CONDITIONS), st.sampled_from([UNSURE, YES]), max_size=5))
    known: dict[str, Value] = {}
    for asked in ASKED:
        if (asked.optional and asked.key not in NUMBERS) or not applies(asked, known):
            continue
        if asked.key in NUMBERS:
            known[asked.key] = draw(NUMBERS[asked.key])
        elif asked.kind is QuestionKind.YES_NO_UNSURE:
            known[asked.key] = LAWFUL.get(asked.key, has.get(asked.key, NO))
        elif asked.kind is QuestionKind.CHOICE:
            known[asked.key] = draw(st.sampled_from([*asked.choices]))
        elif asked.kind is QuestionKind.CHOICE_MANY:
            known[asked.key] = tuple(draw(st.lists(st.sampled_from([*asked.choices]), min_size=1, unique=True)))
    known |= draw(_optional)
    known["can_use_floor"] = draw(st.sampled_from([YES, YES, NO, UNSURE]))
    known["can_kneel"] = NO if known["can_use_floor"] == NO else draw(st.sampled_from([YES, NO, UNSURE]))
    if known.get("onset_under_40") == NO and int(str(known["age"])) < 40:
        known["onset_under_40"] = YES
    if known["constant_progressive_pain"] == YES:
        known["improving"] = NO
    return whole(known)


GOALS = questions()["goals"].choices
_optional: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {},
    optional={
        "sitting_hours": st.integers(0, 14),
        "goals": st.lists(st.sampled_from([*GOALS]), min_size=1, max_size=2, unique=True).map(tuple),
        "minutes_since_rising": st.sampled_from([10, 60, 300]),
    },
)


@st.composite
def histories(draw: st.DrawFn, at: datetime = EVENING) -> History:
    """Up to a dozen sessions of single steps in the weeks before `at`, with what the days after brought."""
    names = sorted(load().stretches)
    step = st.builds(
        Done,
        stretch=st.sampled_from(names),
        at=st.integers(1, 24 * 45).map(lambda hours: at - timedelta(hours=hours)),
        side=st.sampled_from(Side),
        seconds=st.integers(5, 180),
        colour=st.sampled_from([Colour.GREEN, Colour.GREEN, Colour.AMBER, Colour.RED]),
        level=st.integers(0, 3),
        hurt=st.sampled_from([None, None, Quality.SHARP, Quality.SPREADING]),
    )
    steps = sorted(draw(st.lists(step, max_size=12)), key=lambda done: done.at)
    pains = st.builds(
        PainBefore,
        at=st.integers(1, 24 * 21).map(lambda hours: at - timedelta(hours=hours)),
        pain=st.integers(0, 7),
    )
    outcomes = st.builds(
        DayAfter,
        at=st.integers(1, 24 * 21).map(lambda hours: at - timedelta(hours=hours)),
        outcome=st.sampled_from(Outcome),
    )
    reports = tuple(sorted(draw(st.lists(outcomes, max_size=2)), key=lambda day: day.at))
    told = st.sampled_from([LegResponse.UNCHANGED, LegResponse.UNCHANGED, LegResponse.MOVED_UP_OR_SMALLER])
    days = (at - timedelta(days=n) for n in (9, 6, 3))
    legs = tuple(LegSaid(day, said) for day, said in zip(days, draw(st.lists(told, max_size=3)), strict=False))
    looked = draw(st.sampled_from([None, None, at - timedelta(days=5)]))
    return History(
        tuple(steps), reports, pains=tuple(draw(st.lists(pains, max_size=4))), legs=legs, leg_reviewed_at=looked
    )


SETTINGS: st.SearchStrategy[tuple[Setting, ...]] = st.lists(
    st.sampled_from([*Setting]), min_size=1, max_size=4, unique=True
).map(tuple)


@st.composite
def people(draw: st.DrawFn, minutes: st.SearchStrategy[int] | None = None) -> Person:
    """Anybody who may be given a plan, with or without a History."""
    said = draw(answers().filter(_may_stretch))
    past: History = draw(st.one_of(st.just(History()), histories()))
    at = EVENING.replace(hour=draw(st.sampled_from([7, 18]))) if draw(st.booleans()) or past.done else None
    if at and any(step.at > at for step in past.done):
        at = EVENING
    pain = draw(st.one_of(st.none(), st.integers(0, 7)))
    return Person(said, draw(st.integers(1, 60) if minutes is None else minutes), draw(SETTINGS), past, at, pain)


def _may_stretch(said: Mapping[str, Value]) -> bool:
    try:
        return screen(said).plan is not PlanKind.NONE
    except GuardianNeeded:
        return False
