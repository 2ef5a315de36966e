"""How much: the seconds, repetitions, minutes and hours of the dosage table, for somebody of a given age."""

from dataclasses import dataclass
from functools import cache

from supple.safety.tables import table


@dataclass(frozen=True)
class Dosage:
    """What the dosage table says at one age. Seconds per day and week are per muscle group and side."""

    hold_s_min_week_1: int
    hold_s_max_week_1: int
    hold_s_target_min: int
    hold_s_target_max: int
    hold_s_max: int
    hold_s_step: int
    hold_s_shortest: int
    hold_s_shortest_from_65: int
    rest_s: tuple[int, ...]
    repetitions_start: int
    repetitions_max: int
    arc_percent_start: int
    arc_percent_step: int
    day_s_max: int
    day_s_max_if_daily: int
    week_s_max: int
    spacing_light_h: int
    spacing_full_h: int
    spacing_sore_h: int
    spacing_full_from_s: int
    session_minutes_max: int
    warm_up_minutes: int
    warm_up_minutes_min: int


@cache
def dosage(age: float) -> Dosage:
    """The dosage at `age` years; under 16 every hold is 0, for there is no plan.

    >>> dosage(34).hold_s_max_week_1, dosage(65).hold_s_max_week_1
    (15, 20)
    """
    rows, steps = table("dosage"), table("progression")["steps"]
    band = max((years, band) for band, years in rows["years"].items() if years <= max(0, age))[1]
    holds, day = rows["hold_s_by_age"][band], rows["seconds_per_muscle_per_day"]
    week, spacing = rows["seconds_per_muscle_per_week"], rows["spacing_same_muscle"]
    session = rows["session_minutes"]
    return Dosage(
        hold_s_min_week_1=holds["week_1"][0],
        hold_s_max_week_1=holds["week_1"][1],
        hold_s_target_min=holds["target"][0],
        hold_s_target_max=holds["target"][1],
        hold_s_max=holds["max"],
        hold_s_step=steps["hold_s"],
        hold_s_shortest=rows["shortest_hold_s"]["anybody"],
        hold_s_shortest_from_65=rows["shortest_hold_s"]["from_65"],
        rest_s=tuple(rows["rest_s"]["totals"]),
        repetitions_start=rows["repetitions"]["start"],
        repetitions_max=rows["repetitions"]["target"],
        arc_percent_start=rows["arc_percent"]["start"],
        arc_percent_step=steps["arc_percent"],
        day_s_max=day["absolute_max"],
        day_s_max_if_daily=day["if_7_days_a_week_max"],
        week_s_max=week["max"],
        spacing_light_h=spacing["light_h"],
        spacing_full_h=spacing["full_h"],
        spacing_sore_h=spacing["sore_h"],
        spacing_full_from_s=spacing["full_from_s"],
        session_minutes_max=session["maximum"],
        warm_up_minutes=rows["warm_up_minutes"]["default"],
        warm_up_minutes_min=rows["warm_up_minutes"]["minimum"],
    )
