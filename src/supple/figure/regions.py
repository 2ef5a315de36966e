"""Parts of the body's surface that touch things: palms, soles, knees, buttocks ... as sets of vertices.

Each is found on the rest mesh by which bones move it, which way it faces in the limb's own frame and where along the
limb it lies, so that every body has the same parts without a hand-made list.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from supple.figure.body import Body
from supple.figure.skeleton import Floats, Skeleton

Indices = NDArray[np.intp]
MOST = 48  # vertices per part: enough to feel its lowest point, few enough to be quick
MOST_ROUND = 160  # for those that are felt all the way round

ARM = ("upperarm",)
FOREARM = ("lowerarm",)
HAND = ("wrist", "metacarpal", "finger")
THIGH = ("upperleg",)
SHANK = ("lowerleg",)
FOOT = ("foot", "toe")
PELVIS = ("root", "pelvis", "upperleg01")
LOW_BACK = ("spine05", "spine04", "spine03")
UPPER_BACK = ("spine02", "spine01", "clavicle", "shoulder01")
HEAD = ("head", "neck03")


@dataclass(frozen=True)
class _Part:
    """Vertices that `bones` move, within `along` (0 at the near joint, 1 at the far one), facing `faces`."""

    bones: tuple[str, ...]
    near: str
    far: str
    along: tuple[float, float]
    faces: tuple[float, float, float]  # x is outwards (away from the middle), y up the limb, z forwards
    least: float = 0.5  # cosine between the surface's normal and `faces`


ANY_WAY = -2.0  # a cosine below all there are
OUT, IN, FRONT, BACK, DOWN, UP = (1, 0, 0), (-1, 0, 0), (0, 0, 1), (0, 0, -1), (0, -1, 0), (0, 1, 0)
SIDED: Mapping[str, _Part] = {
    "palm": _Part(HAND[:2], "wrist", "finger3-1", (0.0, 1.1), IN, 0.6),
    "heel_of_hand": _Part(HAND[:2], "wrist", "finger3-1", (0.0, 0.45), IN, 0.4),
    "knuckles": _Part(HAND[:2], "wrist", "finger3-1", (0.3, 1.1), OUT, 0.6),
    "fingers": _Part(HAND[2:], "finger3-1", "finger3-3", (0.0, 1.3), IN, 0.5),
    "fingertips": _Part(HAND[2:], "finger3-1", "finger3-3", (0.9, 3.0), IN, 0.2),
    "forearm": _Part(FOREARM, "lowerarm01", "wrist", (0.05, 0.85), IN, 0.3),
    "forearm_back": _Part(FOREARM, "lowerarm01", "wrist", (0.05, 0.85), OUT, 0.3),
    "forearm_low": _Part(FOREARM, "lowerarm01", "wrist", (0.7, 1.02), IN, 0.3),
    "elbow": _Part((*ARM, *FOREARM), "upperarm01", "lowerarm01", (0.88, 1.15), BACK, 0.3),
    "upper_arm": _Part(ARM, "upperarm01", "lowerarm01", (0.25, 0.95), OUT, 0.3),
    "upper_arm_low": _Part(ARM, "upperarm01", "lowerarm01", (0.65, 0.98), OUT, 0.3),
    "upper_arm_back": _Part(ARM, "upperarm01", "lowerarm01", (0.3, 0.95), BACK, 0.3),
    "shoulder": _Part((*ARM, "shoulder01", "clavicle"), "upperarm01", "lowerarm01", (-0.2, 0.3), OUT, 0.4),
    "shoulder_front": _Part((*ARM, "shoulder01"), "upperarm01", "lowerarm01", (-0.15, 0.35), (0.5, 0, 0.87), 0.7),
    "shoulder_back": _Part((*ARM, "shoulder01", "clavicle"), "upperarm01", "lowerarm01", (-0.2, 0.3), BACK, 0.5),
    "hip": _Part((*PELVIS, "spine05"), "upperleg01", "lowerleg01", (-0.35, 0.25), OUT, 0.6),
    "thigh_front": _Part(THIGH, "upperleg01", "lowerleg01", (0.3, 0.9), FRONT, 0.5),
    "thigh_front_low": _Part(THIGH, "upperleg01", "lowerleg01", (0.78, 0.98), FRONT, 0.5),
    "thigh_back": _Part(THIGH, "upperleg01", "lowerleg01", (0.55, 0.92), BACK, 0.5),
    "thigh_back_outer": _Part(THIGH, "upperleg01", "lowerleg01", (0.44, 0.72), (0.75, 0, -0.66), 0.88),
    "thigh_back_inner": _Part(THIGH, "upperleg01", "lowerleg01", (0.42, 0.70), (-0.75, 0, -0.66), 0.88),
    "thigh_front_lower": _Part(THIGH, "upperleg01", "lowerleg01", (0.8, 0.96), FRONT, 0.7),
    "thigh_front_outer": _Part(THIGH, "upperleg01", "lowerleg01", (0.28, 0.56), (0.77, 0, 0.64), 0.85),
    "thigh_inner": _Part(THIGH, "upperleg01", "lowerleg01", (0.4, 0.9), IN, 0.5),
    "thigh_outer": _Part(THIGH, "upperleg01", "lowerleg01", (0.2, 0.95), OUT, 0.5),
    "knee": _Part((*THIGH, *SHANK), "upperleg01", "lowerleg01", (0.93, 1.22), FRONT, 0.3),
    "knee_outer": _Part((*THIGH, *SHANK), "upperleg01", "lowerleg01", (0.9, 1.12), OUT, 0.4),
    "knee_inner": _Part((*THIGH, *SHANK), "upperleg01", "lowerleg01", (0.9, 1.12), IN, 0.4),
    "shin": _Part(SHANK, "lowerleg01", "foot", (0.08, 0.9), FRONT, 0.4),
    "shin_top": _Part(SHANK, "lowerleg01", "foot", (0.02, 0.2), FRONT, 0.6),
    "shin_upper": _Part(SHANK, "lowerleg01", "foot", (0.1, 0.35), FRONT, 0.5),
    "shin_lower": _Part(SHANK, "lowerleg01", "foot", (0.55, 0.9), FRONT, 0.4),
    "calf": _Part(SHANK, "lowerleg01", "foot", (0.1, 0.8), BACK, 0.4),
    "calf_lower": _Part(SHANK, "lowerleg01", "foot", (0.5, 0.9), BACK, 0.4),
    "shank_outer": _Part(SHANK, "lowerleg01", "foot", (0.1, 0.9), OUT, 0.4),
    "shank_inner": _Part(SHANK, "lowerleg01", "foot", (0.1, 0.9), IN, 0.4),
    "shank_inner_upper": _Part(SHANK, "lowerleg01", "foot", (0.2, 0.55), IN, 0.4),
    "ankle_front": _Part((*SHANK, "foot"), "lowerleg01", "foot", (0.85, 1.1), FRONT, 0.4),
    "shank_outer_low": _Part((*SHANK, "foot"), "lowerleg01", "foot", (0.82, 1.0), OUT, 0.4),
    "ankle_outer": _Part((*SHANK, "foot"), "lowerleg01", "foot", (0.85, 1.1), OUT, 0.4),
    "ankle_inner": _Part((*SHANK, "foot"), "lowerleg01", "foot", (0.85, 1.1), IN, 0.4),
    "heel": _Part(FOOT, "foot", "toe1-1", (-1.0, 0.05), DOWN, 0.5),
    "ball": _Part(FOOT, "foot", "toe1-1", (0.7, 1.2), DOWN, 0.5),
    "sole": _Part(FOOT, "foot", "toe1-1", (-1.0, 1.6), DOWN, 0.5),
    "toes": _Part(("toe",), "foot", "toe1-1", (1.0, 2.5), DOWN, 0.0),
    "instep_near": _Part(FOOT, "foot", "toe1-1", (0.0, 0.5), UP, 0.4),
    "instep": _Part(FOOT, "foot", "toe1-1", (0.3, 1.6), UP, 0.4),
    "foot_outer": _Part(FOOT, "foot", "toe1-1", (-0.5, 1.3), OUT, 0.5),
    "foot_inner": _Part(FOOT, "foot", "toe1-1", (-0.5, 1.3), IN, 0.5),
    "foot_round": _Part(FOOT, "foot", "toe1-1", (-9.0, 9.0), UP, ANY_WAY),
    "pelvis_back": _Part((*PELVIS, "spine05", "spine04"), "upperleg01", "lowerleg01", (-0.4, -0.1), BACK, 0.4),
    "buttock": _Part((*PELVIS, "upperleg02"), "upperleg01", "lowerleg01", (-0.2, 0.3), (0, -0.5, -1), 0.5),
    "seat": _Part((*PELVIS, "upperleg02"), "upperleg01", "lowerleg01", (-0.1, 0.45), (0, -1, -0.8), 0.5),
}
MIDDLE: Mapping[str, _Part] = {
    "sacrum": _Part(("root", "pelvis", "spine05"), "root", "spine03", (-0.3, 0.4), BACK, 0.6),
    "lower_back": _Part(LOW_BACK, "spine05", "spine02", (0.2, 1.0), BACK, 0.6),
    "upper_back": _Part(UPPER_BACK, "spine02", "neck01", (0.0, 0.75), BACK, 0.6),
    "belly": _Part((*LOW_BACK, "root"), "root", "spine02", (0.2, 0.9), FRONT, 0.6),
    "chest": _Part(("spine02", "spine01", "breast"), "spine03", "neck01", (0.2, 0.7), FRONT, 0.5),
    "head_back": _Part(HEAD, "neck03", "head", (-0.5, 9.0), BACK, 0.7),
    "forehead": _Part(("head",), "neck03", "head", (1.5, 9.0), FRONT, 0.6),
    "crown": _Part(("head",), "neck03", "head", (1.0, 99.0), UP, 0.93),
    "chin": _Part(("head",), "neck03", "head", (-2.0, 0.8), (0, -0.6, 1), 0.5),
}
ROUND: Mapping[str, _Part] = {  # all the way round: what one rolls over
    "pelvis": _Part((*PELVIS, "spine05"), "root", "spine03", (-9.0, 9.0), UP, ANY_WAY),
    "ribs": _Part((*UPPER_BACK, "breast"), "spine02", "neck01", (-9.0, 9.0), UP, ANY_WAY),
    "head": _Part(HEAD, "neck03", "head", (-9.0, 99.0), UP, ANY_WAY),
}
CENTRED = ("sacrum", "lower_back", "upper_back", "belly", "chest", "head_back", "forehead", "crown", "chin")


class RegionError(LookupError):
    """A part of the body that is not known here."""


def regions(body: Body, skeleton: Skeleton) -> dict[str, Indices]:
    """Every part's vertices by name: `palm_left` ... `forehead`, with `head_left` and `head_right` for its sides."""
    finder = _Finder(body, skeleton)
    found = {name: finder.find(part, "") for name, part in MIDDLE.items()}
    found |= {name: finder.find(part, "", MOST_ROUND) for name, part in ROUND.items()}
    for mark, side in (("L", "left"), ("R", "right")):
        for name, part in SIDED.items():
            found[f"{name}_{side}"] = finder.find(part, mark, MOST if part.least > ANY_WAY else MOST_ROUND)
        found[f"head_{side}"] = finder.find(_Part(HEAD, "neck03", "head", (0.0, 9.0), OUT, 0.75), mark)
    return found


