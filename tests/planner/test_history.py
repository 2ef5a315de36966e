"""What was done before leaves its mark: caps, rest for muscles, what hurt, easy days, and progress that is earned."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from supple.anatomy import MuscleGroup, Setting, Side
from supple.catalogue import Tag, load
from supple.planner import Alarm, Done, History, HistoryError, Plan, PlanRefused, plan
from supple.planner.background import background, level
from supple.planner.benefit import load_benefit
from supple.planner.doses import Mode, is_rest
from supple.planner.flare import needs_help
from supple.planner.history import DayAfter
from supple.planner.reasons import only_rest
from supple.safety.aftercare import Outcome
from supple.safety.traffic_light import Colour, Quality
from supple.safety.verdicts import Verdict
from supple.session.wanted import put_together
from tests.people import EVENING, Person, after, done, limits_of, planned
from tests.planner.checker import broken, group_seconds, shares
from tests.safety.people import well

FLOOR = (Setting.FLOOR,)
WELL = Person(well(age=40), 10, FLOOR, at=EVENING)
HAMSTRINGS = "supine_hamstring_hands"


def once(stretch: str, seconds: int, hours_ago: float, colour: Colour = Colour.GREEN) -> History:
    """One stretch, both sides, some hours before the evening."""
    at = EVENING - timedelta(hours=hours_ago)
    return History(tuple(Done(stretch, at, side, seconds, colour) for side in (Side.LEFT, Side.RIGHT)))


def days_ago(days: float, colour: Colour = Colour.GREEN, *, at_level: int = 0) -> History:
    """A session of light movement so many days before the evening."""
    at = EVENING - timedelta(days=days)
    return History((Done("pelvic_tilt", at, Side.NONE, 20, colour, at_level),))


def worked(made: Plan, group: str) -> bool:
    return any(shares(step.stretch).get(group) == 1 for step in made.steps)


def plan_after(past: History, **changes: object) -> Plan:
    person = replace(WELL, past=past, **changes)  # type: ignore[arg-type]  # each test gives what the field is
    made = planned(person)
    assert broken(made, person) == []
    return made


@pytest.mark.parametrize(
    ("seconds", "hours", "rests"),
    [(60, 7, True), (60, 9, False), (119, 9, False), (120, 9, True), (120, 19, True), (120, 21, False)],
)
def test_a_muscle_rests_8_hours_and_20_after_two_minutes_of_work(seconds: int, hours: float, rests: bool) -> None:
    made = plan_after(once(HAMSTRINGS, seconds, hours))

    assert (MuscleGroup.HAMSTRINGS in made.background.resting) is rests
    assert not (rests and worked(made, "hamstrings"))


@pytest.mark.parametrize(("hours", "rests"), [(24, True), (47, True), (49, False)])
def test_a_muscle_that_was_sore_for_a_day_rests_for_two(hours: float, rests: bool) -> None:
    sore = after(EVENING - timedelta(hours=hours - 20), Outcome.REST_THAT_MUSCLE_48H_THEN_HALF_DOSE)

    made = plan_after(once(HAMSTRINGS, 60, hours) + sore)

    assert (MuscleGroup.HAMSTRINGS in made.background.resting) is rests


def test_after_soreness_one_begins_again_with_half() -> None:
    sore = after(EVENING - timedelta(hours=30), Outcome.REST_THAT_MUSCLE_48H_THEN_HALF_DOSE)
    made = plan_after(once(HAMSTRINGS, 60, 50) + sore)

    assert HAMSTRINGS in made.background.half
    assert all(step.work_s <= 15 for step in made.steps if step.stretch == HAMSTRINGS)


def test_no_muscle_gets_more_than_four_minutes_a_day() -> None:
    morning = History(once(HAMSTRINGS, 119, 20.5).done + once("standing_hamstring_step", 119, 9).done)
    today = History(tuple(replace(step, at=EVENING - timedelta(hours=9)) for step in morning.done))

    made = plan_after(today)

    assert made.background.room_s[MuscleGroup.HAMSTRINGS] == 2
    assert group_seconds(made.steps).get("hamstrings", 0) <= 2


def test_no_muscle_gets_more_than_ten_minutes_a_week() -> None:
    week = History()
    for days in (6, 5, 4, 3, 2):
        week = week + once(HAMSTRINGS, 119, 24 * days)

    made = plan_after(week)

    assert made.background.room_s[MuscleGroup.HAMSTRINGS] == 600 - 595
    assert group_seconds(made.steps).get("hamstrings", 0) <= 5


def test_who_stretches_every_day_gets_less_a_day() -> None:
    daily = History()
    for days in range(6, 0, -1):
        daily = daily + days_ago(days)

    made = plan_after(daily)

    assert max(made.background.room_s.values()) == 85
    assert max(group_seconds(made.steps).values()) <= 85


@pytest.mark.parametrize(("days", "out"), [(1, True), (6.9, True), (7.1, False)])
def test_what_hurt_within_a_week_is_left_out(days: float, out: bool) -> None:
    made = plan_after(once(HAMSTRINGS, 20, 24 * days, Colour.RED))

    assert (HAMSTRINGS in made.background.dropped) is out
    assert not (out and HAMSTRINGS in {step.stretch for step in made.steps})
    reasons = {left.stretch: left.why for left in made.left_out}
    assert not out or "hurt" in reasons[HAMSTRINGS]


def test_what_was_amber_comes_back_at_half_dose() -> None:
    whole = plan_after(days_ago(2))
    amber = once(HAMSTRINGS, 60, 48, Colour.AMBER)

    made = plan_after(amber, minutes=10)

    assert HAMSTRINGS in made.background.half
    assert all(step.hold_s < 10 for step in made.steps if step.stretch == HAMSTRINGS)
    assert HAMSTRINGS not in whole.background.half


@pytest.mark.parametrize(
    ("settings", "only"),
    [
        ((Setting.FLOOR,), {"constructive_rest", "pelvic_tilt", "knee_rocks"}),
        ((Setting.BED,), {"constructive_rest", "pelvic_tilt", "knee_rocks"}),
        ((Setting.CHAIR_DESK,), {"seated_supported_rest", "seated_cat_cow"}),
    ],
    ids=["floor", "bed", "chair"],
)
@pytest.mark.parametrize("days", [0.1, 1, 2.9])
def test_the_days_of_a_flare_up_hold_only_the_gentlest_things(
    settings: tuple[Setting, ...], only: set[str], days: float
) -> None:
    flare = after(EVENING - timedelta(days=days), Outcome.FLARE_PLAN)

    made = plan_after(days_ago(days + 1) + flare, settings=settings)

    assert made.steps
    assert {step.stretch for step in made.steps} <= only
    assert all(step.arc_percent <= 50 for step in made.steps if step.stretch == "knee_rocks")
    assert all(step.arc_percent <= 25 for step in made.steps if step.stretch == "seated_cat_cow")


def test_a_pregnant_woman_lies_on_her_side_in_a_flare_up() -> None:
    flare = after(EVENING - timedelta(days=1), Outcome.FLARE_PLAN)

    made = plan_after(days_ago(2) + flare, answers=well(age=31, pregnant="yes", pregnant_weeks=26))

    assert {step.stretch for step in made.steps} <= {"side_lying_rest", "cat_camel", "seated_cat_cow"}


def test_after_a_flare_up_one_begins_again_with_half_and_grows_with_every_green_session() -> None:
    flare = after(EVENING - timedelta(days=6), Outcome.FLARE_PLAN)
    easy_days = days_ago(5.5) + days_ago(4.5)
    shares_percent = [
        plan_after(days_ago(7) + flare + easy_days + more).background.share_percent
        for more in (History(), days_ago(2.5), days_ago(2.5) + days_ago(1.5), days_ago(2.5, Colour.AMBER))
    ]

    assert shares_percent == [50, 55, 60, 50]


def test_half_after_a_flare_up_is_half_the_dose_and_half_the_arc() -> None:
    flare = after(EVENING - timedelta(days=4), Outcome.FLARE_PLAN)

    made = plan_after(days_ago(5) + flare)

    loaded = [step for step in made.steps if step.stretch not in ("constructive_rest", "side_lying_rest")]
    assert loaded
    assert all(step.arc_percent <= 35 for step in loaded)
    assert all(step.hold_s <= 7 for step in loaded if step.mode is Mode.HOLD)
    assert all(step.cycles <= 5 for step in loaded)


def progress(past: History, **answers: object) -> int:
    person = replace(WELL, answers=well(**answers), past=past)
    return level(past, EVENING, limits_of(person))


def green_days(first: int, last: int = 1, *, every: int = 1, at_level: int = 0) -> History:
    """Sessions from `first` to `last` days ago with a good day after each."""
    past = History()
    for days in range(first, last - 1, -every):
        past = past + days_ago(days, at_level=at_level) + after(EVENING - timedelta(days=days - 0.9))
    return past


def test_progress_is_earned_by_a_week_of_green_sessions() -> None:
    assert progress(green_days(9)) == 1


@pytest.mark.parametrize(
    ("past", "why"),
    [
        (green_days(5), "week 1 keeps the start dose"),
        (green_days(9) + days_ago(0.5, Colour.AMBER), "the last session was amber"),
        (green_days(20, 1, every=3), "too few days were kept"),
        (green_days(9) + after(EVENING - timedelta(hours=1), Outcome.RESCREEN), "the day after was bad"),
        (green_days(16, 9) + green_days(6, at_level=1), "the last step was six days ago"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_no_progress_where_it_is_not_earned(past: History, why: str) -> None:
    reached = max(step.level for step in past.done)

    assert progress(past) == reached


@pytest.mark.parametrize(
    ("answers", "days"),
    [({"age": 40}, 8), ({"age": 70, "hypermobility": "yes"}, 15), ({"age": 50, "osteoporosis": "yes"}, 15)],
    ids=["usual", "65 and bendy", "thin bones"],
)
def test_a_second_step_waits_7_days_or_14(answers: dict[str, object], days: int) -> None:
    before = green_days(40, days)

    assert progress(before + green_days(days - 2, at_level=1), **answers) == 1
    assert progress(before + green_days(days, at_level=1), **answers) == 2


def test_a_day_of_more_pain_takes_no_progress_away() -> None:
    small_day = days_ago(1) + after(EVENING - timedelta(hours=1))

    assert progress(green_days(30, 22) + green_days(20, 2, at_level=2) + small_day) >= 2


def test_levels_that_differ_within_a_session_do_no_harm() -> None:
    mixed = days_ago(8, at_level=0) + days_ago(1, at_level=1) + days_ago(1, at_level=0)

    assert progress(mixed) == 1


def test_the_arc_widens_first_and_then_the_holds_lengthen() -> None:
    past = green_days(60, 8) + green_days(7, at_level=2) + days_ago(7, at_level=3)

    arcs = {step.arc_percent for step in plan_after(past).steps}

    assert max(arcs) == 100


def test_in_pregnancy_the_range_never_grows() -> None:
    past = green_days(60, 20) + green_days(19, at_level=3)

    made = plan_after(past, answers=well(age=31, pregnant="yes", pregnant_weeks=30))

    assert made.background.level >= 3
    assert all(step.arc_percent <= 70 for step in made.steps)


def test_a_history_from_the_future_is_refused() -> None:
    later = History((Done(HAMSTRINGS, EVENING + timedelta(days=1), Side.LEFT, 30),))

    with pytest.raises(HistoryError, match="supine_hamstring_hands was done at 2026-11-21 18:00, after the session"):
        planned(replace(WELL, past=later))


def test_the_second_session_of_a_day_does_something_else() -> None:
    morning = planned(replace(WELL, at=EVENING - timedelta(hours=4)))
    past = done(morning, EVENING - timedelta(hours=4))

    made = plan_after(past)

    first = {group for step in morning.steps for group, share in shares(step.stretch).items() if share == 1}
    second = {group for step in made.steps for group, share in shares(step.stretch).items() if share == 1}
    assert not first & second


def test_history_is_only_of_the_past() -> None:
    past = days_ago(3) + days_ago(2)

    assert past.week(EVENING) == 1
    assert past.week(EVENING + timedelta(days=4)) == 2
    assert [len(session) for session in past.sessions()] == [1, 1]
    assert History().week(datetime.fromisoformat("2026-01-01")) == 1


@pytest.mark.parametrize(
    ("days_ago", "help_first"),
    [
        ((), False),
        ((3,), False),
        ((20, 12), True),
        ((12, 6), False),
        ((28, 20, -14, 10, 2), True),
        ((28, -20, 10, -5), False),
        ((60, 50, 40), False),
    ],
    ids=str,
)
def test_flare_ups_that_last_a_week_or_come_three_times_a_month_ask_for_a_clinician(
    days_ago: tuple[int, ...], help_first: bool
) -> None:
    """Days ago of each report, oldest first; a minus marks a day that was well again."""
    past = History(
        (),
        tuple(
            DayAfter(EVENING - timedelta(days=abs(d)), Outcome.MAY_PROGRESS if d < 0 else Outcome.FLARE_PLAN)
            for d in days_ago
        ),
    )

    assert needs_help(past, EVENING, 2) is help_first


def test_a_grave_sign_bars_every_plan_until_the_answers_come_after_it() -> None:
    bounds = limits_of(Person())
    past = History(alarms=(Alarm(EVENING, "chest pain", Verdict.EMERGENCY),))

    for answered in (None, EVENING - timedelta(minutes=1), EVENING):
        with pytest.raises(PlanRefused, match=r"ended with chest pain\. Call the emergency number"):
            background(replace(past, answered_at=answered), load(), EVENING, bounds)

    anew = replace(past, answered_at=EVENING + timedelta(minutes=1))
    assert background(anew, load(), EVENING + timedelta(hours=1), bounds).answered_after == EVENING


def test_of_two_grave_signs_the_graver_is_told_of_and_both_stay_when_histories_are_added() -> None:
    weak = Alarm(EVENING + timedelta(hours=1), "weakness", Verdict.SAME_DAY)
    chest = Alarm(EVENING, "chest pain", Verdict.EMERGENCY)

    past = History(alarms=(weak,)) + History(alarms=(chest,))

    assert past.barred() == chest
    assert replace(past, answered_at=EVENING + timedelta(minutes=1)).barred() == weak


def test_a_nerve_that_answered_keeps_out_all_that_loads_the_same_for_a_week() -> None:
    at = EVENING - timedelta(days=3)
    red = History((Done("neck_rotation", at, Side.LEFT, 20, Colour.RED, hurt=Quality.TINGLING_OR_NUMB),))

    def dropped(now: datetime) -> dict[str, str]:
        return background(red, load(), now, limits_of(replace(WELL, at=now))).dropped

    assert dropped(EVENING)["neck_rotation"] == "It hurt within the last week, so it is left out for now."
    assert dropped(EVENING)["levator_scapulae"].startswith("Tingling or numbness came within the last week: nothing")
    assert "knee_rocks" not in dropped(EVENING)
    assert dropped(EVENING + timedelta(days=5)) == {}


def red(stretch: str, hours: float, felt: Quality) -> Done:
    return Done(stretch, EVENING - timedelta(hours=hours), Side.NONE, 20, Colour.RED, hurt=felt)


def at_home(past: History, at: datetime = EVENING) -> Plan:
    """The plan of somebody well with every place at hand, as the terminal and the site ask for it."""
    asked = put_together(well(), minutes=10, settings=tuple(Setting), past=past, at=at)
    assert asked.limits
    return plan(load(), asked.limits, asked.wishes, asked.background)


@pytest.mark.parametrize("felt", [quality for quality in Quality if quality is not Quality.WEAKNESS])
@pytest.mark.parametrize("stretch", ["pelvic_tilt", "neck_rotation", "wall_angel", "constructive_rest"])
@pytest.mark.parametrize(
    ("hours_later", "only_rests"),
    [(0, True), (5.5, True), (14, False)],
    ids=["minutes later", "soon after midnight", "the next morning"],
)
def test_after_a_red_light_only_rest_is_left_of_the_day(
    stretch: str, felt: Quality, hours_later: float, only_rests: bool
) -> None:
    made = at_home(History((red(stretch, 0.1, felt),)), EVENING + timedelta(hours=hours_later))

    assert made.steps
    assert stretch not in {step.stretch for step in made.steps}
    assert all(is_rest(load().stretch(step.stretch)) for step in made.steps) is only_rests
    assert bool(only_rest(load(), made.background)) is only_rests
    assert any(note.startswith("Keep easy, and") for note in made.notes) is only_rests
    assert any("Warm up first" in note for note in made.notes) is not only_rests


def test_a_rest_makes_a_plan_by_itself_where_nothing_else_is_left() -> None:
    rested = Done("constructive_rest", EVENING - timedelta(minutes=20), Side.NONE, 60)

    made = at_home(History((red("pelvic_tilt", 0.5, Quality.SHARP), rested)))

    assert "constructive_rest" in {step.stretch for step in made.steps}


@pytest.mark.parametrize("felt", [Quality.SHARP, Quality.ACHE, Quality.TINGLING_OR_NUMB, Quality.SPREADING])
def test_for_a_week_nothing_holds_a_back_bent_or_turned_that_hurt(felt: Quality) -> None:
    made = at_home(History((red("constructive_rest", 24, felt),)))

    held = {"supported_crossover_rotation", "supine_knee_to_opposite_shoulder", "double_knee_to_chest"}
    assert held <= made.background.dropped.keys()
    assert not held & {step.stretch for step in made.steps}


def test_the_day_after_sharp_pain_small_movements_stay_that_move_nothing_alike() -> None:
    after_rest = at_home(History((red("constructive_rest", 24, Quality.SHARP),)))
    after_tilt = at_home(History((red("pelvic_tilt", 24, Quality.SHARP),)))

    assert "pelvic_tilt" not in after_rest.background.dropped
    assert {"seated_pelvic_tilt", "side_lying_pelvic_tilt"} <= after_tilt.background.dropped.keys()


@pytest.mark.parametrize("felt", [Quality.TINGLING_OR_NUMB, Quality.DIZZINESS])
def test_for_a_week_after_numbness_or_dizziness_nobody_stands_on_one_leg(felt: Quality) -> None:
    dropped = at_home(History((red("wall_angel", 24, felt),))).background.dropped

    assert {"standing_quadriceps", "standing_outer_hip_stretch", "standing_hamstring_step"} <= dropped.keys()


def test_who_was_dizzy_counts_as_dizzy_for_a_week_and_leaves_the_head_alone() -> None:
    dizzy = History((red("wall_angel", 24, Quality.DIZZINESS),))

    made, later = at_home(dizzy), at_home(dizzy, EVENING + timedelta(days=7))

    assert Tag.VERTIGO_OR_DIZZINESS in made.tags
    assert Tag.VERTIGO_OR_DIZZINESS not in later.tags
    assert {"neck_rotation", "open_book", "chair_thoracic_extension"} <= made.background.dropped.keys()
    assert made.background.dropped["wall_angel"].startswith("You were dizzy in it within the last week")


NECK_SORE = History((Done("chin_tuck", EVENING - timedelta(hours=37), Side.NONE, 60),)) + after(
    EVENING - timedelta(hours=15), Outcome.REST_THAT_MUSCLE_48H_THEN_HALF_DOSE
)
CALVES_SINCE = once("gastrocnemius_wall", 30, 14)
STIFF_NECK = replace(WELL, answers=well(age=40, pain_region=("neck",)), settings=tuple(Setting))


def test_soreness_rests_its_muscles_for_two_days_whatever_else_is_done_meanwhile() -> None:
    made = plan_after(NECK_SORE + CALVES_SINCE, answers=STIFF_NECK.answers, settings=STIFF_NECK.settings)

    assert MuscleGroup.NECK in made.background.resting
    assert made.steps
    assert not worked(made, "neck")


def test_after_soreness_one_begins_with_half_until_those_muscles_are_worked_again() -> None:
    def half(past: History, at: datetime) -> bool:
        person = replace(STIFF_NECK, past=past, at=at)
        made = planned(person)
        assert broken(made, person) == []
        return "chin_tuck" in made.background.half

    rested, again = EVENING + timedelta(hours=12), History((Done("chin_tuck", EVENING, Side.NONE, 30),))

    assert half(NECK_SORE + CALVES_SINCE, rested)
    assert not half(NECK_SORE + CALVES_SINCE + again, rested + timedelta(hours=12))


def test_resting_is_no_work_that_ends_the_half_dose() -> None:
    sore = History(
        (Done("cat_camel", EVENING - timedelta(hours=48), Side.NONE, 30),),
        (DayAfter(EVENING - timedelta(hours=20), Outcome.REST_THAT_MUSCLE_48H_THEN_HALF_DOSE),),
    )
    rested = sore + History((Done("side_lying_rest", EVENING - timedelta(hours=10), Side.NONE, 60),))

    assert "open_book" in plan_after(rested).background.half
    assert "side_lying_rest" not in plan_after(rested).background.half


def test_what_was_amber_is_halved_when_it_next_comes_whatever_was_done_meanwhile() -> None:
    past = days_ago(5, Colour.AMBER) + once(HAMSTRINGS, 30, 48)

    assert "pelvic_tilt" in plan_after(past).background.half
    assert "pelvic_tilt" not in plan_after(past + days_ago(1)).background.half


def months_of_progress(*, until_days_ago: int) -> History:
    """Sessions every other day for two months, the last so many days ago, at the fourth level."""
    past = History()
    for day in range(until_days_ago, until_days_ago + 60, 2):
        past = days_ago(day, at_level=4) + past + after(EVENING - timedelta(days=day - 1))
    return past


@pytest.mark.parametrize(
    ("days_off", "expected"),
    [(2, 4), (13, 4), (14, 3), (20, 3), (21, 2), (27, 2), (28, 0), (200, 0)],
)
def test_after_a_break_one_goes_back_step_by_step_and_after_four_weeks_to_the_start(
    days_off: int, expected: int
) -> None:
    person = replace(WELL, past=months_of_progress(until_days_ago=days_off))
    bounds = limits_of(person)

    assert level(person.past, EVENING, bounds) == expected
    assert (bounds.today.week == 1) is (days_off >= 28)
    assert broken(planned(person), person) == []


def test_what_a_break_took_back_does_not_come_back_with_the_next_session() -> None:
    past = months_of_progress(until_days_ago=20) + days_ago(1, at_level=3)

    assert level(past, EVENING, limits_of(replace(WELL, past=past))) == 3


def test_after_a_flare_up_dose_and_arc_grow_with_green_sessions_and_not_with_time_alone() -> None:
    past = days_ago(40, at_level=0) + after(EVENING - timedelta(days=20), Outcome.FLARE_PLAN) + days_ago(26)

    assert plan_after(past).background.share_percent == 50
    assert plan_after(past + days_ago(4) + days_ago(2)).background.share_percent == 60


def test_a_second_session_of_a_day_is_not_filled_with_what_serves_nothing() -> None:
    morning, desk = EVENING - timedelta(hours=9), (Setting.CHAIR_DESK,)
    person = Person(well(age=34), 20, desk, at=morning)
    first = planned(person)
    second = planned(replace(person, past=done(first, morning), at=EVENING))
    weights = load_benefit().weights(second.wishes)

    assert second.steps
    for step in second.steps:
        whole = [g for g, share in load().group_shares(load().stretch(step.stretch)).items() if share == 1.0]
        assert step.stretch in second.limits.first or any(weights[group] for group in whole)
    assert {out.stretch: out.why for out in second.left_out}["overhead_triceps"].startswith("Enough is done for today")
    assert "Enough is done for today" not in {out.stretch: out.why for out in first.left_out}["overhead_triceps"]
