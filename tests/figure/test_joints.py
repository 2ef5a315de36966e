"""The catalogue's joint motions as the angles of a pose tell them."""

import numpy as np
import pytest

from supple.catalogue import load
from supple.figure.joints import Range, ranges
from supple.figure.skeleton import vector


def _shown(stretch: str, bend: str, side: str, **angles: float) -> float:
    found = next(each for each in ranges(load().stretch(stretch)) if (each.bend, each.side) == (bend, side))
    return float(found.shown(vector(angles)[None])[0])


@pytest.mark.parametrize(
    ("stretch", "bend", "side", "angles", "shown"),
    [
        ("single_knee_to_chest", "hip_flexion", "left", {"hip_flexion_left": 110}, 110),
        ("half_kneeling_hip_flexor", "hip_extension", "left", {"hip_flexion_left": -12}, 12),
        ("cat_camel", "lumbar_extension", "", {"lumbar_flexion": -9}, 9),
        ("knee_rocks", "lumbar_rotation", "", {"lumbar_rotation": -8}, 8),
        ("upper_trapezius_side_bend", "neck_side_bend", "", {"neck_side_bend": -30}, 30),
        ("seated_thoracic_rotation", "thorax_rotation", "", {"lumbar_rotation": 6, "thoracic_rotation": 30}, 36),
    ],
)
def test_a_joint_motion_is_read_in_its_own_direction(
    stretch: str, bend: str, side: str, angles: dict[str, float], shown: float
) -> None:
    assert _shown(stretch, bend, side, **angles) == pytest.approx(shown)


def test_an_arm_lifted_between_the_planes_counts_by_its_elevation() -> None:
    straight = _shown("desk_lean", "shoulder_flexion", "left", shoulder_flexion_left=150)
    between = _shown("desk_lean", "shoulder_flexion", "left", shoulder_flexion_left=120, shoulder_abduction_left=90)

    assert straight == between == pytest.approx(150)


def test_every_range_is_of_a_catalogue_entry_and_of_angles_that_exist() -> None:
    for stretch in load().stretches.values():
        for found in ranges(stretch):
            assert isinstance(found, Range)
            assert found.bend in {f"{bend.joint}_{bend.motion}" for bend in stretch.joint_motions}
            assert np.isfinite(found.shown(vector({})[None])).all()
