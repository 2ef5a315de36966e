"""What a person may do today, and what that makes of a stretch."""

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supple.anatomy import Position, Setting
from supple.catalogue import Flag, Kind, Stretch, Tag, load
from supple.safety.day import places
from supple.safety.direction import Direction
from supple.safety.forms import AT_MOST_S
from supple.safety.limits import Allowance, Limits, Refusal, judge, limits
from supple.safety.population import excluded
from supple.safety.questions import BadAnswer
from supple.safety.screening import screen
from supple.safety.verdicts import PlanKind, Verdict
from supple.shapes import build, plain
from tests.safety.people import VIGNETTES, anybody, person, today_of, well

STRETCHES = tuple(load().stretches.values())
WITH_A_PLAN = [key for key, vignette in VIGNETTES.items() if vignette["expected"]["plan"] != "none"]
stretches = st.sampled_from(STRETCHES)
tag_sets = st.lists(st.sampled_from(list(Tag)), unique=True, max_size=5).map(tuple)
people = st.builds(
    anybody,
    direction=st.sampled_from(Direction),
    tags=tag_sets,
    age=st.integers(16, 90),
    pain_now=st.integers(0, 10),
    settings=st.lists(st.sampled_from(list(Setting)), unique=True).map(tuple),
    can_kneel=st.booleans(),
    arm_symptoms=st.booleans(),
    unsure_direction=st.booleans(),
    minutes_since_rising=st.none() | st.integers(0, 300),
    at_hour=st.none() | st.integers(0, 23),
    week=st.integers(1, 8),
    plan=st.sampled_from([PlanKind.FULL, PlanKind.RESTRICTED]),
)


def allowed(**changes: object) -> set[str]:
    """The ids of the stretches that somebody may do."""
    return {stretch.id for stretch in STRETCHES if isinstance(judge(stretch, anybody(**changes)), Allowance)}


def allowance(stretch: str, **changes: object) -> Allowance:
    """The allowance of a stretch that must be allowed."""
    found = judge(load().stretch(stretch), anybody(**changes))
    assert isinstance(found, Allowance)
    return found


@pytest.mark.parametrize("vignette", WITH_A_PLAN)
def test_a_vignette_may_do_what_it_must_and_nothing_that_it_must_not(vignette: str) -> None:
    answers, expected = person(vignette), VIGNETTES[vignette]["expected"]
    bounds = limits(screen(answers), answers, today_of(answers, settings=tuple(Setting), at_hour=18))
    may = {s.id: a for s in STRETCHES if isinstance(a := judge(s, bounds), Allowance)}

    assert set(may) & set(expected.get("must_not_include", ())) == set()
    assert set(may) & set(expected.get("must_include_one_of", may))
    assert set(may) & set(expected.get("hamstring_choice_one_of", may))
    dose = expected.get("dose", {})
    longest = dose.get("max_hold_s", dose.get("max_hold_s_week1", 60))
    assert max(a.hold_s_max for a in may.values()) <= longest
    assert max(a.arc_percent_max for a in may.values()) <= dose.get("arc_percent_max", 100)
    assert bounds.ask_after_each_set is ("ask_after_each_set" in expected)
    assert {str(kind) for kind in bounds.preferred_kinds} == set(dose.get("prefer_kinds", ()))


@given(stretches, people)
def test_every_reason_and_every_change_is_a_plain_sentence(stretch: Stretch, bounds: Limits) -> None:
    found = judge(stretch, bounds)

    for text in found.reasons if isinstance(found, Refusal) else (*found.reasons, *found.changes):
        assert re.fullmatch(r"[A-Z0-9][^_\n]*\.", text), text


@given(stretches, people, st.sampled_from(list(Tag)))
def test_one_more_tag_never_allows_more(stretch: Stretch, bounds: Limits, tag: Tag) -> None:
    fewer, more = judge(stretch, bounds), judge(stretch, replace(bounds, tags=(*bounds.tags, tag)))

    if isinstance(more, Allowance):
        assert isinstance(fewer, Allowance)
        assert more.arc_percent_max <= fewer.arc_percent_max
        assert more.hold_s_max <= fewer.hold_s_max
        said = AT_MOST_S.sub("", " ".join(more.changes).lower())  # a change may be part of a longer one
        assert all(AT_MOST_S.sub("", change.rstrip(".").lower()) in said for change in fewer.changes)


