"""After tingling, numbness or spreading pain nothing is left that loads in the same way what has just hurt."""

from dataclasses import replace
from functools import cache

import pytest

from supple.anatomy import Setting, Side
from supple.catalogue import Stretch, load
from supple.planner import Plan, SoFar, rest_of
from supple.planner.history import Done
from supple.safety.nerve import ends_session, is_nerve, left_out, spare
from supple.safety.traffic_light import Quality, colour
from supple.safety.words import SpinePart
from tests.people import EVENING, planned, vignette
from tests.planner.checker import STRETCHES, plain_rest, shares

NERVES = [Quality.TINGLING_OR_NUMB, Quality.SPREADING]
ARM = {"neck", "upper_back", "shoulders", "chest", "arms"}
HELD_FAR = {
    "overhead_arm",
    "shoulder_abduction_external_rotation_end_range",
    "shoulder_internal_rotation_end_range",
}
MOTIONS = ("flexion", "extension", "rotation", "side_bend")
every_stretch = pytest.mark.parametrize("stretch", load().stretches.values(), ids=lambda stretch: stretch.id)
every_nerve = pytest.mark.parametrize("quality", NERVES)
EVERYWHERE = (Setting.FLOOR, Setting.CHAIR_DESK, Setting.WALL, Setting.OPEN_SPACE, Setting.STEP, Setting.DOORWAY)


def scores(name: str, part: str) -> dict[str, int]:
    """The loads of a part of the spine, as the file has them."""
    return {motion: int(STRETCHES[name]["spine_load"][part][motion]) for motion in MOTIONS}


def loads_arm(name: str) -> bool:
    return bool(ARM & set(STRETCHES[name]["regions"])) or max(scores(name, "cervical").values()) > 0


def loads_leg(name: str) -> bool:
    return bool(set(STRETCHES[name]["regions"]) - ARM) or max(scores(name, "lumbar").values()) > 0


def moves(name: str, part: str, quality: Quality) -> set[str]:
    """The directions in which a stretch loads a part of the spine; a hold's smallest ones only where pain spread."""
    held = STRETCHES[name]["kind"] == "static_hold" and quality is not Quality.SPREADING
    return {motion for motion, score in scores(name, part).items() if score >= (2 if held else 1)}


def same_load(hurt: str, other: str, quality: Quality) -> list[str]:
    """In which ways `other` loads what hurt in `hurt`, read from the files a second time."""
    flags, found = set(STRETCHES[other]["flags"]), []
    for part, concerned in (("cervical", loads_arm(hurt)), ("lumbar", loads_leg(hurt))):
        if not concerned:
            continue
        theirs = {motion for motion, score in scores(other, part).items() if score}
        if moves(hurt, part, quality) & theirs:
            found.append(f"moves the {part} spine the same way")
        if quality is Quality.SPREADING and max(scores(other, part).values()) >= 2:
            found.append(f"is not neutral for the {part} spine")
        if {g for g, s in shares(hurt).items() if s == 1} & {g for g, s in shares(other).items() if s == 1}:
            found.append("works the same muscles")
    if loads_arm(hurt):
        held = STRETCHES[other]["kind"] == "static_hold" and (
            HELD_FAR & flags or "chest" in STRETCHES[other]["regions"]
        )
        if "neck_end_range" in flags or "shoulder_abduction_external_rotation_end_range" in flags or held:
            found.append("irritates an arm nerve")
    pulls = "neural_tension" in flags or "hamstrings" in STRETCHES[other]["regions"]
    if loads_leg(hurt) and (pulls or scores(other, "lumbar")["flexion"] >= 2):
        found.append("pulls on a leg nerve or bends deeply")
    return found


@every_nerve
@every_stretch
def test_nothing_is_left_that_loads_what_hurt_in_the_same_way(stretch: Stretch, quality: Quality) -> None:
    out = left_out(load(), stretch, quality)

    kept = [name for name in load().stretches if name not in out]
    assert {name: why for name in kept if (why := same_load(stretch.id, name, quality))} == {}
    assert stretch.id in out
    assert all(reason.endswith(".") and "today: nothing that" in reason for reason in out.values())


@every_nerve
@every_stretch
def test_the_rest_of_a_session_brings_nothing_of_the_same_load_in_its_place(stretch: Stretch, quality: Quality) -> None:
    made = whole_plan()
    done = (Done(stretch.id, EVENING, Side.NONE, 10),)
    so_far = SoFar(done, None, 900, dict(left_out(load(), stretch, quality)), Setting.FLOOR)

    rest = rest_of(load(), made, so_far)

    assert [step.stretch for step in rest.steps if same_load(stretch.id, step.stretch, quality)] == []


