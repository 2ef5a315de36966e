"""Where each muscle group lies on the figure: soft masks from simple fields along the bones.

The outlines follow surface anatomy as drawn in atlases, but no anatomist has checked them. Each mask is made for the
left half from places mirrored to the left, so both sides are alike.
"""

from dataclasses import dataclass

import numpy as np

from supple.anatomy import MuscleGroup
from supple.figure.makehuman.data import Floats
from supple.figure.makehuman.rig import Rig, mirrored_bone


def masks(points: Floats, weights: Floats, rig: Rig) -> dict[MuscleGroup, Floats]:
    """For each group how far each vertex belongs to it, 0..1."""
    half = _left_half(points, weights, rig)
    found = {
        MuscleGroup.NECK: _neck(half),
        MuscleGroup.UPPER_BACK: _upper_back(half),
        MuscleGroup.SHOULDERS: _shoulders(half),
        MuscleGroup.ARMS: _arms(half),
        MuscleGroup.CHEST: _chest(half),
        MuscleGroup.LATS: _lats(half),
        MuscleGroup.BACK_EXTENSORS: _back_extensors(half),
        MuscleGroup.ABDOMINALS: _abdominals(half),
        MuscleGroup.HIP_FLEXORS: _hip_flexors(half),
        MuscleGroup.QUADRICEPS: _quadriceps(half),
        MuscleGroup.OUTER_HIP: _outer_hip(half),
        MuscleGroup.BUTTOCK: _buttock(half),
        MuscleGroup.HAMSTRINGS: _hamstrings(half),
        MuscleGroup.ADDUCTORS: _adductors(half),
        MuscleGroup.CALVES: _calves(half),
    }
    return {group: np.clip(mask, 0, 1) for group, mask in found.items()}


def between(value: Floats, low: float, high: float, soft: float) -> Floats:
    """1 inside low..high, falling to 0 within `soft` outside.

    >>> between(np.array([0.0, 0.5, 1.05]), 0.0, 1.0, 0.1).round(2).tolist()
    [1.0, 1.0, 0.5]
    """
    ramp = np.clip(np.minimum(value - low, high - value) / soft + 1, 0, 1)
    smooth: Floats = ramp * ramp * (3 - 2 * ramp)
    return smooth


@dataclass(frozen=True, eq=False)
class _Half:
    """Every vertex seen as if it lay on the left; x is how far from the middle plane, y up, z to the front."""

    x: Floats
    y: Floats
    z: Floats
    weights: Floats
    rig: Rig

    def head(self, bone: str) -> Floats:
        return self.rig.head(bone)

    def share(self, *prefixes: str) -> Floats:
        return self.rig.share(self.weights, *prefixes)

    def limb(self, start: str, end: str) -> tuple[Floats, Floats, Floats]:
        """Along a limb (0 at its start, 1 at its end), and how far in metres to the front and to the outside of it."""
        a, b = self.head(start), self.head(end)
        points = np.stack([self.x, self.y, self.z], 1)
        along = (points - a) @ (b - a) / ((b - a) @ (b - a))
        off = points - (a + along[:, None] * (b - a))
        return along, off[:, 2], off[:, 0]

    @property
    def arm(self) -> Floats:
        return self.share("upperarm", "lowerarm", "wrist", "metacarpal", "finger")

    @property
    def leg(self) -> Floats:
        return self.share("upperleg", "lowerleg", "foot", "toe")

    @property
    def torso(self) -> Floats:
        """1 on the trunk, 0 on arms, legs, neck and head."""
        trunk: Floats = np.clip(1.5 - 1.5 * self.arm - self.leg - self.share("neck", "head"), 0, 1)
        return trunk

    def back(self, at_m: float = 0.0) -> Floats:
        """1 behind the middle of the trunk."""
        middle = np.interp(self.y, *self._spine)
        return between(middle + at_m - self.z, 0, 9, 0.04)

    def front(self, at_m: float = 0.0) -> Floats:
        """1 before the middle of the trunk."""
        middle = np.interp(self.y, *self._spine)
        return between(self.z - middle - at_m, 0, 9, 0.04)

    @property
    def _spine(self) -> tuple[Floats, Floats]:
        """Height and depth of the middle of the trunk, between skin of front and back."""
        bones = ("root", "spine05", "spine04", "spine03", "spine02", "spine01", "neck01")
        heights = np.array([self.head(bone)[1] for bone in bones])
        trunk = (self.arm + self.leg < 0.3) & (self.x < 0.1)
        depth = [_middle(self.z[trunk & (np.abs(self.y - height) < 0.03)]) for height in heights]
        return heights, np.array(depth)


