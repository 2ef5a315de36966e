"""How deep arms and legs lie in each other, each taken as a capsule round its bone.

Beside the skin, which tells to the millimetre, capsules tell the way out where one limb lies right across another.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from supple.figure.body import Body
from supple.figure.skeleton import Floats, Poses, Skeleton

CAPSULES = (  # bone at one end, bone at the other, share of the flesh's thickness that is hard
    ("upperleg01", "lowerleg01", 0.80),
    ("lowerleg01", "foot", 0.80),
    ("upperarm01", "lowerarm01", 0.85),
    ("lowerarm01", "wrist", 0.85),
)


class Limbs:
    """The limbs of a body as pairs of capsules."""

    def __init__(self, body: Body, skeleton: Skeleton) -> None:
        self.pairs = _pairs(body, skeleton)

    def overlaps(self, posed: Poses) -> Floats:
        """How deep the two of each pair are in each other, (k, pairs) in metres."""
        return np.stack([_overlap(posed, one, other) for one, other in self.pairs], axis=1)


@dataclass(frozen=True)
class _Capsule:
    near: int
    far: int
    radius_m: float


def _pairs(body: Body, skeleton: Skeleton) -> list[tuple[_Capsule, _Capsule]]:
    """Every two limbs but the upper and lower part of one."""
    index = {bone: i for i, bone in enumerate(skeleton.bones)}
    found: dict[str, _Capsule] = {}
    for near, far, share in CAPSULES:
        for mark in "LR":
            a, b = index[f"{near}.{mark}"], index[f"{far}.{mark}"]
            found[f"{near}.{mark}"] = _Capsule(a, b, share * _thickness(body, skeleton, a, b))
    names = list(found)
    return [
        (found[one], found[other])
        for i, one in enumerate(names)
        for other in names[i + 1 :]
        if not (one[-1] == other[-1] and one[5:8] == other[5:8])
    ]


def _thickness(body: Body, skeleton: Skeleton, near: int, far: int) -> float:
    a, b = skeleton.heads[near], skeleton.heads[far]
    own = body.vertices[(body.joints[:, 0] == near) | (body.joints[:, 0] == near + 1)].astype(float)
    along = np.clip((own - a) @ (b - a) / ((b - a) @ (b - a)), 0, 1)[:, None]
    return float(np.median(np.linalg.norm(own - (a + along * (b - a)), axis=1)))


def _overlap(posed: Poses, one: _Capsule, other: _Capsule) -> Floats:
    """How deep two capsules are in each other, in metres, zero where they are apart."""
    grid = np.linspace(0.08, 0.95, 6)[None, :, None]
    p = posed.places[:, one.near, None] * (1 - grid) + posed.places[:, one.far, None] * grid
    q = posed.places[:, other.near, None] * (1 - grid) + posed.places[:, other.far, None] * grid
    gap = np.linalg.norm(p[:, :, None] - q[:, None], axis=-1).min((1, 2))
    deep: NDArray[np.float64] = np.maximum(one.radius_m + other.radius_m - gap, 0)
    return deep
