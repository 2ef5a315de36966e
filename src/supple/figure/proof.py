"""What a solved pose measures: the angles a camera would read from its joints, beside what the catalogue says of them.

Joints are projected on the plane of the catalogue's view, as BlazePose's landmarks would be (Bazarevsky 2020); an
interior angle is 180 degrees when straight, and a hip beyond 180 has the thigh behind the trunk. Limits: what lies out
of the camera's plane is measured in space; head, spine and foot-sole measures are not read from joints.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

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
TRUNK_TO_THIGH = ("shoulder", "hip", "knee")
SIDES = {"target": ("L",), "other": ("R",), "both": ("L", "R"), "spine": ("L", "R")}
ACROSS = {CameraView.SIDE: 0, CameraView.FRONT: 2, CameraView.BACK: 2}  # the axis that the camera looks along


@dataclass(frozen=True)
class Measure:
    """An interior angle that a camera would read: at the middle of three joints, on which sides, seen along `axis`.

    `axis` is 0 (x) or 2 (z), or None for an angle in space; `low` and `high` are degrees, the tolerance included.
    """

    name: str
    joints: tuple[str, str, str]
    marks: tuple[str, ...]
    axis: int | None
    low: float
    high: float


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


@cache
def measures(stretch: Stretch) -> tuple[Measure, ...]:
    """Every measure of the catalogue that joints can tell."""
    found = []
    for measure in stretch.camera.measures:
        first, middle, last, *more = *measure.landmarks.split("-"), "", "", ""
        if first not in JOINTS or middle not in JOINTS or last not in JOINTS or any(more):
            continue
        low, high = measure.camera_angle_deg
        marks = SIDES.get(measure.measure.rpartition("_")[2], ("L",))
        axis = _axis(stretch, measure.measure)
        low, high = low - measure.tolerance_deg, high + measure.tolerance_deg
        found.append(Measure(measure.measure, (first, middle, last), marks, axis, low, high))
    return tuple(found)


def readings(stretch: Stretch, skeleton: Skeleton, posed: Poses) -> Iterator[Reading]:
    """Every measure of the catalogue that joints can tell, for the first of `posed`."""
    for measure in measures(stretch):
        found = [float(degrees(measure, mark, skeleton, posed)[0]) for mark in measure.marks]
        worst = max(found, key=lambda shown: max(measure.low - shown, shown - measure.high))
        yield Reading(measure.name, worst, measure.low, measure.high)


def degrees(measure: Measure, mark: str, skeleton: Skeleton, posed: Poses) -> Floats:
    """What each of the poses shows of a measure on the side `mark`, L or R."""
    first, middle, last = (posed.places[:, _bone(skeleton, f"{JOINTS[name]}.{mark}")] for name in measure.joints)
    one, other = first - middle, last - middle
    behind = _behind(skeleton, posed, one, other) if measure.joints == TRUNK_TO_THIGH else np.zeros(len(one), bool)
    if measure.axis is not None:
        one, other = np.delete(one, measure.axis, axis=1), np.delete(other, measure.axis, axis=1)
    cosine = (one * other).sum(1) / (np.linalg.norm(one, axis=1) * np.linalg.norm(other, axis=1))
    shown = np.degrees(np.arccos(np.clip(cosine, -1, 1)))
    found: Floats = np.where(behind, 360 - shown, shown)
    return found


def _bone(skeleton: Skeleton, name: str) -> int:
    return skeleton.bones.index(name)


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


def _behind(skeleton: Skeleton, posed: Poses, trunk: Floats, thigh: Floats) -> NDArray[np.bool_]:
    """Whether the thigh points behind the line of the trunk, as the pelvis faces."""
    front = posed.rotations[:, _bone(skeleton, "root")] @ np.array([0.0, 0.0, 1.0])
    up = trunk / np.linalg.norm(trunk, axis=1, keepdims=True)
    ahead = front - up * (front * up).sum(1, keepdims=True)
    return np.asarray((thigh * ahead).sum(1) < 0)