def _middle(depths: Floats) -> float:
    return float((depths.min() + depths.max()) / 2) if len(depths) else 0.0


def _left_half(points: Floats, weights: Floats, rig: Rig) -> _Half:
    swapped = [rig.bones.index(mirrored_bone(bone)) for bone in rig.bones]
    right = points[:, 0] < 0
    turned = np.where(right[:, None], weights[:, swapped], weights)
    return _Half(np.abs(points[:, 0]), points[:, 1], points[:, 2], turned, rig)


def _neck(half: _Half) -> Floats:
    """Sides and back of the neck, and the descending trapezius to the shoulder's top."""
    low, top = half.head("neck01"), half.head("head")
    column = half.share("neck") * between(half.y, low[1] - 0.01, top[1] + 0.025, 0.02)
    throat = 1 - between(half.x, -1, 0.02, 0.02) * (half.z > low[2] + 0.02)
    slope = low[1] + 0.03 - 0.42 * half.x
    ridge = between(half.y - slope, -0.035, 0.2, 0.025) * between(half.x, 0, 0.115, 0.03)
    ridge *= half.torso * between(half.z, -1, low[2] + 0.035, 0.02)
    both: Floats = np.maximum(column * throat, ridge)
    return both


def _upper_back(half: _Half) -> Floats:
    """Between the shoulder blades: middle and lower trapezius, rhomboids."""
    top, low = half.head("neck01")[1] - 0.045, half.head("spine03")[1] + 0.02
    share = np.clip((half.y - low) / (top - low), 0, 1)
    wide = 0.03 + 0.10 * share
    return between(half.y, low, top, 0.03) * between(half.x - wide, -1, 0, 0.03) * half.back(-0.01) * half.torso


def _shoulders(half: _Half) -> Floats:
    """Deltoid over the shoulder, and the shoulder blade's back below its spine."""
    joint = half.head("upperarm01.L")
    along, _, _ = half.limb("upperarm01.L", "lowerarm01.L")
    away = np.sqrt((half.x - joint[0]) ** 2 + (half.y - joint[1]) ** 2 + (half.z - joint[2]) ** 2)
    cap = between(along, -0.25, 0.48, 0.15) * between(away, 0, 0.125, 0.03)
    cap *= between(half.y - (joint[1] - 0.55 * (half.x - joint[0] + 0.03)), -0.035, 1, 0.03)
    cap *= between(half.x, joint[0] - 0.035, 1, 0.02)
    blade = between(half.y - joint[1], -0.10, 0.0, 0.03) * between(half.x, joint[0] - 0.09, joint[0], 0.02)
    return np.maximum(cap, 0.9 * blade * half.back(-0.05) * half.torso)


def _arms(half: _Half) -> Floats:
    """Upper arm below the deltoid, and the fleshy part of the forearm."""
    upper, _, _ = half.limb("upperarm01.L", "lowerarm01.L")
    fore, _, _ = half.limb("lowerarm01.L", "wrist.L")
    on_upper = half.share("upperarm") * between(upper, 0.42, 0.93, 0.1)
    on_fore = half.share("lowerarm") * between(fore, 0.1, 0.72, 0.12)
    return np.clip(np.maximum(on_upper, on_fore) * 1.3, 0, 1)


def _chest(half: _Half) -> Floats:
    """Pectorals, from breastbone and collarbone to the front of the armpit."""
    joint = half.head("upperarm01.L")
    across, height = half.x - 0.52 * joint[0], half.y - joint[1] + 0.055 - 0.35 * (half.x - 0.5 * joint[0])
    oval = (np.abs(across / (0.58 * joint[0])) ** 3 + np.abs(height / 0.098) ** 3) ** (1 / 3)
    inside = between(oval, 0, 0.85, 0.35) * between(half.x, 0.004, 1, 0.01)
    return inside * half.front(0.015) * np.clip(1.6 - 1.6 * half.arm, 0, 1)


