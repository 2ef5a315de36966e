"""Precautions of ours leave out more than the clinical tables, never less, and say why."""

from dataclasses import replace

import pytest

from supple.anatomy import Setting
from supple.catalogue import AlsoDo, Tag, load
from supple.safety import population
from supple.safety.limits import Allowance, Limits, Refusal, judge, limits
from supple.safety.precautions import precautions
from supple.safety.screening import screen
from supple.safety.tables import table
from tests.safety.people import anybody, today_of, well

EVERYWHERE = tuple(Setting)


def left_out(**answers: object) -> dict[str, str]:
    """The first reason against each stretch that somebody with these answers, and no place missing, does not get."""
    given = well(**answers)
    bounds = limits(screen(given), given, today_of(given, settings=EVERYWHERE))
    judged = {name: judge(stretch, bounds) for name, stretch in load().stretches.items()}
    return {name: found.reasons[0] for name, found in judged.items() if isinstance(found, Refusal)}


def test_an_operation_of_half_a_year_ago_counts_as_one_on_the_spine_while_nobody_asks() -> None:
    out = left_out(surgery_weeks=22)

    for stretch in load().stretches.values():
        spared = any(
            found.tag is Tag.RECENT_SPINE_SURGERY and found.do is AlsoDo.EXCLUDE
            for found in population.findings(stretch)
        )
        assert (stretch.id in out) >= spared
    assert out["prone_press_up"].startswith("You had an operation in the last year, and nobody has asked")


