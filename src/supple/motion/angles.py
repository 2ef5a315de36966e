"""The angles that make a pose: clinical joint angles in degrees, by the names of goniometry.

Neutral standing is zero everywhere (neutral-zero method, AAOS 1965): upright, arms hanging, palms to the thighs, feet
forwards. Limits: one axis per finger, no sliding of joint surfaces, and the spine bends in three regions, not at 24
vertebrae. The highest and lowest values are what the figure may be asked for, a little wider than the normal ranges of
Norkin & White 2016; what a stretch asks for stands in its catalogue entry.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

SIDES = ("left", "right")


class AngleError(ValueError):
    """An angle that no joint here has, or one outside what the figure can show."""


@dataclass(frozen=True)
class Angle:
    """One angle: how far it may go in degrees, and how far the solver may move it to keep a contact (ours)."""

    lowest: float
    highest: float
    give: float


MIDDLE: Mapping[str, Angle] = MappingProxyType(
    {
        "pelvis_turn": Angle(-180, 180, 4),  # to the left, about the vertical
        "pelvis_tilt": Angle(-180, 180, 4),  # forwards; -90 lies on the back, 90 on the front
        "pelvis_roll": Angle(-120, 120, 4),  # to the left; 90 lies on the left side
        "lumbar_flexion": Angle(-40, 70, 4),
        "lumbar_side_bend": Angle(-30, 30, 3),  # to the left
        "lumbar_rotation": Angle(-20, 20, 3),  # to the left
        "thoracic_flexion": Angle(-30, 50, 4),
        "thoracic_side_bend": Angle(-35, 35, 3),
        "thoracic_rotation": Angle(-45, 45, 3),
        "neck_flexion": Angle(-70, 60, 6),
        "neck_side_bend": Angle(-45, 45, 4),
        "neck_rotation": Angle(-80, 80, 4),
        "neck_retraction": Angle(-20, 25, 3),
    }
)
SIDED: Mapping[str, Angle] = MappingProxyType(
    {
        "scapula_elevation": Angle(-10, 40, 4),
        "scapula_protraction": Angle(-25, 30, 4),
        "shoulder_flexion": Angle(-70, 185, 10),
        "shoulder_abduction": Angle(-140, 185, 7),
        "shoulder_rotation": Angle(-100, 110, 9),  # external
        "elbow_flexion": Angle(-5, 155, 8),
        "forearm_pronation": Angle(-95, 95, 14),
        "wrist_flexion": Angle(-95, 90, 18),
        "wrist_deviation": Angle(-40, 30, 10),  # towards the thumb
        "finger_flexion": Angle(-15, 95, 4),
        "thumb_flexion": Angle(-30, 60, 4),
        "hip_flexion": Angle(-35, 150, 9),
        "hip_abduction": Angle(-45, 85, 6),
        "hip_rotation": Angle(-60, 115, 8),  # external
        "knee_flexion": Angle(-5, 165, 7),
        "ankle_dorsiflexion": Angle(-60, 40, 8),
        "ankle_inversion": Angle(-25, 40, 6),
        "toe_extension": Angle(-30, 80, 6),
    }
)
ANGLES: Mapping[str, Angle] = MappingProxyType(
    dict(MIDDLE) | {f"{name}_{side}": angle for side in SIDES for name, angle in SIDED.items()}
)
NAMES = tuple(ANGLES)
TURNING = (
    "pelvis_turn",
    "pelvis_roll",
    *(f"{part}_{way}" for part in ("lumbar", "thoracic", "neck") for way in ("side_bend", "rotation")),
)


def mirrored(angles: Mapping[str, float]) -> dict[str, float]:
    """The same pose with left and right exchanged.

    >>> mirrored({"knee_flexion_left": 90, "neck_rotation": 20, "pelvis_tilt": 5})
    {'knee_flexion_right': 90, 'neck_rotation': -20, 'pelvis_tilt': 5}
    """
    return {_other_side(name): -value if name in TURNING else value for name, value in angles.items()}


def checked(angles: Mapping[str, float]) -> dict[str, float]:
    """The same angles; raises AngleError for one that does not exist or goes too far."""
    for name, value in angles.items():
        angle = ANGLES.get(name)
        if angle is None:
            raise AngleError(f"angle {name!r} does not exist; take one of {', '.join((*MIDDLE, *SIDED))}.")
        if not angle.lowest <= value <= angle.highest:
            raise AngleError(f"{name} = {value:g} is not within {angle.lowest:g} to {angle.highest:g} degrees.")
    return dict(angles)


def _other_side(name: str) -> str:
    stem, _, side = name.rpartition("_")
    return {"left": f"{stem}_right", "right": f"{stem}_left"}.get(side, name)