def _lats(half: _Half) -> Floats:
    """From the armpit's back wall down the side of the back to the waist."""
    joint, waist = half.head("upperarm01.L"), half.head("spine05")[1] + 0.04
    top = joint[1] - 0.075
    share = np.clip((half.y - waist) / (top - waist), 0, 1)
    inner = 0.045 + 0.055 * share
    inside = between(half.y, waist, top, 0.035) * between(half.x - inner, 0, 1, 0.025)
    return inside * half.back(0.015) * half.torso


def _back_extensors(half: _Half) -> Floats:
    """Two columns beside the spine, from the sacrum to between the shoulder blades."""
    low, high = half.head("root")[1] + 0.01, half.head("spine02")[1] + 0.06
    inside = between(half.y, low, high, 0.05) * between(half.x, 0.012, 0.056, 0.022)
    return inside * half.back(-0.03) * half.torso


def _abdominals(half: _Half) -> Floats:
    """Front and sides of the belly, from the ribs to above the groin."""
    low, high = half.head("root")[1] - 0.0, half.head("spine02")[1] - 0.02
    groin = low + 0.25 * np.clip(half.x - 0.03, 0, 1)
    inside = between(np.minimum(half.y - groin, high - half.y), 0, 1, 0.035)
    return inside * half.front(-0.01) * half.torso


def _hip_flexors(half: _Half) -> Floats:
    """The fold of the groin and a hand's breadth below and above."""
    joint = half.head("upperleg01.L")
    slope = half.y - joint[1] - 0.01 - 0.8 * (half.x - joint[0])
    oval = np.hypot((half.x - joint[0] - 0.005) / 0.085, slope / 0.105)
    inside = between(oval, 0, 0.7, 0.5)
    return inside * between(half.z - joint[2], 0.02, 1, 0.03) * (1 - np.clip(half.arm, 0, 1))


def _thigh(half: _Half, top: float, end: float) -> tuple[Floats, Floats, Floats]:
    along, front, out = half.limb("upperleg01.L", "lowerleg01.L")
    reach = between(along, top, end, 0.09) * np.clip(half.share("upperleg", "lowerleg") * 1.5, 0, 1)
    return reach, front, out


def _quadriceps(half: _Half) -> Floats:
    """Front of the thigh, from below the groin to the kneecap."""
    reach, front, out = _thigh(half, 0.2, 0.93)
    return reach * between(np.degrees(np.arctan2(np.abs(out + 0.005), front)), -1, 52, 22)


def _hamstrings(half: _Half) -> Floats:
    """Back of the thigh, from the fold of the buttock to the hollow of the knee."""
    reach, front, out = _thigh(half, 0.27, 0.94)
    return reach * between(np.degrees(np.arctan2(np.abs(out), -front)), -1, 52, 22)


def _adductors(half: _Half) -> Floats:
    """Inside of the thigh, from a hand's breadth below the crotch, which stays bare."""
    reach, front, out = _thigh(half, 0.34, 0.76)
    return reach * between(np.degrees(np.arctan2(np.abs(front), -out)), -1, 42, 22)


def _outer_hip(half: _Half) -> Floats:
    """Side of the hip: gluteus medius and tensor, from the iliac crest to the thigh bone's knob."""
    joint = half.head("upperleg01.L")
    inside = between(half.y - joint[1], -0.06, 0.115, 0.04) * (1 - np.clip(half.arm, 0, 1))
    facing = np.degrees(np.arctan2(np.abs(half.z - joint[2] + 0.01), half.x - joint[0] + 0.05))
    return inside * between(facing, -1, 38, 20)


def _buttock(half: _Half) -> Floats:
    """Gluteus maximus: from the sacrum to the fold below the buttock."""
    joint = half.head("upperleg01.L")
    oval = np.hypot((half.x - 0.55 * joint[0] - 0.012) / 0.088, (half.y - joint[1] - 0.005) / 0.098)
    inside = between(oval, 0, 0.85, 0.4) * between(half.x, 0.004, 1, 0.008)
    return inside * between(joint[2] - half.z, 0.035, 1, 0.03) * (1 - np.clip(half.arm, 0, 1))


def _calves(half: _Half) -> Floats:
    """Back of the shin, from below the knee to where the tendon begins and on to the heel, fading."""
    along, front, out = half.limb("lowerleg01.L", "foot.L")
    reach = between(along, 0.1, 0.62, 0.14) * half.share("lowerleg")
    return reach * between(np.degrees(np.arctan2(np.abs(out), -front)), -1, 65, 22)
