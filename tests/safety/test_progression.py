"""When somebody may do a little more."""

from dataclasses import replace
from typing import Any

import pytest

from supple.catalogue import Tag
from supple.safety.aftercare import Outcome
from supple.safety.progression import Recent, Step, may_progress, minimum_days, review_weeks, steps
from supple.safety.traffic_light import Colour

GOOD = Recent(
    colours=(Colour.GREEN,) * 3,
    outcomes=(Outcome.MAY_PROGRESS, Outcome.REPEAT_SAME_DOSE, Outcome.MAY_PROGRESS),
    adherence_percent=70,
    days_since_step=7,
)


def test_three_green_sessions_with_good_days_after_earn_a_step() -> None:
    found = may_progress(GOOD, [])

    assert found.allowed
    assert found.steps == tuple(Step)
    assert found.reasons == ()


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"colours": (Colour.GREEN,) * 2}, "The last 3 sessions have to be green."),
        ({"colours": (Colour.GREEN, Colour.AMBER, Colour.GREEN)}, "The last 3 sessions have to be green."),
        (
            {"outcomes": (Outcome.REPEAT_SAME_DOSE,) * 2 + (Outcome.MAY_PROGRESS,)},
            "The day after has to be good as well.",
        ),
        ({"outcomes": (Outcome.MAY_PROGRESS,) * 2}, "The day after has to be good as well."),
        ({"outcomes": (Outcome.MAY_PROGRESS,) * 2 + (Outcome.RESCREEN,)}, "The day after has to be good as well."),
        ({"adherence_percent": 69.9}, "Keep to 70 % of the days first."),
        ({"adherence_percent": float("nan")}, "Keep to 70 % of the days first."),
        ({"days_since_step": 6}, "Wait 7 days between two steps."),
        ({"after_flare": True}, "Wait 14 days between two steps."),
    ],
    ids=str,
)
def test_each_thing_that_holds_back_is_said(changes: dict[str, Any], reason: str) -> None:
    found = may_progress(replace(GOOD, **changes), [])

    assert found.reasons == (reason,)
    assert not found.allowed
    assert found.steps == ()


def test_the_first_step_need_not_wait() -> None:
    assert may_progress(replace(GOOD, days_since_step=None), []).allowed


@pytest.mark.parametrize(
    ("tags", "after_flare", "days"),
    [
        ([], False, 7),
        ([], True, 14),
        ([Tag.HYPERMOBILITY], False, 14),
        ([Tag.AGE_65_PLUS], False, 14),
        ([Tag.OSTEOPOROSIS], False, 14),
        ([Tag.WRIST_PAIN], False, 7),
    ],
    ids=str,
)
def test_how_long_to_wait_between_steps(tags: list[Tag], after_flare: bool, days: int) -> None:
    assert minimum_days(tags, after_flare=after_flare) == days


def test_in_pregnancy_the_range_never_grows() -> None:
    assert steps([Tag.PREGNANCY_T2_T3]) == (Step.HOLD, Step.REPETITION)


def test_the_plan_is_looked_at_again_after_2_4_6_and_12_weeks() -> None:
    assert review_weeks() == (2, 4, 6, 12)
