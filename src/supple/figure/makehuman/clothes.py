"""T-shirt and leggings from MakeHuman's tights surface, and the skin that they leave bare.

The tights are cut into two pieces along one hem, so that no cloth lies below cloth; each border turns inward with a lip.
"""

from dataclasses import dataclass

import numpy as np

from supple.figure.makehuman.data import Bools, Floats, Ints, MakeHuman
from supple.figure.makehuman.mesh import border_edges, compact, cut, neighbour_mean, normals_of, refine, snapped
from supple.figure.makehuman.rig import Rig

SLEEVE = 0.58  # of the upper arm
ANKLE = 0.90  # of the shin
TUCK_M = 0.022  # how far skin runs on below a border of cloth
LIP_M = 0.005  # how far a hem stands off
FAR_M = 0.5


@dataclass(frozen=True, eq=False)
class Piece:
    """A part of the figure: a row per vertex of place, then weight per bone; and how the row is coloured."""

    name: str
    values: Floats
    triangles: Ints
    colours: Floats

    @property
    def points(self) -> Floats:
        """Where the vertices lie, in metres."""
        places: Floats = self.values[:, :3]
        return places


@dataclass(frozen=True, eq=False)
class Borders:
    """How far, in metres, each place lies inside the sleeves, the ankles, the collar; and above the hem."""

    sleeve: Floats
    ankle: Floats
    collar: Floats
    hem: Floats

    @property
    def shirt(self) -> Floats:
        """Not negative where the shirt is."""
        inside: Floats = np.minimum.reduce([self.sleeve, self.collar, self.hem])
        return inside

    @property
    def leggings(self) -> Floats:
        """Not negative where the leggings are."""
        inside: Floats = np.minimum(self.ankle, -self.hem)
        return inside

    @property
    def bare(self) -> Floats:
        """Not negative where skin is seen, or runs on a little below the cloth."""
        inside: Floats = -np.minimum.reduce([self.sleeve, self.ankle, self.collar]) + TUCK_M
        return inside


def borders(values: Floats, rig: Rig) -> Borders:
    """The borders of the clothes, for surface rows of place and weights."""
    points, weights = values[:, :3], values[:, 3:]
    sleeve, ankle = np.full(len(values), FAR_M), np.full(len(values), FAR_M)
    for side in ("L", "R"):
        arm = rig.share(weights, *(f"{bone}.{side}" for bone in ("upperarm01", "upperarm02", "lowerarm01", "lowerarm02", "wrist")))
        arm = arm + _fingers(weights, rig, side)
        along = _along(points, rig.head(f"upperarm01.{side}"), rig.head(f"lowerarm01.{side}"), SLEEVE)
        sleeve = np.where(arm > 0.5, -along, sleeve)
        shin = rig.share(weights, *(f"{bone}.{side}" for bone in ("lowerleg01", "lowerleg02", "foot", "toe1-1")))
        along = _along(points, rig.head(f"lowerleg01.{side}"), rig.head(f"foot.{side}"), ANKLE)
        ankle = np.where(shin > 0.5, -along, ankle)
    collar = _collar(points, rig)
    hip = rig.head("upperleg01.L")[1]
    hem = np.where(sleeve < FAR_M, FAR_M, points[:, 1] - (hip + 0.02))
    return Borders(sleeve, ankle, collar, hem)


def _fingers(weights: Floats, rig: Rig, side: str) -> Floats:
    names = [bone for bone in rig.bones if bone.startswith(("finger", "metacarpal")) and bone.endswith(side)]
    return rig.share(weights, *names)


def _along(points: Floats, start: Floats, end: Floats, share: float) -> Floats:
    length = np.linalg.norm(end - start)
    beyond: Floats = (points - start) @ (end - start) / length - share * length
    return beyond


def _collar(points: Floats, rig: Rig) -> Floats:
    """Below a plane round the root of the neck that drops towards the chest."""
    neck = rig.head("neck01")
    up = np.array([0, 1, 0.62]) / np.hypot(1, 0.62)
    centre = neck + (0, 0.012, 0)
    near = (np.abs(points[:, 0]) < 0.13) & (points[:, 1] > neck[1] - 0.13)
    level: Floats = np.where(near, -(points - centre) @ up, FAR_M)
    return level


def dressed(data: MakeHuman, points: Floats, rig: Rig, colours: dict[str, tuple[float, float, float]]) -> list[Piece]:
    """Skin, shirt and leggings of a shaped base mesh."""
    values = np.column_stack([points, rig.weights])
    return [_skin(data, values, rig, colours["skin"]), *_clothes(data, values, rig, colours)]


def _skin(data: MakeHuman, values: Floats, rig: Rig, colour: tuple[float, float, float]) -> Piece:
    values, quads = compact(values, data.base[1]["body"])
    weights = values[:, 3:]
    limb = rig.share(weights, "lowerarm", "upperarm", "lowerleg", "neck") > 0.5
    values, triangles = refine(values, quads, limb[quads].any(1))
    bare = borders(values, rig).bare
    values, bare = snapped(values, triangles, bare)
    values, triangles, _ = cut(values, triangles, bare)
    return Piece("skin", values, triangles, np.tile(colour, (len(values), 1)))


def _clothes(data: MakeHuman, values: Floats, rig: Rig, colours: dict[str, tuple[float, float, float]]) -> list[Piece]:
    values, quads = compact(values, data.base[1]["helper-tights"])
    values, triangles = refine(values, quads, np.ones(len(quads), np.bool_))
    pieces = []
    for name in ("shirt", "leggings"):
        field = getattr(borders(values, rig), name)
        moved, field = snapped(values, triangles, field)
        part, faces, level = cut(moved, triangles, field)
        part, faces = hemmed(part, faces, level)
        pieces.append(Piece(name, part, faces, np.tile(colours[name], (len(part), 1))))
    return pieces


def hemmed(values: Floats, triangles: Ints, level: Floats) -> tuple[Floats, Ints]:
    """Lifts the cloth along its borders and turns the border inward, so that it has thickness."""
    normals = normals_of(values[:, :3], triangles)
    inner = values.copy()
    lift = LIP_M * np.clip(1 - level / 0.025, 0, 1) ** 2
    values = values.copy()
    values[:, :3] += normals * lift[:, None]
    ends = border_edges(triangles)
    rim, numbers = np.unique(ends, return_inverse=True)
    low = inner[rim]
    low[:, :3] -= normals[rim] * 0.002
    a, b = ends.T
    c, d = (numbers.reshape(ends.shape) + len(values)).T
    ribbon = np.concatenate([np.stack([b, a, c], 1), np.stack([b, c, d], 1)])
    return np.concatenate([values, low]), np.concatenate([triangles, ribbon])
