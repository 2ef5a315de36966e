"""Where nothing fits, the plan says why and names the nearest wish that does; a plan reads back as it was written."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from supple import shapes
from supple.anatomy import Setting, Side
from supple.catalogue import load
from supple.planner import Done, History, MinutesError, Plan, PlanRefused
from supple.safety.aftercare import Outcome
from tests.people import EVENING, Person, after, people, planned, vignette
from tests.planner.checker import broken
from tests.safety.people import well

SURGERY = {"surgery_weeks": 20, "recent_shoulder_surgery": "yes"}
NOWHERE = [
    Person(well(), 1, (Setting.STEP,), at=EVENING),
    Person(well(), 8, (Setting.DOORWAY,), at=EVENING),
    Person(well(), 8, (Setting.OPEN_SPACE,), at=EVENING),
    Person(well(can_use_floor="no", can_kneel=None, wrist_pain="yes"), 1, (Setting.STEP,), at=EVENING),
    Person(well(can_use_floor="no", can_kneel=None, wrist_pain="yes"), 8, (Setting.FLOOR,), at=EVENING),
    Person(well(**SURGERY), 8, (Setting.WALL,), at=EVENING, pain_now=7),
    Person(well(), 8, (Setting.WALL,), pain_now=7, at=EVENING.replace(hour=7)),
]
NAMES = [
    "a step and one minute",
    "only a doorway",
    "only a free space",
    "no floor, a sore wrist, a step",
    "only a floor that cannot be used",
    "strong pain at a wall after shoulder surgery",
    "strong pain at a wall",
]


@pytest.mark.parametrize("person", NOWHERE, ids=NAMES)
def test_where_nothing_fits_every_stretch_says_why_and_the_nearest_wish_gives_a_plan(person: Person) -> None:
    made = planned(person)
    if made.steps:
        assert made.nearest is None
        assert broken(made, person) == []
        return

    assert made.nearest
    assert all(left.why for left in made.left_out)
    assert {left.stretch for left in made.left_out} == set(load().stretches)
    wider = replace(person, minutes=made.nearest.minutes, settings=made.nearest.settings)
    found = planned(wider)
    assert found.steps
    assert broken(found, wider) == []
    assert f"{made.nearest.minutes} minutes" in made.nearest.say or made.nearest.minutes == person.minutes


@pytest.mark.parametrize("person", NOWHERE[:5], ids=NAMES[:5])
def test_there_is_nothing_where_nothing_can_be_done(person: Person) -> None:
    made = planned(person)

    assert made.steps == ()
    assert made.seconds == 0
    assert made.optimal


def test_one_minute_without_a_floor_and_with_a_sore_wrist_still_finds_something_or_says_what_would() -> None:
    person = Person(well(can_use_floor="no", can_kneel=None, wrist_pain="yes"), 1, (Setting.CHAIR_DESK,), at=EVENING)

    made = planned(person)

    assert made.steps or made.nearest
    assert broken(made, person) == []


@pytest.mark.parametrize("minutes", [0, -3, 61, 10**9])
def test_minutes_are_1_to_60(minutes: int) -> None:
    with pytest.raises(MinutesError, match=rf"minutes: {minutes} is outside 1 to 60"):
        planned(vignette("V03", minutes))


def test_pain_of_eight_gives_no_session_and_no_offer() -> None:
    made = planned(vignette("V03", 8, (Setting.FLOOR,), pain_now=8))

    assert made.steps == ()
    assert made.nearest is None
    assert all("too strong" in left.why for left in made.left_out)


def test_a_verdict_without_a_plan_is_refused() -> None:
    with pytest.raises(PlanRefused, match="clinician"):
        planned(vignette("V05"))


@pytest.mark.parametrize("minutes", [1, 2, 3, 5, 8, 12, 20, 30, 60])
def test_a_plan_reads_back_as_it_was_written(minutes: int) -> None:
    made = planned(vignette("V03", minutes, (Setting.FLOOR, Setting.CHAIR_DESK), at=EVENING))

    text = shapes.dumps(made)

    assert shapes.loads(Plan, text, name="plan.json") == made
    assert shapes.dumps(shapes.loads(Plan, text, name="plan.json")) == text


def test_more_minutes_are_never_worth_less() -> None:
    worth = [planned(vignette("V08", minutes, (Setting.BED,), at=EVENING)).bound for minutes in (2, 3, 5, 8, 10)]

    assert worth == sorted(worth)


def test_every_stretch_is_either_in_the_plan_or_left_out_with_a_reason() -> None:
    made = planned(vignette("V03", 8, (Setting.FLOOR,)))

    chosen = {step.stretch for step in made.steps}
    left = {out.stretch for out in made.left_out}
    assert chosen & left == set()
    assert chosen | left == set(load().stretches)
    assert all(step.why for step in made.steps)
    assert all(out.why.endswith(".") for out in made.left_out)


SURPRISES: dict[str, Person] = {
    "two places more": Person(
        well(
            can_use_floor="no", can_kneel=None, recent_shoulder_surgery="yes", surgery_weeks=20, balance_problem="yes"
        ),
        1,
        (Setting.STEP,),
        at=EVENING,
    ),
    "twenty minutes for ten": Person(well(age=70), 20, (Setting.DOORWAY,), at=EVENING),
}


@pytest.mark.parametrize("person", SURPRISES.values(), ids=SURPRISES.keys())
def test_nothing_is_said_to_be_nowhere_that_is_somewhere(person: Person) -> None:
    made = planned(person)
    everywhere = replace(person, minutes=60, settings=tuple(Setting))

    assert bool(made.steps or made.nearest) is bool(planned(everywhere).steps)
    if made.nearest:
        wider = replace(person, minutes=made.nearest.minutes, settings=made.nearest.settings)
        assert planned(wider).steps
        assert made.nearest.minutes >= person.minutes


@settings(max_examples=15)
@given(people(st.integers(1, 4)), st.sampled_from(list(Setting)))
def test_whoever_gets_nothing_is_told_the_nearest_that_there_is(person: Person, place: Setting) -> None:
    person = replace(person, settings=(place,))
    made = planned(person)
    assume(not made.steps)

    if made.nearest is None:
        assert not planned(replace(person, minutes=60, settings=tuple(Setting))).steps
    else:
        assert planned(replace(person, minutes=made.nearest.minutes, settings=made.nearest.settings)).steps


def test_on_an_easy_day_a_mat_is_offered_to_who_sits_where_nothing_is() -> None:
    past = History((Done("chin_tuck", EVENING - timedelta(days=1), Side.NONE, 20),)) + after(
        EVENING - timedelta(hours=2), Outcome.FLARE_PLAN
    )
    made = planned(Person(well(), 5, (Setting.STEP,), past, EVENING))

    assert made.nearest
    assert planned(Person(well(), made.nearest.minutes, made.nearest.settings, past, EVENING)).steps
