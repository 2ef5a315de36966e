"""How much: the seconds, repetitions, minutes and hours of the dosage table, for somebody of a given age."""

from dataclasses import dataclass
from functools import cache

from supple.safety.tables import table

CHILD_YEARS, OLDER_YEARS = 16, 65


@dataclass(frozen=True)
class Dosage:
    """What the dosage table says at one age. Seconds per day and week are per muscle group and side."""

    hold_s_min_week_1: int
    hold_s_max_week_1: int
    hold_s_target_min: int
    hold_s_target_max: int
    hold_s_max: int
    hold_s_step: int
    repetitions_start: int
    repetitions_max: int
    arc_percent_start: int
    arc_percent_step: int
    day_s_min: int
    day_s_usual_max: int
    day_s_max: int
    day_s_max_if_daily: int
    week_s_min: int
    week_s_useful: int
    week_s_max: int
    spacing_light_h: int
    spacing_full_h: int
    spacing_sore_h: int
    spacing_full_from_s: int
    session_minutes_min: int
    session_minutes_default: int
    session_minutes_max: int
    warm_up_minutes: int
    warm_up_minutes_min: int
    pull_target_min: int
    pull_target_max: int
    pull_max: int


@cache
def dosage(age: float) -> Dosage:
    """The dosage at `age` years; under 16 every hold is 0, for there is no plan.

    >>> dosage(34).hold_s_max_week_1, dosage(65).hold_s_max_week_1
    (15, 20)
    """
    rows, steps = table("dosage"), table("progression")["steps"]
    band = "under_16" if age < CHILD_YEARS else "16_64" if age < OLDER_YEARS else "65_plus"
    holds, day = rows["hold_s_by_age"][band], rows["seconds_per_muscle_per_day"]
    week, spacing = rows["seconds_per_muscle_per_week"], rows["spacing_h_same_muscle"]
    session = rows["session_minutes"]
    return Dosage(
        hold_s_min_week_1=holds["week_1"][0],
        hold_s_max_week_1=holds["week_1"][1],
        hold_s_target_min=holds["target"][0],
        hold_s_target_max=holds["target"][1],
        hold_s_max=holds["max"],
        hold_s_step=steps["hold_s"],
        repetitions_start=rows["repetitions"]["start"],
        repetitions_max=rows["repetitions"]["target"],
        arc_percent_start=rows["arc_percent"]["start"],
        arc_percent_step=steps["arc_percent"],
        day_s_min=day["minimum"],
        day_s_usual_max=day["usual_max"],
        day_s_max=day["absolute_max"],
        day_s_max_if_daily=day["if_7_days_a_week_max"],
        week_s_min=week["minimum"],
        week_s_useful=week["useful_floor"],
        week_s_max=week["max"],
        spacing_light_h=spacing["light_pull_and_under_120_s"],
        spacing_full_h=spacing["120_s_or_more"],
        spacing_sore_h=spacing["after_soreness_over_24h"],
        spacing_full_from_s=120,
        session_minutes_min=session["minimum"],
        session_minutes_default=session["default"],
        session_minutes_max=session["maximum"],
        warm_up_minutes=rows["warm_up_minutes"]["default"],
        warm_up_minutes_min=rows["warm_up_minutes"]["minimum"],
        pull_target_min=rows["intensity_0_10"]["pull_target"][0],
        pull_target_max=rows["intensity_0_10"]["pull_target"][1],
        pull_max=rows["intensity_0_10"]["pull_max"],
    )