@cache
def whole_plan() -> Plan:
    return planned(replace(vignette("V07", 15, EVERYWHERE), at=EVENING))


@every_stretch
def test_every_stretch_loads_a_part_whose_nerves_may_answer(stretch: Stretch) -> None:
    assert loads_arm(stretch.id) or loads_leg(stretch.id)
    assert spare(stretch)


@every_nerve
@pytest.mark.parametrize("stretch", ["neck_rotation", "levator_scapulae", "wrist_forearm", "chin_tuck"])
def test_after_a_stretch_of_neck_or_arm_nobody_speaks_of_legs(stretch: str, quality: Quality) -> None:
    out = left_out(load(), load().stretch(stretch), quality)
    light = colour(2, 3, quality, load().stretch(stretch))

    assert "levator_scapulae" in out
    assert not any("leg" in reason.split() for reason in out.values())
    assert "leg" not in light.say.split()


def test_after_a_stretch_of_the_leg_the_leg_nerve_is_spared_in_words_too() -> None:
    light = colour(2, 3, Quality.TINGLING_OR_NUMB, load().stretch("supine_figure_four"))

    assert light == colour(2, 3, Quality.TINGLING_OR_NUMB)
    assert "pull on the leg nerve" in light.say


def test_pain_that_spread_while_lying_on_the_elbows_takes_all_arching_away() -> None:
    out = left_out(load(), load().stretch("sphinx"), Quality.SPREADING)

    assert {"prone_press_up", "knee_rocks", "standing_back_extension", "pelvic_tilt"} <= set(out)
    assert not {"constructive_rest", "side_lying_rest"} & set(out)


@every_nerve
@pytest.mark.parametrize("stretch", ["sphinx", "supine_figure_four", "cat_camel"])
def test_after_a_nerve_of_the_leg_no_leg_is_raised_straight(stretch: str, quality: Quality) -> None:
    raised = {"supine_hamstring_hands", "supine_hamstring_strap", "active_knee_extension_90_90", "desk_lean"}

    assert raised <= set(left_out(load(), load().stretch(stretch), quality))


@pytest.mark.parametrize("quality", [q for q in Quality if q not in (*NERVES, Quality.SHARP)])
def test_other_pains_leave_out_nothing_but_what_hurt(quality: Quality) -> None:
    assert not is_nerve(quality)
    assert left_out(load(), load().stretch("sphinx"), quality) == {}


@every_stretch
def test_sharp_pain_leaves_out_every_other_pull_on_the_same_muscles_and_no_more(stretch: Stretch) -> None:
    mine = {group for group, share in shares(stretch.id).items() if share == 1}
    same = {name for name in STRETCHES if mine & {group for group, share in shares(name).items() if share == 1}}

    assert set(left_out(load(), stretch, Quality.SHARP)) >= {stretch.id} | same
    assert all("same muscles" in why for why in left_out(load(), stretch, Quality.SHARP).values())


@pytest.mark.parametrize(
    ("qualities", "ends"),
    [
        ([], False),
        ([Quality.TINGLING_OR_NUMB], False),
        ([Quality.TINGLING_OR_NUMB, Quality.SHARP, Quality.ACHE], False),
        ([Quality.TINGLING_OR_NUMB, Quality.SPREADING], True),
        ([Quality.SPREADING, Quality.SHARP, Quality.SPREADING], True),
    ],
)
def test_the_second_time_a_nerve_answers_ends_the_session(qualities: list[Quality], ends: bool) -> None:
    said = ends_session(qualities)

    assert (said is not None) is ends
    assert said is None or "doctor or physiotherapist" in said


def test_what_rests_is_never_left_out_for_its_muscles() -> None:
    out = left_out(load(), load().stretch("cat_camel"), Quality.TINGLING_OR_NUMB)

    rests = {name for name in STRETCHES if plain_rest(name)}
    assert rests - {"seated_supported_rest"} <= set(load().stretches) - set(out)


def test_the_parts_are_those_of_the_spine_that_have_nerves_for_arm_and_leg() -> None:
    assert {part.value for part in SpinePart} == {"cervical", "lumbar"}


@pytest.mark.parametrize("quality", [Quality.SPREADING, Quality.TINGLING_OR_NUMB])
def test_after_an_arm_pulled_across_no_arm_is_pulled_across_in_another_form(quality: Quality) -> None:
    catalogue = load()

    out = left_out(catalogue, catalogue.stretch("cross_body_deltoid"), quality)

    assert {"self_hug_upper_back", "thread_the_needle"} <= set(out)
