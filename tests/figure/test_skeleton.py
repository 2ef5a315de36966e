"""Clinical angles turn the right bones the right way: neutral standing is zero, and each angle moves what it names."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supple.figure.body import load
from supple.figure.skeleton import Floats, poses, skeleton, turn, twist, vector
from supple.motion import mirrored

BODY = load("woman")
SKELETON = skeleton(BODY)
INDEX = {bone: i for i, bone in enumerate(SKELETON.bones)}
PELVIS = np.array([0.0, 1.0, 0.0])


def joints(**angles: float) -> dict[str, Floats]:
    """Where each bone begins, in metres."""
    found = poses(SKELETON, vector(angles), PELVIS)
    return {bone: found.places[0, i] for bone, i in INDEX.items()}


def along(found: dict[str, Floats], near: str, far: str) -> Floats:
    direction: Floats = found[far] - found[near]
    unit: Floats = direction / np.linalg.norm(direction)
    return unit


def test_standing_is_neutral_with_hanging_arms_and_straight_legs() -> None:
    standing = joints()

    for near, far in (("upperarm01.L", "wrist.L"), ("upperleg01.L", "foot.L"), ("upperarm01.R", "wrist.R")):
        assert along(standing, near, far) == pytest.approx([0, -1, 0], abs=0.03)
    assert along(standing, "foot.L", "toe1-1.L")[2] > 0.7


@pytest.mark.parametrize(
    ("angles", "near", "far", "towards"),
    [
        ({"hip_flexion_left": 90}, "upperleg01.L", "lowerleg01.L", [0, 0, 1]),
        ({"hip_abduction_left": 60}, "upperleg01.L", "lowerleg01.L", [0.87, -0.5, 0]),
        ({"hip_abduction_right": 60}, "upperleg01.R", "lowerleg01.R", [-0.87, -0.5, 0]),
        ({"knee_flexion_left": 90}, "lowerleg01.L", "foot.L", [0, 0, -1]),
        ({"shoulder_flexion_left": 90}, "upperarm01.L", "lowerarm01.L", [0, 0, 1]),
        ({"shoulder_abduction_left": 90}, "upperarm01.L", "lowerarm01.L", [1, 0, 0]),
        ({"shoulder_abduction_right": 90}, "upperarm01.R", "lowerarm01.R", [-1, 0, 0]),
        ({"elbow_flexion_left": 90}, "lowerarm01.L", "wrist.L", [0, 0, 1]),
        ({"elbow_flexion_left": 90, "shoulder_rotation_left": 90}, "lowerarm01.L", "wrist.L", [1, 0, 0]),
        ({"pelvis_tilt": 90}, "upperleg01.L", "lowerleg01.L", [0, 0, -1]),
        ({"pelvis_tilt": -90}, "upperleg01.L", "lowerleg01.L", [0, 0, 1]),
    ],
    ids=str,
)
def test_an_angle_moves_what_it_names(angles: dict[str, float], near: str, far: str, towards: list[float]) -> None:
    assert along(joints(**angles), near, far) == pytest.approx(towards, abs=0.06)


def test_bending_forwards_shares_the_way_over_the_spine() -> None:
    bent = poses(SKELETON, vector({"lumbar_flexion": 40, "thoracic_flexion": 20}), PELVIS).rotations[0]

    for bone, degrees in (("spine05", 10), ("spine04", 26), ("spine03", 40), ("spine02", 50), ("spine01", 60)):
        assert bent[INDEX[bone]] @ [0, 1, 0] == pytest.approx(
            [0, np.cos(np.radians(degrees)), np.sin(np.radians(degrees))]
        )


@settings(max_examples=30)
@given(
    st.fixed_dictionaries(
        {},
        optional={
            "hip_flexion_left": st.floats(-20, 120),
            "shoulder_abduction_right": st.floats(0, 150),
            "lumbar_rotation": st.floats(-15, 15),
            "pelvis_roll": st.floats(-90, 90),
            "elbow_flexion_left": st.floats(0, 140),
            "forearm_pronation_right": st.floats(-80, 80),
        },
    )
)
def test_a_mirrored_pose_is_the_mirror_image(angles: dict[str, float]) -> None:
    one = poses(SKELETON, vector(angles), PELVIS).places[0]
    other = poses(SKELETON, vector(mirrored(angles)), PELVIS).places[0]

    for bone, i in INDEX.items():
        twin = INDEX[{".L": bone[:-1] + "R", ".R": bone[:-1] + "L"}.get(bone[-2:], bone)]
        assert other[twin] == pytest.approx(one[i] * [-1, 1, 1], abs=2e-3)


@given(st.lists(st.floats(-1, 1), min_size=3, max_size=3), st.floats(-2, 2))
def test_swing_and_twist_make_up_the_whole(axis: list[float], angle: float) -> None:
    unit = np.array([0.0, 1.0, 0.0])
    swing = np.array([[axis[0], 0.0, axis[2]]])
    whole = turn(swing) @ turn(np.array([[0.0, angle, 0.0]]))

    found = twist(whole, unit, 1.0)[0]

    assert found == pytest.approx(turn(np.array([[0.0, angle, 0.0]]))[0], abs=1e-6)
