"""What a solved pose measures: the angles a camera would read from its joints, beside what the catalogue says of them.

Joints are projected on the plane of the catalogue's view, as BlazePose's landmarks would be (Bazarevsky 2020); an
interior angle is 180 degrees when straight, and a hip beyond 180 has the thigh behind the trunk. Limits: what lies out
of the camera's plane is measured in space; head, spine and foot-sole measures are not read from joints.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from supple.anatomy import Position
from supple.catalogue import Stretch
from supple.catalogue.words import CameraView
from supple.figure.skeleton import Floats, Poses, Skeleton

JOINTS = {
    "shoulder": "upperarm01",
    "elbow": "lowerarm01",
    "wrist": "wrist",
    "hip": "upperleg01",
    "knee": "lowerleg01",
    "ankle": "foot",
}
SIDES = {"target": ("L",), "other": ("R",), "both": ("L", "R"), "spine": ("L", "R")}
ACROSS = {CameraView.SIDE: 0, CameraView.FRONT: 2, CameraView.BACK: 2}  # the axis that the camera looks along


@dataclass(frozen=True)
class Reading:
    """One measure: what the pose shows (degrees, the side farthest off), and what the catalogue allows."""

    measure: str
    degrees: float
    low: float
    high: float

    @property
    def holds(self) -> bool:
        """Whether it is within the catalogue's range and tolerance."""
        return self.low <= self.degrees <= self.high


def readings(stretch: Stretch, skeleton: Skeleton, posed: Poses) -> Iterator[Reading]:
    """Every measure of the catalogue that joints can tell, for the first of `posed`."""
    for measure in stretch.camera.measures:
        names = measure.landmarks.split("-")
        if len(names) != 3 or any(name not in JOINTS for name in names):
            continue
        low, high = measure.camera_angle_deg
        low, high = low - measure.tolerance_deg, high + measure.tolerance_deg
        side = measure.measure.rpartition("_")[2]
        axis = _axis(stretch, measure.measure)
        found = [_angle(names, mark, skeleton, posed, axis) for mark in SIDES.get(side, ("L",))]
        worst = max(found, key=lambda degrees: max(low - degrees, degrees - high))
        yield Reading(measure.measure, worst, low, high)


def _axis(stretch: Stretch, measure: str) -> int | None:
    """The axis along which the camera looks; None where the angle is taken in space.

    A sagittal measure in a frontal view, or the other way round, is out of the camera's plane: it can only be told from
    landmarks in space (camera review 1.1, rated weak). So can every measure of a body that lies on its side, whose
    sagittal plane is level.
    """
    if stretch.start_position is Position.SIDE_LYING:
        return None
    sagittal = any(word in measure for word in ("flexion", "extension")) and "elbow" not in measure
    if sagittal is (stretch.camera.view is CameraView.SIDE) or "elbow" in measure:
        return ACROSS.get(stretch.camera.view)
    return None


def _angle(names: list[str], mark: str, skeleton: Skeleton, posed: Poses, axis: int | None) -> float:
    index = {bone: i for i, bone in enumerate(skeleton.bones)}
    first, middle, last = (posed.places[0, index[f"{JOINTS[name]}.{mark}"]] for name in names)
    one, other = first - middle, last - middle
    if axis is not None:
        one, other = np.delete(one, axis), np.delete(other, axis)
    cosine = one @ other / (np.linalg.norm(one) * np.linalg.norm(other))
    degrees = float(np.degrees(np.arccos(np.clip(cosine, -1, 1))))
    behind = names == ["shoulder", "hip", "knee"] and _behind(posed, index, mark, first - middle, last - middle)
    return 360 - degrees if behind else degrees


def _behind(posed: Poses, index: dict[str, int], mark: str, trunk: Floats, thigh: Floats) -> bool:
    """Whether the thigh points behind the line of the trunk, as the pelvis faces."""
    front = posed.rotations[0, index["root"]] @ np.array([0.0, 0.0, 1.0])
    up = trunk / np.linalg.norm(trunk)
    ahead = front - up * (front @ up)
    return bool(thigh @ ahead < 0)
