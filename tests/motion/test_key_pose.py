"""Key poses in clinical words become angles, sides are mirrored, and what no joint can do is refused by name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supple.motion import ANGLES, AngleError, Grip, KeyPose, Touch, mirrored
from supple.motion.key_pose import parts

WITHIN = {name: st.floats(angle.lowest, angle.highest) for name, angle in ANGLES.items()}


def test_target_is_the_left_and_other_the_right() -> None:
    pose = KeyPose(both={"knee_flexion": 90}, target={"hip_flexion": 100}, other={"hip_flexion": 40})

    assert pose.angles() == {
        "knee_flexion_left": 90,
        "knee_flexion_right": 90,
        "hip_flexion_left": 100,
        "hip_flexion_right": 40,
    }


def test_a_pose_takes_from_its_base_what_it_does_not_say() -> None:
    base = KeyPose({"pelvis_tilt": 90}, {"hip_flexion": 90}, touches=(Touch("hand_both"), Touch("knee_both")))
    pose = KeyPose(target={"hip_flexion": 20}, lets_go=("hand_both",), grips=(Grip("palm_both", "shin_target"),))

    whole = pose.on(base)

    assert whole.angles() == {"pelvis_tilt": 90, "hip_flexion_left": 20, "hip_flexion_right": 90}
    assert whole.touches == (Touch("knee_both"),)
    assert whole.grips == pose.grips


def test_what_both_sides_do_takes_the_place_of_what_one_side_did() -> None:
    base = KeyPose(target={"knee_flexion": 10})

    assert KeyPose(both={"knee_flexion": 90}).on(base).angles()["knee_flexion_left"] == 90


@pytest.mark.parametrize(
    ("pose", "said"),
    [
        (KeyPose(middle={"knee_flexion": 9}), "angle 'knee_flexion' does not exist here"),
        (KeyPose(both={"pelvis_tilt": 9}), "angle 'pelvis_tilt' does not exist here"),
        (KeyPose(both={"knee_flexion": 170}), "knee_flexion_left = 170 is not within -5 to 165"),
    ],
)
def test_what_no_joint_can_do_is_refused_by_name(pose: KeyPose, said: str) -> None:
    with pytest.raises(AngleError, match=said):
        pose.angles()


@given(st.fixed_dictionaries({}, optional=WITHIN))
def test_the_mirror_of_a_mirror_is_the_pose_itself(angles: dict[str, float]) -> None:
    assert mirrored(mirrored(angles)) == angles


def test_a_part_on_both_sides_is_two_parts() -> None:
    assert list(parts("hand_both")) == ["hand_left", "hand_right"]
