"""The joint motions of the catalogue in the angles of a pose: how far each joint goes, and how far it may.

A shoulder's flexion and abduction are told as its elevation, for an arm that is lifted between the two planes belongs
to neither. Turning and leaning count the same to both sides. Limits: horizontal abduction, what a shoulder turns,
gliding, and what is told of a segment against the room (trunk, shank) are not read from angles.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from supple.anatomy import JointMotion, JointSide
from supple.catalogue import Stretch
from supple.figure.skeleton import Floats
from supple.motion.angles import NAMES

Parts = tuple[tuple[str, int], ...]  # angles and their signs, added up
SIDED: Mapping[tuple[str, JointMotion], Parts] = {
    ("hip", JointMotion.FLEXION): (("hip_flexion", 1),),
    ("hip", JointMotion.EXTENSION): (("hip_flexion", -1),),
    ("hip", JointMotion.ABDUCTION): (("hip_abduction", 1),),
    ("hip", JointMotion.ADDUCTION): (("hip_abduction", -1),),
    ("hip", JointMotion.EXTERNAL_ROTATION): (("hip_rotation", 1),),
    ("hip", JointMotion.INTERNAL_ROTATION): (("hip_rotation", -1),),
    ("knee", JointMotion.FLEXION): (("knee_flexion", 1),),
    ("ankle", JointMotion.DORSIFLEXION): (("ankle_dorsiflexion", 1),),
    ("ankle", JointMotion.PLANTARFLEXION): (("ankle_dorsiflexion", -1),),
    ("elbow", JointMotion.FLEXION): (("elbow_flexion", 1),),
    ("wrist", JointMotion.FLEXION): (("wrist_flexion", 1),),
    ("wrist", JointMotion.EXTENSION): (("wrist_flexion", -1),),
    ("shoulder", JointMotion.EXTENSION): (("shoulder_flexion", -1),),
    ("shoulder", JointMotion.FLEXION): (("shoulder_flexion", 1), ("shoulder_abduction", 1)),
    ("shoulder", JointMotion.ABDUCTION): (("shoulder_flexion", 1), ("shoulder_abduction", 1)),
}
MIDDLE: Mapping[tuple[str, JointMotion], Parts] = {
    ("lumbar", JointMotion.FLEXION): (("lumbar_flexion", 1),),
    ("lumbar", JointMotion.EXTENSION): (("lumbar_flexion", -1),),
    ("lumbar", JointMotion.ROTATION): (("lumbar_rotation", 1),),
    ("thoracic", JointMotion.FLEXION): (("thoracic_flexion", 1),),
    ("thoracic", JointMotion.EXTENSION): (("thoracic_flexion", -1),),
    ("thorax", JointMotion.ROTATION): (("lumbar_rotation", 1), ("thoracic_rotation", 1)),
    ("trunk", JointMotion.SIDE_BEND): (("lumbar_side_bend", 1), ("thoracic_side_bend", 1)),
    ("neck", JointMotion.FLEXION): (("neck_flexion", 1),),
    ("neck", JointMotion.ROTATION): (("neck_rotation", 1),),
    ("neck", JointMotion.SIDE_BEND): (("neck_side_bend", 1),),
}
TO_EITHER_SIDE = (JointMotion.ROTATION, JointMotion.SIDE_BEND)
SIDES = {JointSide.TARGET: ("_left",), JointSide.OTHER: ("_right",), JointSide.BOTH: ("_left", "_right")}


@dataclass(frozen=True)
class Range:
    """How far a joint goes: `bend` names the catalogue's motion (`hip_flexion`), `low` and `high` are degrees."""

    bend: str
    side: str
    parts: Parts
    low: float
    high: float

    def shown(self, angles: Floats) -> Floats:
        """How far it goes in each pose, (k,) degrees of (k, angles) in the order of NAMES."""
        columns = np.stack([sign * angles[:, NAMES.index(name)] for name, sign in self.parts], axis=1)
        if self.parts[0][0].startswith("shoulder") and len(self.parts) == 2:
            elevation: Floats = np.linalg.norm(columns, axis=1)
            return elevation
        total: Floats = columns.sum(1)
        return np.abs(total) if self.bend.endswith(TO_EITHER_SIDE) else total


@cache
def ranges(stretch: Stretch) -> tuple[Range, ...]:
    """The joint motions of a stretch that the angles of a pose can tell."""
    found = []
    for bend in stretch.joint_motions:
        if bend.range_deg is None:
            continue
        low, high = bend.range_deg
        name = f"{bend.joint}_{bend.motion}"
        if parts := SIDED.get((str(bend.joint), bend.motion)):
            for side in SIDES.get(bend.side, ()):
                named = tuple((f"{angle}{side}", sign) for angle, sign in parts)
                found.append(Range(name, side.strip("_"), named, low, high))
        elif parts := MIDDLE.get((str(bend.joint), bend.motion)):
            found.append(Range(name, "", parts, low, high))
    return tuple(found)
