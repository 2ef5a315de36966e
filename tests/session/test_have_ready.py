"""What a session needs is named before it begins, also what only the form of this person needs."""

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from supple.anatomy import Setting
from supple.catalogue import load
from supple.planner import Plan
from supple.session import timeline
from tests.people import EVENING, Person, people, planned
from tests.safety.people import well

THINGS = ("stool", "strap", "pillow", "cushion", "towel", "counter", "rail", "chair", "desk")
GIVEN = {
    Setting.CHAIR_DESK: "chair desk",
    Setting.WALL: "wall",
    Setting.BED: "bed",
    Setting.FLOOR: "floor",
    Setting.DOORWAY: "doorway",
    Setting.OPEN_SPACE: "",
    Setting.STEP: "step",
}
TO_SPARE = re.compile(  # a name, what is not there, and what may be left out
    r"Standing desk lean|takes the place of the \w+|hand on a chair if wobbly|hand on the hip or a chair|hold a towel"
)


def lacking(made: Plan) -> set[str]:
    """The things that a session speaks of and that are neither listed nor there anyway."""
    listed = " ".join(note for note in made.notes if note.startswith("Have ready"))
    listed += " ".join(GIVEN[step.setting] for step in made.steps)
    spoken = " ".join(line for cue in timeline(made, load()).cues for line in cue.say)
    said = TO_SPARE.sub("", spoken)
    return {thing for thing in THINGS if re.search(rf"\b{thing}s?\b", said) and thing not in listed}


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(people(st.integers(3, 12)))
def test_nothing_is_spoken_of_that_does_not_lie_ready(person: Person) -> None:
    assert lacking(planned(person)) == set()


@pytest.mark.parametrize(
    ("answers", "setting", "thing"),
    [
        ({"balance_problem": "yes"}, Setting.WALL, "steady stool"),
        ({"balance_problem": "yes", "age": 80, "pain_region": ("upper_back",)}, Setting.WALL, "steady stool"),
        ({"age": 72, "balance_problem": "unsure", "pain_region": ("neck",)}, Setting.OPEN_SPACE, "steady chair"),
    ],
    ids=str,
)
def test_who_sits_for_a_standing_stretch_has_something_to_sit_on(
    answers: dict[str, object], setting: Setting, thing: str
) -> None:
    made = planned(Person(well(**answers), 12, (setting, Setting.WALL), at=EVENING))

    assert any("Have ready" in note and thing in note for note in made.notes)


@pytest.mark.parametrize(
    ("answers", "setting", "has", "lacks"),
    [
        ({"nprs_rest": 7}, Setting.BED, "pillow", "couch"),
        ({"nprs_rest": 7}, Setting.FLOOR, "chair or couch", "high seat"),
        ({"hip_replacement": "yes", "age": 60, "nprs_rest": 7}, Setting.CHAIR_DESK, "high seat", "couch"),
    ],
    ids=str,
)
def test_what_lies_ready_is_what_this_person_needs_in_this_place(
    answers: dict[str, object], setting: Setting, has: str, lacks: str
) -> None:
    made = planned(Person(well(**answers), 10, (setting,), at=EVENING))
    ready = " ".join(note for note in made.notes if note.startswith("Have ready"))

    assert has in ready
    assert lacks not in ready


@pytest.mark.parametrize(
    ("answers", "setting", "wanted", "ready"),
    [
        ({"pregnant": "yes", "pregnant_weeks": 36}, Setting.BED, "open_book", "three pillows"),
        ({"osteoporosis": "yes", "age": 60}, Setting.FLOOR, "towel_roll_thoracic_extension", "towel;"),
        ({}, Setting.WALL, "doorway_pectoral", ""),
        ({}, Setting.FLOOR, "hip_90_90", "mat"),
    ],
    ids=["as many pillows as lie at once", "the one of the form", "no door", "hands are no thing"],
)
def test_things_are_listed_as_they_are_used(
    answers: dict[str, object], setting: Setting, wanted: str, ready: str
) -> None:
    made = planned(Person(well(**answers), 10, (setting,), at=EVENING, wanted=(wanted,)))

    assert wanted in {step.stretch for step in made.steps}
    assert ready in made.notes[0]
    assert not re.search(r"hands|door|or foam roller", made.notes[0])