class _Finder:
    def __init__(self, body: Body, skeleton: Skeleton) -> None:
        self.body, self.skeleton = body, skeleton
        self.index = {bone: i for i, bone in enumerate(skeleton.bones)}
        self.moved = np.zeros((len(body.vertices), len(body.bones)))
        np.put_along_axis(self.moved, body.joints.astype(np.intp), body.weights.astype(float), 1)

    def find(self, part: _Part, mark: str, most: int = MOST) -> Indices:
        bones = [i for bone, i in self.index.items() if self._is_of(bone, part.bones, mark)]
        vertices = self.body.vertices.astype(float)
        near, far = (self.skeleton.heads[self._bone(name, mark)] for name in (part.near, part.far))
        along = (vertices - near) @ (far - near) / ((far - near) @ (far - near))
        facing = self.body.normals @ self._towards(part, mark)
        chosen = (
            (self.moved[:, bones].sum(1) > 0.55)
            & (along >= part.along[0])
            & (along <= part.along[1])
            & (facing > part.least)
        )
        if mark:
            chosen &= vertices[:, 0] * (1 if mark == "L" else -1) > 0.001
        return _spread(np.flatnonzero(chosen), most)

    def _is_of(self, bone: str, wanted: tuple[str, ...], mark: str) -> bool:
        return bone.startswith(wanted) and (not mark or "." not in bone or bone.endswith(f".{mark}"))

    def _bone(self, name: str, mark: str) -> int:
        return self.index[name] if name in self.index else self.index[f"{name}.{mark}"]

    def _towards(self, part: _Part, mark: str) -> Floats:
        outwards = 1.0 if mark == "L" else -1.0
        faces = np.array(part.faces, dtype=float) * (outwards if mark else 1.0, 1.0, 1.0)
        frame = self.skeleton.frames[self._bone(part.near, mark)]
        towards: Floats = frame @ (faces / np.linalg.norm(faces))
        return towards


def _spread(vertices: Indices, most: int) -> Indices:
    """At most so many of them, evenly picked."""
    if len(vertices) <= most:
        return vertices
    return vertices[np.linspace(0, len(vertices) - 1, most).round().astype(np.intp)]
