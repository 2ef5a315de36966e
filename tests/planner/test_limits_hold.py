"""Whoever asks, no plan breaks a hard limit, and no further allowed step would make it better."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from supple import shapes
from supple.anatomy import Position, Setting, Side
from supple.catalogue import load
from supple.planner import Plan, Step
from supple.planner.check import broken as broken_as_written
from supple.planner.choices import Case, Room, candidates, rooms
from supple.planner.search import Choice, worth
from tests.people import EVENING, Person, limits_of, people, planned, vignette, wishes_of
from tests.planner.checker import broken
from tests.planner.referees import fits

few = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
short = people(st.integers(1, 12))


def faults(person: Person) -> list[str]:
    """What the plan for this person breaks, found in both ways: from the tables anew, and as a written plan is read."""
    made = planned(person)
    return broken(made, person) + [f"as it is read: {fault}" for fault in broken_as_written(made, load())]


@few
@given(people())
def test_no_plan_breaks_a_hard_limit(person: Person) -> None:
    assert faults(person) == []


@settings(few, max_examples=15)
@given(short)
def test_no_further_allowed_step_makes_a_plan_better(person: Person) -> None:
    made = planned(person)

    assert better(made, person) == []


@settings(few, max_examples=8)
@given(short)
def test_the_same_input_gives_the_same_bytes(person: Person) -> None:
    assert shapes.dumps(planned(person)) == shapes.dumps(planned(person))


@pytest.mark.torture
@settings(few, max_examples=5000)
@given(people())
def test_no_plan_breaks_a_hard_limit_for_long(person: Person) -> None:
    assert faults(person) == []


@pytest.mark.torture
@settings(few, max_examples=1500)
@given(people())
def test_no_further_allowed_step_makes_a_plan_better_for_long(person: Person) -> None:
    assert better(planned(person), person) == []


def better(made: Plan, person: Person) -> list[str]:
    """Every one step that could be added, or done at another dose, and would raise the objective of an optimal plan."""
    bounds, past = limits_of(person), made.background
    case = Case(load(), bounds, wishes_of(person), past)
    allowed, _ = candidates(case)
    budget_s = 60 * min(person.minutes, bounds.session_minutes_max)
    found = []
    for room in rooms(case, allowed, budget_s=budget_s):
        chosen = as_choices(made, room)
        if not made.optimal or (made.steps and not chosen):
            continue
        for choice in room.problem.choices:
            others = tuple(other for other in chosen if other.stretch != choice.stretch)
            for more in ((*others, choice), (choice, *others)):
                if fits(room.problem, more) and worth(room.problem, more) > made.objective:
                    found.append(f"{choice.stretch} at dose {choice.dose}")
    return found


def as_choices(made: Plan, room: Room) -> tuple[Choice, ...]:
    """The steps of a plan as choices of this room, the closing one first; empty where they are of another room."""
    names = list(dict.fromkeys(step.stretch for step in made.steps))
    first = {step.stretch: step for step in reversed(made.steps)}
    chosen = []
    for name in [*names[-1:], *names[:-1]]:
        for choice in room.problem.choices:
            if choice.stretch == name and is_dose(first[name], choice, room):
                chosen.append(choice)
                break
        else:
            return ()
    return tuple(chosen)


def is_dose(step: Step, choice: Choice, room: Room) -> bool:
    candidate = room.candidates[choice.stretch]
    dose = candidate.doses[choice.dose]
    held = (dose.hold_s, dose.repetitions, dose.cycles, dose.pause_s)
    return held == (step.hold_s, step.repetitions, step.cycles, step.pause_s) and step.setting == candidate.setting


def first_step(made: Plan, **changes: Any) -> Plan:
    return replace(made, steps=(replace(made.steps[0], **changes), *made.steps[1:]))


def twice(made: Plan, stretch: str, kin: str) -> Plan:
    """The plan with the same work done once more by its kin."""
    again = tuple(replace(step, stretch=kin) for step in made.steps if step.stretch == stretch)
    return replace(
        made, steps=(*made.steps, *again), seconds=made.seconds + sum(s.seconds + s.transition_s for s in again)
    )


GOOD = vignette("V03", 14, (Setting.FLOOR,), at=EVENING, wanted=("supine_hamstring_hands",))
FAULTS: dict[str, Callable[[Plan], Plan]] = {
    "arc": lambda made: first_step(made, arc_percent=80),
    "dose": lambda made: first_step(made, seconds=made.steps[0].seconds + 10, work_s=made.steps[0].work_s + 10),
    "hold": lambda made: replace(made, steps=tuple(replace(s, hold_s=s.hold_s * 2) for s in made.steps)),
    "setting": lambda made: first_step(made, setting=Setting.BED),
    "surface": lambda made: first_step(made, setting=Setting.BED),
    "population": lambda made: first_step(made, stretch="double_knee_to_chest"),
    "direction": lambda made: first_step(made, stretch="cat_camel"),
    "order": lambda made: replace(made, steps=made.steps[::-1]),
    "sides": lambda made: replace(made, steps=tuple(step for step in made.steps if step.side is not Side.RIGHT)),
    "minutes": lambda made: replace(made, seconds=made.seconds - 1),
    "transition": lambda made: first_step(made, transition_s=8),
    "family": lambda made: twice(made, "supine_hamstring_hands", "supine_hamstring_strap"),
    "ending": lambda made: replace(made, steps=made.steps[:1]),
    "warm-up": lambda made: first_step(made, stretch="half_kneeling_hip_flexor"),
    "kneeling": lambda made: first_step(made, stretch="cat_camel", position=Position.QUADRUPED),
}


@pytest.mark.parametrize("rule", FAULTS)
def test_the_check_sees_a_broken_limit(rule: str) -> None:
    answers = {**GOOD.answers, "can_kneel": "no"} if rule == "kneeling" else GOOD.answers
    made = planned(GOOD)

    assert broken(made, GOOD) == []
    assert rule in {fault.split(":")[0] for fault in broken(FAULTS[rule](made), replace(GOOD, answers=answers))}


@pytest.mark.parametrize(
    ("rule", "change"),
    [("gate", {"pain_now": 5}), ("gate", {"pain_now": 7}), ("gate", {"pain_now": 8}), ("minutes", {"minutes": 3})],
    ids=["5 of 10", "7 of 10", "8 of 10", "fewer minutes"],
)
def test_the_check_sees_that_today_allows_less(rule: str, change: dict[str, Any]) -> None:
    made = planned(GOOD)

    found = broken(replace(made, minutes=change.get("minutes", 12)), replace(GOOD, **change))

    assert rule in {fault.split(":")[0] for fault in found}
