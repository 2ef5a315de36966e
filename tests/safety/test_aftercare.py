"""A day later, and flare-ups."""

from itertools import product

import pytest

from supple.anatomy import Setting
from supple.catalogue import Tag, load
from supple.safety.aftercare import (
    AftercareError,
    Outcome,
    after_24h,
    escalate,
    flare_plan,
    may_restart,
    restart,
)
from supple.safety.verdicts import Verdict
from tests.safety.people import anybody

HOURS = (0, 12, 24, 24.5, 48, 48.5, 72, 200)
CELLS = list(product(range(-10, 11), HOURS, (False, True)))


def by_hand(change: int, hours: float, new_symptoms: bool) -> str:
    """The rules of the clinical table, written down a second time."""
    if new_symptoms:
        return "A1"
    if change >= 3 or hours > 48 or (change >= 2 and hours > 24):
        return "A2"
    if hours > 24 or change == 2:
        return "A3"
    return "A4" if change == 1 else "A5"


def test_every_day_after_has_the_outcome_that_the_table_says() -> None:
    for change, hours, new in CELLS:
        assert after_24h(change, hours, new_symptoms=new).rule == by_hand(change, hours, new)


def test_every_outcome_is_reached() -> None:
    assert {after_24h(c, h, new_symptoms=new).outcome for c, h, new in CELLS} == set(Outcome)


@pytest.mark.parametrize(
    ("change", "hours"), [(11, 0), (-11, 0), (1.5, 0), (True, 0), (1, -1), (1, float("inf")), (1, float("nan"))]
)
def test_what_cannot_be_is_refused(change: int, hours: float) -> None:
    with pytest.raises(AftercareError):
        after_24h(change, hours, new_symptoms=False)


@pytest.mark.parametrize(
    ("tags", "settings", "expected"),
    [
        ((), (Setting.FLOOR,), {"constructive_rest": 70, "pelvic_tilt": 70, "knee_rocks": 50}),
        ((), (Setting.CHAIR_DESK,), {"seated_supported_rest": 70, "seated_cat_cow": 25}),
        (
            (Tag.PREGNANCY_T2_T3,),
            (Setting.BED, Setting.CHAIR_DESK),
            {"side_lying_rest": 70, "cat_camel": 25, "seated_cat_cow": 25},
        ),
        ((Tag.RECENT_SPINE_SURGERY,), (Setting.FLOOR,), {"constructive_rest": 25, "pelvic_tilt": 25}),
        ((), (Setting.WALL,), {}),
    ],
    ids=str,
)
def test_the_easy_days_hold_what_is_allowed_and_no_more(
    tags: tuple[Tag, ...], settings: tuple[Setting, ...], expected: dict[str, int]
) -> None:
    plan = flare_plan(anybody(tags=tags, settings=settings), load())

    assert {easy.stretch: easy.arc_percent for easy in plan.stretches} == expected
    assert plan.days == 3
    assert "walks" in plan.walks


def test_after_a_flare_up_one_begins_with_half() -> None:
    assert (restart(60, 70).seconds, restart(60, 70).arc_percent) == (30, 35)


@pytest.mark.parametrize(("pain_now", "usual", "may"), [(3, 2, True), (4, 2, False), (0, 2, True)])
def test_one_begins_again_within_a_point_of_usual(pain_now: int, usual: int, may: bool) -> None:
    assert may_restart(pain_now, usual) is may


@pytest.mark.parametrize(
    ("days", "settling", "flares", "red_flag", "expected"),
    [
        (6, False, 1, False, None),
        (7, False, 1, False, Verdict.SEE_CLINICIAN),
        (7, True, 1, False, None),
        (1, True, 3, False, Verdict.SEE_CLINICIAN),
        (1, True, 1, True, Outcome.RESCREEN),
    ],
)
def test_a_flare_up_that_lasts_or_comes_back_goes_to_a_clinician(
    days: int, settling: bool, flares: int, red_flag: bool, expected: Verdict | Outcome | None
) -> None:
    assert escalate(days=days, settling=settling, flares_in_30_days=flares, red_flag=red_flag) == expected
