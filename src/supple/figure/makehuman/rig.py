"""The skeleton: MakeHuman's 163 bones folded into 76, found on the shaped mesh, with a weight per vertex and bone.

Face bones fold into the head, toes into the ball of the foot, breasts into the spine; fingers stay.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np

from supple.figure.makehuman.data import Floats, Ints, MakeHuman

KEPT = (
    "root", "spine", "neck", "head", "clavicle", "shoulder01", "upperarm", "lowerarm", "wrist", "metacarpal", "finger",
    "pelvis", "upperleg", "lowerleg", "foot", "toe1-1",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Rig:
    """Bones, parents before children, their heads in metres, and the full weights of every vertex of the base mesh."""

    bones: tuple[str, ...]
    parents: tuple[int, ...]
    heads: Floats
    weights: Floats

    def head(self, bone: str) -> Floats:
        """Where a bone begins."""
        place: Floats = self.heads[self.bones.index(bone)]
        return place

    def share(self, weights: Floats, *prefixes: str) -> Floats:
        """How far each row of `weights` belongs to the bones whose names begin so."""
        columns = [at for at, bone in enumerate(self.bones) if bone.startswith(prefixes)]
        total: Floats = weights[:, columns].sum(1)
        return total


def rigged(data: MakeHuman, points: Floats) -> Rig:
    """The reduced rig for a shaped base mesh."""
    bones = _ordered(data.rig)
    above = [_kept(data.rig, data.rig[bone]["parent"]) for bone in bones[1:]]
    parents = (-1, *(bones.index(bone) for bone in above))
    heads = np.array([_place(data.rig[bone]["head"], points, data.groups) for bone in bones])
    return Rig(bones, parents, heads, _symmetric(_weights(data, bones), bones, data.mirror))


def mirrored_bone(bone: str) -> str:
    """The bone on the other side.

    >>> mirrored_bone("wrist.L"), mirrored_bone("head")
    ('wrist.R', 'head')
    """
    swap = {".L": ".R", ".R": ".L"}
    return bone[:-2] + swap[bone[-2:]] if bone[-2:] in swap else bone


def _kept(rig: dict[str, dict[str, Any]], bone: str) -> str:
    while not bone.startswith(KEPT):
        if bone.startswith("toe"):
            return f"toe1-1.{bone[-1]}"
        bone = rig[bone]["parent"]
    return bone


def _ordered(rig: dict[str, dict[str, Any]]) -> tuple[str, ...]:
    order: list[str] = []

    def add(bone: str) -> None:
        if bone in order:
            return
        if rig[bone]["parent"]:
            add(_kept(rig, rig[bone]["parent"]))
        order.append(bone)

    for bone in rig:
        add(_kept(rig, bone))
    return tuple(order)


def _place(spec: dict[str, Any], points: Floats, groups: dict[str, Ints]) -> Floats:
    match spec["strategy"]:
        case "CUBE":
            chosen = groups[spec["cube_name"]]
        case "VERTEX":
            chosen = np.array([spec["vertex_index"]])
        case _:
            chosen = np.array(spec["vertex_indices"])
    place: Floats = points[chosen].mean(0)
    return place


def _weights(data: MakeHuman, bones: tuple[str, ...]) -> Floats:
    weights = np.zeros((len(data.base[0]), len(bones)))
    for bone, pairs in data.weights.items():
        if bone in data.rig:
            column = bones.index(_kept(data.rig, bone))
            for vertex, share in pairs:
                weights[vertex, column] += share
    total: Floats = weights / np.maximum(weights.sum(1, keepdims=True), 1e-9)
    return total


def _symmetric(weights: Floats, bones: tuple[str, ...], mirror: Ints) -> Floats:
    swapped = [bones.index(mirrored_bone(bone)) for bone in bones]
    half: Floats = (weights + weights[mirror][:, swapped]) / 2
    return half