@pytest.mark.parametrize("tag", Tag)
def test_nothing_that_is_out_for_a_tag_is_allowed_to_somebody_with_it(tag: Tag) -> None:
    out = {stretch.id for stretch in STRETCHES if tag in excluded(stretch)}

    assert allowed(tags=(tag,)) & out == set()


@pytest.mark.parametrize(
    ("tag", "stretch", "arc_percent"),
    [
        (Tag.EXTENSION_SENSITIVE, "cat_camel", 25),
        (Tag.DISC_RELATED_LEG_PAIN, "pelvic_tilt", 50),
        (Tag.SPINAL_STENOSIS, "cat_camel", 25),
        (Tag.SPONDYLOLISTHESIS, "knee_rocks", 50),
        (Tag.OSTEOPOROSIS, "gastrocnemius_wall", 50),
        (Tag.VERTEBRAL_FRACTURE, "gastrocnemius_wall", 25),
        (Tag.PREGNANCY_T2_T3, "gastrocnemius_wall", 70),
        (Tag.RECENT_ABDOMINAL_SURGERY, "gastrocnemius_wall", 50),
        (Tag.HYPERMOBILITY, "gastrocnemius_wall", 80),
        (Tag.AGE_65_PLUS, "neck_rotation", 50),
        (Tag.VERTIGO_OR_DIZZINESS, "neck_rotation", 50),
        (Tag.INFLAMMATORY_BACK_PAIN, "neck_rotation", 50),
        (Tag.SHOULDER_INSTABILITY, "behind_back_towel", 70),
        (Tag.RECENT_SPINE_SURGERY, "gastrocnemius_wall", 25),
    ],
)
def test_how_far_a_tag_lets_a_stretch_go_in_later_weeks(tag: Tag, stretch: str, arc_percent: int) -> None:
    found = allowance(stretch, tags=(tag,), week=8)

    assert found.arc_percent_max == arc_percent
    assert found.arc_reason.endswith(".")


@pytest.mark.parametrize(
    ("tag", "stretch", "said"),
    [
        (Tag.OSTEOPOROSIS, "supine_figure_four", "Let your hands only hold"),
        (Tag.BALANCE_PROBLEM, "standing_quadriceps", "Keep one hand on something fixed"),
        (Tag.BALANCE_PROBLEM, "seated_forward_fold", "Lean the forearms on the thighs"),
        (Tag.UNCONTROLLED_HYPERTENSION, "gastrocnemius_wall", "never hold your breath"),
        (Tag.GLAUCOMA_OR_RETINA, "gastrocnemius_wall", "never tense the muscle"),
        (Tag.HIP_REPLACEMENT, "seated_chair_hamstring", "Do not bend the hip past 90 degrees"),
        (Tag.KNEE_PAIN_OR_REPLACEMENT, "standing_quadriceps", "Do not bend the knee past 100 degrees"),
        (Tag.WRIST_PAIN, "cat_camel", "Do not lean on a flat hand"),
        (Tag.ATLANTOAXIAL_RISK, "cat_camel", "Keep your head level"),
        (Tag.RECENT_SHOULDER_SURGERY, "wrist_forearm", "Do not use the operated arm"),
        (Tag.PREGNANCY_T2_T3, "gastrocnemius_wall", "never try to go further"),
        (Tag.RECENT_SPINE_SURGERY, "gastrocnemius_wall", "Do not twist"),
    ],
)
def test_what_is_never_done_is_said(tag: Tag, stretch: str, said: str) -> None:
    assert any(said in change for change in allowance(stretch, tags=(tag,)).changes)


def test_extension_sensitive_backs_pause_two_seconds_at_most() -> None:
    assert allowance("cat_camel", tags=(Tag.EXTENSION_SENSITIVE,)).pause_s_max == 2
    assert allowance("cat_camel").pause_s_max is None


@pytest.mark.parametrize(
    ("plan", "week", "arc_percent", "hold_s", "minutes"),
    [
        (PlanKind.FULL, 1, 70, 15, 15),
        (PlanKind.FULL, 2, 100, 30, 30),
        (PlanKind.RESTRICTED, 1, 70, 15, 10),
        (PlanKind.RESTRICTED, 2, 70, 15, 30),
        (PlanKind.RESTRICTED, 3, 100, 30, 30),
    ],
)
def test_the_first_weeks_keep_to_the_start_dose(
    plan: PlanKind, week: int, arc_percent: int, hold_s: int, minutes: int
) -> None:
    bounds = anybody(plan=plan, week=week)
    found = judge(load().stretch("gastrocnemius_wall"), bounds)

    assert isinstance(found, Allowance)
    assert (found.arc_percent_max, found.hold_s_max) == (arc_percent, hold_s)
    assert bounds.session_minutes_max == minutes


