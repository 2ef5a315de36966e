"""On the easy days of a flare-up, and in strong pain, what eases is offered wherever the tables allow it."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from supple.anatomy import Setting
from supple.catalogue import load
from supple.planner import Plan
from supple.planner.doses import is_restful
from supple.planner.flare import still_easy
from supple.planner.history import PainBefore
from supple.safety.aftercare import Outcome, flare_plan
from supple.safety.gate import positions_of_ease
from supple.safety.limits import Allowance, judge
from tests.people import EVENING, Person, after, limits_of, planned
from tests.planner.checker import broken
from tests.planner.test_history import days_ago
from tests.safety.people import well

SPINE = {"surgery_weeks": 6, "recent_spine_surgery": "yes", "clinician_cleared": "yes"}
CONDITIONS: dict[str, dict[str, Any]] = {
    "nobody": {},
    **{
        key: {key: "yes"}
        for key in (
            "spinal_stenosis",
            "spondylolisthesis",
            "disc_related_leg_pain",
            "inflammatory_back_pain",
            "osteoporosis",
            "hypermobility",
            "atlantoaxial_risk",
            "hip_replacement",
            "knee_pain_or_replacement",
            "shoulder_instability",
            "wrist_pain",
            "glaucoma_or_retina",
            "vertigo_or_dizziness",
            "balance_problem",
            "uncontrolled_hypertension",
        )
    },
    "older": {"age": 78},
    "bending hurts": {"flexion_effect": "worse"},
    "arching hurts": {"extension_effect": "worse"},
    "both hurt": {"flexion_effect": "worse", "extension_effect": "worse"},
    "pregnant": {"pregnant": "yes", "pregnant_weeks": 26, "pregnancy_warning_signs": "no"},
    "spine surgery": SPINE,
    "belly surgery": {"surgery_weeks": 2, "recent_abdominal_surgery": "yes", "clinician_cleared": "yes"},
    "shoulder surgery": {"surgery_weeks": 9, "recent_shoulder_surgery": "yes", "clinician_cleared": "yes"},
    "chest, hip or knee surgery": {"surgery_weeks": 5, "clinician_cleared": "yes"},
    "some surgery": {"surgery_weeks": 30},
    "a broken vertebra": {"vertebral_fracture": "yes", "clinician_cleared": "yes"},
}
every_condition = pytest.mark.parametrize("condition", CONDITIONS)
every_region = pytest.mark.parametrize("region", ["neck", "lower_back"])
every_place = pytest.mark.parametrize("setting", [Setting.FLOOR, Setting.BED, Setting.CHAIR_DESK, Setting.WALL])


def person(condition: str, region: str, setting: Setting) -> Person:
    return Person(well(**CONDITIONS[condition], pain_region=(region,)), 10, (setting,), at=EVENING)


def on_an_easy_day(who: Person) -> Person:
    """The same the day after a flare-up was reported."""
    return replace(who, past=days_ago(2) + after(EVENING - timedelta(days=1), Outcome.FLARE_PLAN))


def may_end_a_session(who: Person, names: set[str]) -> bool:
    """Whether one of these is allowed to this person and restful enough to end with."""
    bounds, stretches = limits_of(who), load().stretches
    return any(
        isinstance(judge(stretches[name], bounds), Allowance) and is_restful(stretches[name], positions_of_ease())
        for name in names
    )


@every_place
@every_region
@every_condition
def test_an_easy_day_offers_what_the_table_allows(condition: str, region: str, setting: Setting) -> None:
    who = on_an_easy_day(person(condition, region, setting))
    easy = {easy.stretch for easy in flare_plan(limits_of(who), load()).stretches}

    made = planned(who)

    assert {step.stretch for step in made.steps} <= easy
    assert bool(made.steps) or not may_end_a_session(who, easy)
    assert broken(made, who) == []


@every_place
@every_region
@every_condition
def test_strong_pain_is_offered_what_eases(condition: str, region: str, setting: Setting) -> None:
    who = replace(person(condition, region, setting), pain_now=7)

    made = planned(who)

    assert {step.stretch for step in made.steps} <= positions_of_ease()
    assert bool(made.steps) or not may_end_a_session(who, set(positions_of_ease()))


def said(made: Plan) -> str:
    return " ".join(made.notes)


@pytest.mark.parametrize("setting", [Setting.FLOOR, Setting.WALL])
def test_an_easy_day_says_walks_and_when_to_get_help_even_where_nothing_else_is_left(setting: Setting) -> None:
    made = planned(on_an_easy_day(person("nobody", "lower_back", setting)))

    assert bool(made.steps) is (setting is Setting.FLOOR)
    assert "On these easy days: short walks every hour or two." in said(made)
    assert "not settled after 7 days" in said(made)
    assert "surgical team" not in said(made)


def test_a_flare_up_after_an_operation_on_the_spine_goes_to_the_surgical_team() -> None:
    made = planned(on_an_easy_day(person("spine surgery", "lower_back", Setting.BED)))

    assert [step.stretch for step in made.steps] == ["constructive_rest"]
    assert "call your surgical team before the next session" in said(made)


def test_other_days_say_nothing_of_flare_ups() -> None:
    assert "easy days" not in said(planned(person("nobody", "lower_back", Setting.FLOOR)))


@pytest.mark.parametrize(("pain", "easy"), [(3, False), (4, True)])
def test_usual_pain_is_the_middle_of_three_and_not_the_last(pain: int, easy: bool) -> None:
    flare = EVENING - timedelta(days=5)
    pains = tuple(PainBefore(flare - timedelta(days=days), felt) for days, felt in ((1, 6), (2, 2), (3, 2)))
    past = replace(after(flare, Outcome.FLARE_PLAN), pains=pains)

    assert still_easy(past, EVENING, timedelta(days=3), pain) is easy
