"""How much."""

import pytest

from supple.catalogue import HoldDose, Kind, load
from supple.safety.dosage import dosage
from supple.safety.tables import table


@pytest.mark.parametrize(
    ("age", "week_1", "target"),
    [(16, (10, 15), (20, 30)), (64, (10, 15), (20, 30)), (65, (10, 20), (30, 60)), (15, (0, 0), (0, 0))],
)
def test_holds_by_age(age: int, week_1: tuple[int, int], target: tuple[int, int]) -> None:
    found = dosage(age)

    assert (found.hold_s_min_week_1, found.hold_s_max_week_1) == week_1
    assert (found.hold_s_target_min, found.hold_s_target_max) == target


def test_a_week_of_days_stays_under_the_weekly_plateau() -> None:
    found = dosage(40)

    assert found.day_s_max_if_daily * 7 <= found.week_s_max
    assert found.day_s_max_if_daily <= found.day_s_max


def test_what_is_below_the_target_of_older_people_is_listed() -> None:
    low = {
        stretch.id
        for stretch in load().stretches.values()
        if isinstance(stretch.dose, HoldDose)
        and stretch.kind is Kind.STATIC_HOLD
        and stretch.dose.hold_65_plus_target_s < dosage(70).hold_s_target_min
    }

    assert low <= set(table("dosage")["exempt_from_65_plus_target"]["stretches"])
