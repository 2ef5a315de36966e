"""A programme: a plan a day that keeps the weekly caps and grows as the rules of progress allow."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from supple.anatomy import Setting
from supple.catalogue import Tag, load
from supple.planner import Background, History, Plan
from supple.planner.choices import Case
from supple.planner.doses import Dosed, Mode, doses
from supple.planner.programme import DaysError, programme
from supple.safety.dosage import dosage
from supple.safety.limits import Allowance, judge
from tests.people import EVENING, Person, done, limits_of, vignette, wishes_of
from tests.planner.checker import broken, group_seconds, plain_rest
from tests.safety.people import anybody, well

FOUR_WEEKS = 28
FIVE_WEEKS = 36


def days(person: Person, count: int) -> tuple[Plan, ...]:
    case = Case(load(), limits_of(person), wishes_of(person), Background())
    return programme(case, History(), first=EVENING, days=count)


@pytest.fixture(scope="module")
def five_weeks() -> tuple[Plan, ...]:
    """Five weeks and a day of ten minutes a day for somebody who is well."""
    return days(Person(well(), 10, (Setting.FLOOR,), at=EVENING), FIVE_WEEKS)


@pytest.mark.parametrize(
    "person",
    [
        Person(well(), 10, (Setting.FLOOR,), at=EVENING),
        vignette("V06", 8, (Setting.FLOOR, Setting.CHAIR_DESK), at=EVENING),
        vignette("V08", 6, (Setting.BED,), at=EVENING),
    ],
    ids=["well", "V06", "V08"],
)
def test_every_day_keeps_every_limit_given_the_days_before(person: Person) -> None:
    past = History()

    for day, made in enumerate(days(person, 10)):
        at = EVENING + timedelta(days=day)
        today = Person(person.answers, person.minutes, person.settings, past, at)
        assert broken(made, today) == []
        past = past + done(made, at)


def test_no_seven_days_give_a_muscle_more_than_ten_minutes(five_weeks: tuple[Plan, ...]) -> None:
    for first in range(FIVE_WEEKS - 6):
        steps = [step for made in five_weeks[first : first + 7] for step in made.steps]
        assert max(group_seconds(steps).values()) <= 600


def test_no_day_is_empty(five_weeks: tuple[Plan, ...]) -> None:
    assert all(made.steps for made in five_weeks)


def held(made: Plan) -> list[int]:
    """The holds of a plan, rest left out."""
    return [step.hold_s for step in made.steps if step.mode is Mode.HOLD and not plain_rest(step.stretch)]


def test_arcs_widen_before_holds_lengthen(five_weeks: tuple[Plan, ...]) -> None:
    arcs = [max(step.arc_percent for step in made.steps) for made in five_weeks]
    holds = [max(held(made), default=0) for made in five_weeks]

    assert arcs == sorted(arcs)
    assert arcs[0] == 70
    assert arcs[-1] > 70
    assert max(holds[: arcs.index(max(arcs))]) <= 15


def test_steps_of_progress_are_a_week_apart(five_weeks: tuple[Plan, ...]) -> None:
    levels = [made.background.level for made in five_weeks]
    grown = [day for day, (before, now) in enumerate(pairwise(levels), start=1) if now > before]

    assert all(now - before in (0, 1) for before, now in pairwise(levels))
    assert grown[0] >= 7
    assert all(later - earlier >= 7 for earlier, later in pairwise(grown))


def test_holds_lengthen_once_the_arc_is_whole(five_weeks: tuple[Plan, ...]) -> None:
    last_week = five_weeks[-7:]

    assert last_week[-1].background.level > 3
    assert max(step.arc_percent for made in last_week for step in made.steps) == 100
    assert max(hold for made in last_week for hold in held(made)) > 15


def test_in_pregnancy_the_arc_stays_as_it_is() -> None:
    plans = days(vignette("V06", 5, (Setting.FLOOR, Setting.CHAIR_DESK), at=EVENING), FOUR_WEEKS)

    arcs: dict[str, set[int]] = {}
    for step in (step for made in plans for step in made.steps):
        arcs.setdefault(step.stretch, set()).add(step.arc_percent)

    assert all(len(found) == 1 for found in arcs.values())
    assert max(arc for found in arcs.values() for arc in found) == 70


@pytest.mark.parametrize("count", [0, -3, 85, 10**9])
def test_a_programme_lasts_1_to_84_days(count: int) -> None:
    with pytest.raises(DaysError, match=rf"days: {count} is outside 1 to 84"):
        days(vignette("V03", at=EVENING), count)


def test_neighbouring_days_differ(five_weeks: tuple[Plan, ...]) -> None:
    chosen = [frozenset(step.stretch for step in made.steps) for made in five_weeks]

    assert len(set(chosen)) > 1


def test_what_hurt_in_a_session_told_of_stays_out_for_a_week() -> None:
    person = vignette("V03", 8, (Setting.FLOOR,), at=EVENING)
    limits, wishes = limits_of(person), wishes_of(person)
    case = Case(load(), limits, wishes, Background())
    first = programme(case, History(), first=EVENING, days=9)[0].steps[0].stretch

    hurt = replace(case, background=Background(dropped={first: "It hurt."}))
    days = programme(hurt, History(), first=EVENING, days=9)

    assert all(first not in {step.stretch for step in day.steps} for day in days[:7])


def test_five_at_most_stays_five_however_far_somebody_has_come() -> None:
    stretch = load().stretch("standing_back_extension")
    allowed = judge(stretch, anybody(tags=(Tag.PREGNANCY_T2_T3,), week=9))
    assert isinstance(allowed, Allowance)
    person = Dosed(dosage(34), older=False, arc_percent=70, hold_s=15, extra_steps=5, move_s=3)

    assert {dose.cycles for dose in doses(stretch, allowed, person)} == {5}
    assert max(dose.cycles for dose in doses(stretch, replace(allowed, cycles_max=None), person)) == 10


@pytest.mark.parametrize(("start", "most"), [(2, 4), (1, 3)])
def test_how_often_a_hold_is_done_is_what_the_table_says(start: int, most: int) -> None:
    stretch = load().stretch("seated_chair_hamstring")
    allowed = judge(stretch, anybody(week=9))
    assert isinstance(allowed, Allowance)
    table = replace(dosage(34), repetitions_start=start, repetitions_max=most)
    person = Dosed(table, older=False, arc_percent=70, hold_s=15, extra_steps=0, move_s=3)

    assert {dose.repetitions for dose in doses(stretch, allowed, person)} == {start, most}


def test_what_was_amber_comes_back_once_at_half_its_dose() -> None:
    person = vignette("V07", 8, (Setting.FLOOR,))
    case = Case(load(), limits_of(person), wishes_of(person), Background())
    first = programme(case, History(), first=EVENING, days=1)[0].steps[0].stretch

    days = programme(replace(case, background=Background(half=(first,))), History(), first=EVENING, days=14)

    with_it = [first in made.background.half for made in days if any(step.stretch == first for step in made.steps)]
    assert with_it[0]
    assert not any(with_it[1:])
    assert len(with_it) > 1
