"""How deep arms and legs lie in each other, each taken as a capsule round its bone.

Beside the skin, which tells to the millimetre, capsules tell the way out where one limb lies right across another.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from supple.figure.body import Body
from supple.figure.compiled import compiled
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
        pairs = _pairs(body, skeleton)
        self.ends = np.array([(one.near, one.far, other.near, other.far) for one, other in pairs])
        self.radii_m = np.array([one.radius_m + other.radius_m for one, other in pairs])

    def overlaps(self, posed: Poses) -> Floats:
        """How deep the two of each pair are in each other, (k, pairs) in metres."""
        overlaps: Floats = _overlaps(posed.places, self.ends, self.radii_m)
        return overlaps


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


@compiled
def _overlaps(places: Floats, ends: NDArray[np.int64], radii: Floats) -> Floats:
    """How deep capsules are in each other, (k, pairs) in metres, zero where they are apart."""
    along = np.linspace(0.08, 0.95, 6)
    deep = np.zeros((len(places), len(ends)))
    for k in range(len(places)):
        for pair in range(len(ends)):
            a, b, c, d = (
                places[k, ends[pair, 0]],
                places[k, ends[pair, 1]],
                places[k, ends[pair, 2]],
                places[k, ends[pair, 3]],
            )
            gap = 1e9
            for s in along:
                for t in along:
                    square = 0.0
                    for axis in range(3):
                        p = a[axis] + s * (b[axis] - a[axis])
                        q = c[axis] + t * (d[axis] - c[axis])
                        square += (p - q) ** 2
                    gap = min(gap, square)
            deep[k, pair] = max(radii[pair] - np.sqrt(gap), 0.0)
    return deep
