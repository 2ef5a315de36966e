"""A dose in words: how often, how long, on which side."""

from dataclasses import replace
from gettext import NullTranslations

import pytest

from supple.anatomy import Side
from supple.planner import Step
from supple.planner.doses import Mode
from supple.session.dose_words import dose, dose_of_both, how_far
from tests.people import planned, vignette

ENGLISH = NullTranslations()
STEP = planned(vignette("V03", 6)).steps[0]
HOLD = replace(STEP, mode=Mode.HOLD, hold_s=15, rest_s=10, repetitions=4, cycles=0, pause_s=0, side=Side.NONE)
SLOW = replace(HOLD, mode=Mode.CYCLES, hold_s=0, rest_s=0, repetitions=0, cycles=5)


@pytest.mark.parametrize(
    ("step", "said"),
    [
        (HOLD, "4 times, 15 seconds"),
        (replace(HOLD, repetitions=1), "Once, 15 seconds"),
        (replace(HOLD, rest_s=0, repetitions=2), "Rest for 30 seconds"),
        (SLOW, "5 times, slowly"),
        (replace(SLOW, cycles=1), "1 time, slowly"),
        (replace(SLOW, pause_s=1), "5 times, slowly, 1 second at each end"),
        (replace(SLOW, pause_s=2), "5 times, slowly, 2 seconds at each end"),
    ],
    ids=lambda told: told if isinstance(told, str) else "",
)
def test_a_dose_is_said_in_few_words(step: Step, said: str) -> None:
    assert dose(step, ENGLISH) == said


@pytest.mark.parametrize(
    ("sides", "ends"),
    [((Side.NONE,), ""), ((Side.LEFT, Side.RIGHT), ", each side"), ((Side.RIGHT,), ", right side")],
    ids=["no side", "both", "one"],
)
def test_the_side_is_said_where_there_is_one(sides: tuple[Side, ...], ends: str) -> None:
    steps = [replace(HOLD, side=side) for side in sides]

    assert dose_of_both(steps, ENGLISH) == f"{dose(HOLD, ENGLISH)}{ends}"


@pytest.mark.parametrize(
    ("stretch", "arc_percent", "said"),
    [
        ("cat_camel", 70, "about 70 % of the way"),
        ("cat_camel", 100, ""),
        ("constructive_rest", 70, ""),
    ],
    ids=["some of it", "all of it", "rest has no way to go"],
)
def test_how_far_to_go_is_said_where_it_is_not_all_the_way(stretch: str, arc_percent: int, said: str) -> None:
    assert how_far(replace(STEP, stretch=stretch, arc_percent=arc_percent), ENGLISH) == said