@pytest.mark.parametrize(("age", "week", "hold_s"), [(64, 1, 15), (65, 1, 20), (64, 2, 30), (65, 2, 60)])
def test_older_people_hold_longer(age: int, week: int, hold_s: int) -> None:
    assert allowance("gastrocnemius_wall", age=age, week=week).hold_s_max == hold_s


@pytest.mark.parametrize("pain", [5, 6])
def test_at_pain_of_5_or_6_there_are_only_gentle_kinds_in_the_middle_third(pain: int) -> None:
    may = allowed(pain_now=pain)

    assert {load().stretch(stretch).kind for stretch in may} == set(Kind) - {Kind.STATIC_HOLD}
    assert all(allowance(stretch, pain_now=pain).arc_percent_max <= 33 for stretch in may)


@pytest.mark.parametrize(
    ("setting", "eases"),
    [
        (Setting.FLOOR, {"constructive_rest", "sphinx", "side_lying_rest"}),
        (Setting.BED, {"constructive_rest", "sphinx", "side_lying_rest"}),
        (Setting.CHAIR_DESK, {"seated_supported_rest", "seated_cat_cow"}),
        (Setting.WALL, {"desk_lean"}),
        (Setting.DOORWAY, set()),
    ],
)
def test_at_pain_of_7_there_are_only_the_positions_of_ease_of_the_place(setting: Setting, eases: set[str]) -> None:
    assert allowed(pain_now=7, settings=(setting,)) == eases


def test_a_position_of_ease_says_how_it_is_done() -> None:
    found = allowance("desk_lean", pain_now=7, settings=(Setting.WALL,))

    assert found.arc_percent_max == 10
    assert "Keep your hands at head height and tip only a few degrees." in found.changes


@pytest.mark.parametrize("pain", [8, 9, 10])
def test_from_pain_of_8_there_is_nothing(pain: int) -> None:
    assert allowed(pain_now=pain) == set()


@pytest.mark.parametrize("verdict", [Verdict.EMERGENCY, Verdict.SAME_DAY, Verdict.SEE_CLINICIAN])
def test_without_a_plan_there_is_nothing(verdict: Verdict) -> None:
    assert allowed(verdict=verdict, plan=PlanKind.NONE) == set()


@given(stretches, people)
def test_a_stretch_stays_in_the_places_there_are(stretch: Stretch, bounds: Limits) -> None:
    if isinstance(judge(stretch, bounds), Allowance):
        here = set(stretch.settings) & set(bounds.today.settings)
        low = stretch.start_position not in (Position.STANDING, Position.SEATED_CHAIR)
        assert here - ({Setting.FLOOR} if Tag.CANNOT_USE_FLOOR in bounds.tags else set())
        assert not low or here & {Setting.FLOOR, Setting.BED}


def test_a_strap_in_a_doorway_still_needs_something_to_lie_on() -> None:
    assert "supine_hamstring_strap" not in allowed(settings=(Setting.DOORWAY,))


def test_who_cannot_use_the_floor_is_not_sent_there() -> None:
    may = allowed(tags=(Tag.CANNOT_USE_FLOOR,), settings=(Setting.FLOOR,))

    assert may == set()


def test_who_cannot_kneel_is_not_asked_to() -> None:
    for stretch in (load().stretch(found) for found in allowed(can_kneel=False)):
        assert stretch.start_position not in (Position.KNEELING, Position.HALF_KNEELING, Position.QUADRUPED)
        assert Flag.WEIGHT_ON_KNEES not in stretch.flags


def test_with_arm_symptoms_the_neck_is_not_taken_to_its_end() -> None:
    out = {stretch.id for stretch in STRETCHES if Flag.NECK_END_RANGE in stretch.flags}

    assert out <= allowed() - allowed(arm_symptoms=True)


def test_with_arm_symptoms_no_arm_is_held_overhead_behind_or_far_out() -> None:
    gone = allowed() - allowed(arm_symptoms=True)

    assert {
        "overhead_triceps",
        "behind_back_towel",
        "doorway_pectoral",
        "hands_clasped_chest_opener",
        "puppy_pose",
    } <= gone
    assert not gone & {"seated_cat_cow", "chair_thoracic_extension", "pelvic_tilt"}


