"""What the library says of who leaves a stretch out is what a plan would do for them, for every single answer."""

from collections.abc import Iterator
from functools import cache

import pytest

from supple.anatomy import Setting
from supple.catalogue import Stretch, load
from supple.safety import whom
from supple.safety.limits import Allowance, Limits, Refusal, judge, limits
from supple.safety.questions import QuestionKind, applies, questions
from supple.safety.screening import screen
from supple.safety.verdicts import PlanKind
from tests.safety.people import today_of, well

NUMBERS: dict[str, list[int | str]] = {
    "age": [18, 64, 65, 69, 70, 74, 75, 90],
    "nprs_rest": [0, 4, 5, 6, 7],
    "duration_weeks": [0, 11, 200],
    "pregnant_weeks": [5, 13, 14, 30, 41],
    "surgery_weeks": [0, 5, 12, 13, 26, 27, 52, "unsure"],
    "occiput_to_wall_cm": [3, 12],
    "bp_sys": [120, 150, 165],
    "bp_dia": [70, 95, 105],
    "minutes_available": [3, 30],
    "minutes_since_rising": [0, 29, 30, 500],
    "nprs_worst_week": [9],
    "sitting_hours": [12],
}
NEEDS: dict[
    str, dict[str, object]
] = {  # what has to be answered for the question to be asked at all, or for there to be a plan
    "vertebral_fracture": {"clinician_cleared": "yes"},
    "cancer_history": {"clinician_cleared": "yes"},
    "surgery_weeks": {"clinician_cleared": "yes"},
    "recent_spine_surgery": {"clinician_cleared": "yes", "surgery_weeks": 6},
    "recent_shoulder_surgery": {"clinician_cleared": "yes", "surgery_weeks": 6},
    "recent_abdominal_surgery": {"clinician_cleared": "yes", "surgery_weeks": 6},
    "pregnant_weeks": {"pregnant": "yes"},
    "bp_dia": {"bp_sys": 120},
    "constant_progressive_pain": {"improving": "no"},
}
NOT_ONE_THING = {"guardian_agrees", "session_log", "notes", "start_back_high", "setting", "pain_region", "goals", "sex"}
every_stretch = pytest.mark.parametrize("stretch", load().stretches.values(), ids=list(load().stretches))


@cache
def people() -> tuple[tuple[str, str, Limits], ...]:
    """Question, answer and limits of everybody with one answer that is not the harmless one and leaves a plan."""
    return tuple(_people())


def _people() -> Iterator[tuple[str, str, Limits]]:
    for key, asked in questions().items():
        if key in NOT_ONE_THING:
            continue
        needs: dict[str, object] = {"minutes_since_rising": 1440, **NEEDS.get(key, {})}
        if not applies(asked, well(**{**needs, key: None})):
            continue  # asked only of whom another answer sends elsewhere
        for answer in NUMBERS[key] if asked.kind is QuestionKind.NUMBER else [*asked.choices]:
            given = well(**{**needs, key: answer})
            found = screen(given)
            if found.plan is not PlanKind.NONE and answer != well().get(key):
                yield key, str(answer), limits(found, given, today_of(given, settings=tuple(Setting), week=99))


def about(sentence: str) -> str:
    """A sentence from where it speaks of the stretch."""
    return sentence.lower().rpartition("this stretch ")[2]


def is_meant(warned: whom.Warned, key: str, bounds: Limits) -> bool:
    """Whether what the page says is said of somebody who answered this question so."""
    with_it = {key, *NEEDS.get(key, ())} - {"clinician_cleared"}
    return bool(with_it & {*warned.whom.asked}) or warned.whom.id in bounds.tags


@every_stretch
def test_whoever_would_not_get_it_for_one_answer_is_named_and_nobody_else(stretch: Stretch) -> None:
    named = whom.left_out(stretch)
    true = set()
    for key, answer, bounds in people():
        found = judge(stretch, bounds)
        if isinstance(found, Refusal):
            why = about(found.reasons[0])
            theirs = {one for one in named if is_meant(one, key, bounds) and why.endswith(about(one.say))}
            assert theirs, f"{key}={answer}: {found.reasons[0]}"
            true |= theirs

    assert set(named) == true


@every_stretch
def test_whoever_does_it_otherwise_for_one_answer_is_told_so(stretch: Stretch) -> None:
    named = whom.adapted(stretch)
    for key, answer, bounds in people():
        found = judge(stretch, bounds)
        if isinstance(found, Allowance):
            said = " ".join(one.say for one in named if is_meant(one, key, bounds))
            assert [change for change in found.changes if change not in said] == [], f"{key}={answer}"


@pytest.mark.parametrize(
    ("stretch", "out"),
    [
        (
            "standing_quadriceps",
            {"balance_problem", "vertigo_or_dizziness", "osteoporosis", "vertebral_fracture", "from_75"},
        ),
        ("knee_rocks", {"hip_replacement"}),
        ("standing_back_extension", {"balance_problem"}),
        ("bed_edge_hip_flexor", {"osteoporosis"}),
        ("thread_the_needle", {"inflammatory_back_pain"}),
        ("prone_press_up", {"from_70"}),
    ],
)
def test_who_was_once_left_unnamed_is_named(stretch: str, out: set[str]) -> None:
    assert out <= {found.whom.id for found in whom.left_out(load().stretch(stretch))}


def test_whoever_is_named_has_one_thing_and_it_changes_something() -> None:
    named = {
        found.whom.id
        for stretch in load().stretches.values()
        for found in (*whom.left_out(stretch), *whom.adapted(stretch))
    }

    assert {one.id for one in whom.lone_people()} == named