@pytest.mark.parametrize(
    ("answers", "stretch"),
    [
        ({"surgery_weeks": 8, "clinician_cleared": "yes"}, "desk_lean"),
        ({"surgery_weeks": 8, "clinician_cleared": "yes"}, "open_book"),
        ({"surgery_weeks": "unsure", "clinician_cleared": "yes"}, "desk_lean"),
        (
            {"pregnant": "yes", "pregnant_weeks": 29, "pain_region": ["lower_back", "buttock"]},
            "half_kneeling_hip_flexor",
        ),
        ({"inflammatory_back_pain": "yes"}, "prone_press_up"),
        ({"inflammatory_back_pain": "unsure"}, "thread_the_needle"),
        ({"balance_problem": "yes", "can_use_floor": "no"}, "desk_lean"),
        ({"balance_problem": "unsure", "can_use_floor": "unsure"}, "standing_back_extension"),
        ({"vertebral_fracture": "yes", "clinician_cleared": "yes"}, "bed_edge_hip_flexor"),
        ({"osteoporosis": "yes", "age": 81}, "towel_roll_thoracic_extension"),
        ({"hip_replacement": "yes"}, "knee_rocks"),
        ({"balance_problem": "yes"}, "standing_quadriceps"),
        ({"vertigo_or_dizziness": "yes"}, "standing_back_extension"),
        ({"arm_pain_or_tingling": "yes"}, "wall_angel"),
        ({"surgery_weeks": 8, "clinician_cleared": "yes"}, "standing_back_extension"),
        ({"vertebral_fracture": "yes", "clinician_cleared": "yes"}, "sphinx"),
        ({"nprs_rest": 5}, "thread_the_needle"),
        # hip or knee, when nobody asked which
        ({"surgery_weeks": 2, "clinician_cleared": "yes"}, "side_lying_quadriceps"),
        ({"surgery_weeks": 2, "clinician_cleared": "yes"}, "supine_hamstring_hands"),
        ({"surgery_weeks": 2, "clinician_cleared": "yes"}, "single_knee_to_chest"),
        ({"surgery_weeks": 1, "clinician_cleared": "yes"}, "bed_edge_hip_flexor"),
        ({"surgery_weeks": 1, "clinician_cleared": "yes"}, "supine_figure_four"),
        ({"surgery_weeks": 4, "clinician_cleared": "yes", "hip_replacement": "yes"}, "standing_quadriceps"),
        ({"surgery_weeks": 12, "clinician_cleared": "yes"}, "half_kneeling_hip_flexor"),
        ({"surgery_weeks": "unsure", "clinician_cleared": "yes"}, "standing_hip_flexor"),
        ({"surgery_weeks": 5, "clinician_cleared": "yes", "recent_spine_surgery": "unsure"}, "soleus_wall"),
        # forms that forbid the movement
        ({"surgery_weeks": 6, "clinician_cleared": "yes", "recent_spine_surgery": "yes"}, "pelvic_tilt"),
        ({"disc_related_leg_pain": "yes"}, "pelvic_tilt"),
        ({"surgery_weeks": 1, "clinician_cleared": "yes", "recent_abdominal_surgery": "yes"}, "bed_edge_hip_flexor"),
        ({"osteoporosis": "yes"}, "childs_pose_side_reach"),
        ({"osteoporosis": "unsure"}, "bed_edge_hip_flexor"),
        ({"atlantoaxial_risk": "yes"}, "open_book"),
        ({"atlantoaxial_risk": "yes"}, "standing_side_bend"),
        ({"vertigo_or_dizziness": "yes"}, "levator_scapulae"),
        ({"extension_effect": "worse"}, "sphinx"),
        ({"hypermobility": "yes", "glaucoma_or_retina": "yes"}, "gastrocnemius_wall"),
        ({"hypermobility": "yes", "bp_sys": 165, "bp_dia": 95, "bp_symptoms": "no"}, "cross_body_deltoid"),
        ({"shoulder_instability": "yes", "atlantoaxial_risk": "yes"}, "chair_thoracic_extension"),
        ({"hip_replacement": "yes", "shoulder_instability": "yes"}, "side_lying_rest"),
        ({"wrist_pain": "yes", "glaucoma_or_retina": "yes"}, "desk_lean"),
        # a fall that breaks, and what the arm, the belly, a fused spine and a fresh operation do not bear
        ({"osteoporosis": "yes", "age": 80}, "standing_quadriceps"),
        ({"osteoporosis": "unsure"}, "standing_hip_flexor"),
        ({"vertebral_fracture": "yes", "clinician_cleared": "yes"}, "standing_quadriceps"),
        ({"age": 80}, "double_knee_to_chest"),
        ({"age": 80}, "supported_crossover_rotation"),
        ({"vertebral_fracture": "yes", "clinician_cleared": "yes"}, "supported_crossover_rotation"),
        ({"age": 75}, "standing_quadriceps"),
        ({"age": 75}, "standing_outer_hip_stretch"),
        ({"osteoporosis": "unsure"}, "standing_outer_hip_stretch"),
        ({"balance_problem": "yes", "osteoporosis": "yes", "age": 76}, "standing_back_extension"),
        ({"balance_problem": "unsure"}, "standing_back_extension"),
        ({"arm_pain_or_tingling": "yes"}, "towel_roll_thoracic_extension"),
        ({"arm_pain_or_tingling": "unsure"}, "open_book"),
        ({"aaa_known": "unsure", "age": 66}, "prone_press_up"),
        ({"aaa_known": "unsure", "age": 66}, "sphinx"),
        ({"aaa_known": "unsure"}, "double_knee_to_chest"),
        ({"steroid_long_term": "yes"}, "seated_forward_fold"),
        ({"inflammatory_back_pain": "yes", "osteoporosis": "yes", "age": 66}, "sphinx"),
        ({"inflammatory_back_pain": "yes", "steroid_long_term": "unsure"}, "sphinx"),
        ({"surgery_weeks": 8, "clinician_cleared": "yes", "recent_spine_surgery": "yes"}, "side_lying_pelvic_tilt"),
        ({"surgery_weeks": 8, "clinician_cleared": "yes", "recent_spine_surgery": "yes"}, "seated_pelvic_tilt"),
        ({"vertigo_or_dizziness": "yes"}, "towel_roll_thoracic_extension"),
        ({"age": 72}, "prone_press_up"),
        ({"vertigo_or_dizziness": "yes", "age": 70, "setting": "bed"}, "cat_camel"),
        (
            {"surgery_weeks": 10, "clinician_cleared": "yes", "recent_shoulder_surgery": "yes"},
            "standing_outer_hip_stretch",
        ),
        # sitting up, lying back and rolling over, which are part of it
        ({"age": 66}, "bed_edge_hip_flexor"),
        ({"vertigo_or_dizziness": "unsure"}, "bed_edge_hip_flexor"),
        ({"balance_problem": "yes"}, "bed_edge_hip_flexor"),
        ({"hip_replacement": "yes"}, "open_book"),
        ({"hip_replacement": "unsure"}, "side_lying_quadriceps"),
        ({"hip_replacement": "yes"}, "towel_roll_thoracic_extension"),
        (
            {"surgery_weeks": 5, "clinician_cleared": "yes", "recent_abdominal_surgery": "yes"},
            "towel_roll_thoracic_extension",
        ),
        ({"surgery_weeks": 8, "clinician_cleared": "yes"}, "constructive_rest"),
        ({"surgery_weeks": 8, "clinician_cleared": "yes"}, "self_hug_upper_back"),
        ({"hip_replacement": "yes"}, "puppy_pose"),
        ({"arm_pain_or_tingling": "unsure"}, "self_hug_upper_back"),
        ({"hip_replacement": "unsure"}, "standing_back_extension"),
        ({"hip_replacement": "yes"}, "standing_quadriceps"),
        ({"shoulder_instability": "yes"}, "open_book"),
        ({"shoulder_instability": "unsure"}, "standing_side_bend"),
        ({"shoulder_instability": "unsure"}, "side_lying_quadriceps"),
        (
            {"surgery_weeks": 10, "clinician_cleared": "yes", "recent_shoulder_surgery": "yes"},
            "towel_roll_thoracic_extension",
        ),
    ],
)
def test_who_does_not_get_it(answers: dict[str, object], stretch: str) -> None:
    assert stretch not in left_out()
    assert stretch in left_out(**answers)