@pytest.mark.parametrize(
    ("tags", "minutes", "hour", "stretch", "may"),
    [
        ((), 29, None, "double_knee_to_chest", False),
        ((), 30, None, "double_knee_to_chest", True),
        ((), 10, None, "single_knee_to_chest", True),
        ((), None, None, "double_knee_to_chest", True),
        ((Tag.FLEXION_SENSITIVE,), 119, None, "cat_camel", False),
        ((Tag.FLEXION_SENSITIVE,), 120, None, "cat_camel", True),
        ((Tag.FLEXION_SENSITIVE,), None, None, "cat_camel", False),
        ((Tag.FLEXION_SENSITIVE,), None, 13, "cat_camel", False),
        ((Tag.FLEXION_SENSITIVE,), None, 14, "cat_camel", True),
        ((Tag.FLEXION_SENSITIVE,), 60, 16, "cat_camel", False),
        ((Tag.FLEXION_SENSITIVE,), None, None, "pelvic_tilt", True),
    ],
)
def test_the_low_back_is_not_bent_soon_after_getting_up(
    tags: tuple[Tag, ...], minutes: int | None, hour: int | None, stretch: str, may: bool
) -> None:
    assert (stretch in allowed(tags=tags, minutes_since_rising=minutes, at_hour=hour)) is may


@pytest.mark.parametrize("setting", [Setting.FLOOR, Setting.BED, Setting.CHAIR_DESK, Setting.WALL])
@pytest.mark.parametrize("tag", [tag for tag in Tag if tag is not Tag.CANNOT_USE_FLOOR])
@pytest.mark.parametrize("direction", [Direction.NO_DIRECTION, Direction.BOTH_SENSITIVE])
def test_nobody_is_left_with_fewer_than_five(setting: Setting, tag: Tag, direction: Direction) -> None:
    assert len(allowed(tags=(tag,), settings=(setting,), direction=direction)) >= 5


def test_limits_are_read_from_the_answers() -> None:
    answers = well(
        age=66, arm_pain_or_tingling="unsure", flexion_effect="unsure", can_kneel="unsure", minutes_since_rising=45
    )

    found = limits(screen(answers), answers)

    assert found.tags == (Tag.AGE_65_PLUS,)
    assert (found.age, found.today.pain_now, found.today.settings) == (66, 2, (Setting.CHAIR_DESK,))
    assert (found.arm_symptoms, found.unsure_direction, found.can_kneel) == (True, True, False)
    assert found.today.minutes_since_rising == 45


def test_settings_and_pain_of_today_replace_the_answers() -> None:
    answers = well()

    found = limits(
        screen(answers), answers, today_of(answers, settings=places(["bed", Setting.WALL, "bed"]), pain_now=6)
    )

    assert found.today.settings == (Setting.BED, Setting.WALL)
    assert found.gentle_only


def test_the_floor_is_no_setting_for_who_cannot_use_it() -> None:
    answers = well(can_use_floor="unsure", setting="floor")

    assert limits(screen(answers), answers).today.settings == ()


def test_a_setting_that_does_not_exist_is_named() -> None:
    with pytest.raises(BadAnswer, match="setting: 'garden' is not a valid Setting; give one of floor"):
        places(["garden"])


def test_limits_without_a_plan_are_the_strictest() -> None:
    answers = {"saddle_numbness": True, "pregnant": False, "pregnant_weeks": 20}

    found = limits(screen(answers), answers)

    assert found.plan is PlanKind.NONE
    assert found.session_minutes_max == 0
    assert (found.direction, found.today.pain_now, found.today.settings) == (Direction.BOTH_SENSITIVE, 10, ())


@pytest.mark.parametrize(
    ("tag", "minutes"), [(None, "2 to 5 minutes"), (Tag.AGE_65_PLUS, "for 5 minutes")], ids=["anybody", "older"]
)
def test_the_warm_up_is_longer_for_older_people(tag: Tag | None, minutes: str) -> None:
    assert minutes in anybody(tags=(tag,) if tag else ()).warm_up


def test_who_gets_dizzy_waits_between_positions() -> None:
    assert anybody(tags=(Tag.VERTIGO_OR_DIZZINESS,)).pause_between_positions_s == 30
    assert anybody().pause_between_positions_s == 0


def test_a_poor_balance_prefers_sitting_and_lying() -> None:
    found = anybody(tags=(Tag.BALANCE_PROBLEM,)).preferred_positions

    assert found == (Position.SEATED_CHAIR, Position.SUPINE, Position.SIDE_LYING)


@given(people)
def test_limits_travel_as_json(bounds: Limits) -> None:
    assert build(Limits, json.loads(json.dumps(plain(bounds))), place="limits") == bounds