@pytest.mark.parametrize("precaution", list(precautions()))
def test_a_precaution_only_takes_away_and_says_why(precaution: str) -> None:
    without = anybody(settings=EVERYWHERE)
    taken, found = replace(without, precautions=(precaution,)), precautions()[precaution]
    lost = []
    for stretch in load().stretches.values():
        before, after = judge(stretch, without), judge(stretch, taken)
        if isinstance(after, Refusal) and isinstance(before, Allowance):
            lost.append(stretch.id)
            assert after.reasons[0].endswith(".")
        elif isinstance(after, Allowance) and (found.arc_percent_max is not None or found.say):
            assert isinstance(before, Allowance)
            assert after.arc_percent_max <= before.arc_percent_max
            assert after.hold_s_max == before.hold_s_max
            assert set(before.changes) < set(after.changes)
        else:
            assert after == before

    assert lost


def test_the_stretches_named_in_precautions_exist() -> None:
    rows = [str(row.get("leaves_out", "")) for row in table("precautions")["precautions"]]
    named = {
        word.rstrip("',]}").partition("=")[2]
        for row in rows
        for word in row.replace('"', "'").split("'")
        if word.startswith("id=")
    }

    assert named <= set(load().stretches)
    assert named


@pytest.mark.parametrize(
    "answers",
    [
        {"recent_spine_surgery": "yes"},
        {"recent_shoulder_surgery": "yes"},
        {"recent_abdominal_surgery": "yes"},
    ],
    ids=str,
)
def test_whose_operation_is_known_is_not_taken_for_one_on_hip_or_knee(answers: dict[str, object]) -> None:
    given = well(surgery_weeks=5, clinician_cleared="yes", **answers)

    taken = limits(screen(given), given, today_of(given, settings=EVERYWHERE)).precautions

    assert not {"perhaps_hip_or_knee_surgery", "perhaps_chest_surgery"} & set(taken)


def test_an_operation_that_may_have_been_on_the_spine_is_no_jump_from_week_12_to_week_13() -> None:
    def bounds(weeks: int, **more: object) -> Limits:
        given = well(surgery_weeks=weeks, clinician_cleared="yes", **more)
        return limits(screen(given), given, today_of(given, settings=EVERYWHERE, week=9))

    for stretch in load().stretches.values():
        late = judge(stretch, bounds(13))
        early = judge(stretch, bounds(12, recent_spine_surgery="yes"))
        if isinstance(late, Allowance):
            assert late.arc_percent_max <= 50
            assert "Do not twist your back to its end." in late.changes
        if isinstance(early, Allowance):
            assert isinstance(late, Allowance)
            assert early.arc_percent_max <= 25


def test_who_was_perhaps_operated_on_the_chest_stays_at_the_start_dose() -> None:
    given = well(surgery_weeks=8, clinician_cleared="yes")
    bounds = limits(screen(given), given, today_of(given, settings=EVERYWHERE, week=9))

    assert bounds.start_dose


@pytest.mark.parametrize("stretch", ["thread_the_needle", "towel_roll_thoracic_extension"])
def test_strong_pain_of_today_leaves_out_the_same_whether_answered_or_asked_just_now(stretch: str) -> None:
    given, strong = well(), well(nprs_rest=5)
    now = limits(screen(given), given, today_of(given, settings=EVERYWHERE, pain_now=5))
    answered = limits(screen(strong), strong, today_of(strong, settings=EVERYWHERE))
    gone = replace(answered, today=replace(answered.today, pain_now=4))

    assert isinstance(judge(load().stretch(stretch), now), Refusal)
    assert isinstance(judge(load().stretch(stretch), answered), Refusal)
    assert isinstance(judge(load().stretch(stretch), gone), Allowance)


def test_who_stands_firm_and_has_sound_bones_still_gets_what_others_may_fall_from() -> None:
    out = left_out(age=74)

    assert not {"standing_quadriceps", "standing_hip_flexor", "standing_back_extension"} & set(out)
    assert "sphinx" not in left_out(inflammatory_back_pain="yes")
    assert "sphinx" not in left_out(aaa_known="no")
    assert "prone_press_up" not in left_out(age=72, extension_effect="better")
    assert "cat_camel" not in left_out(vertigo_or_dizziness="yes", setting="floor")


def test_long_steroid_tablets_bring_the_forms_and_the_net_of_thin_bones() -> None:
    given = well(steroid_long_term="yes")
    found = screen(given)
    press_up = judge(load().stretch("prone_press_up"), limits(found, given, today_of(given, settings=EVERYWHERE)))

    assert isinstance(press_up, Allowance)
    assert "Forearm (sphinx) height only." in press_up.changes
    assert press_up.arc_percent_max <= 50
    assert "New sudden back pain, even after a cough or a small lift" in found.say
