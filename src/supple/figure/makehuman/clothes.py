"""T-shirt and leggings from MakeHuman's tights surface, and the skin that they leave bare.

The tights are cut in two along one hem, so that no cloth lies below cloth; each border turns inward with a lip.
"""

from dataclasses import dataclass

import numpy as np

from supple.figure.makehuman.data import Floats, Ints, MakeHuman
from supple.figure.makehuman.mesh import border_edges, compact, cut, neighbour_mean, normals_of, refine, snapped
from supple.figure.makehuman.paint import MARKS, skin_colours
from supple.figure.makehuman.pieces import Piece
from supple.figure.makehuman.recipes import Recipe
from supple.figure.makehuman.rig import Rig

SLEEVE = 0.58  # of the upper arm
ANKLE = 0.90  # of the shin
TUCK_M = 0.010  # how far skin runs on below a border of cloth
LIP_M = 0.0035  # how far a hem stands off
INWARD_M = 0.009  # how deep a hem turns inward: into the skin, so that nobody looks under the cloth
FIT_M = 0.003  # how far cloth lies off the skin at its borders
DIVE_M = 0.011  # how deep the strip of skin below the cloth dives
SLACK_M = 0.003  # how far cloth stands off everywhere
FADE_M = 0.04  # over which length a border fits itself to the skin
HEM_M = 0.055  # of the shirt, above the hip joints
FAR_M = 0.5


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
    def edge(self) -> Floats:
        """How deep a place lies under cloth; negative where skin is seen."""
        inside: Floats = np.minimum.reduce([self.sleeve, self.ankle, self.collar])
        return inside


def borders(values: Floats, rig: Rig) -> Borders:
    """The borders of the clothes, for surface rows of place and weights."""
    points, weights = values[:, :3], values[:, 3:]
    sleeve, ankle = np.full(len(values), FAR_M), np.full(len(values), FAR_M)
    for side in ("L", "R"):
        arm = _side_share(weights, rig, side, ("upperarm", "lowerarm", "wrist", "metacarpal", "finger"))
        along = _along(points, rig.head(f"upperarm01.{side}"), rig.head(f"lowerarm01.{side}"), SLEEVE)
        sleeve = np.where(arm > 0.5, -along, sleeve)
        shin = _side_share(weights, rig, side, ("lowerleg", "foot", "toe"))
        along = _along(points, rig.head(f"lowerleg01.{side}"), rig.head(f"foot.{side}"), ANKLE)
        ankle = np.where(shin > 0.5, -along, ankle)
    collar = _collar(points, rig)
    hip = rig.head("upperleg01.L")[1]
    hem = np.where(sleeve < FAR_M, FAR_M, points[:, 1] - (hip + HEM_M))
    return Borders(sleeve, ankle, collar, hem)


def _side_share(weights: Floats, rig: Rig, side: str, stems: tuple[str, ...]) -> Floats:
    return rig.share(weights, *(bone for bone in rig.bones if bone.startswith(stems) and bone.endswith(f".{side}")))


def _along(points: Floats, start: Floats, end: Floats, share: float) -> Floats:
    length = np.linalg.norm(end - start)
    beyond: Floats = (points - start) @ (end - start) / length - share * length
    return beyond


def _collar(points: Floats, rig: Rig) -> Floats:
    """Below a plane round the root of the neck that drops towards the chest."""
    neck = rig.head("neck01")
    up = np.array([0, 1, 0.62]) / np.hypot(1, 0.62)
    centre = neck + np.array([0, 0.012, 0])
    near = (np.abs(points[:, 0]) < 0.13) & (points[:, 1] > neck[1] - 0.13)
    level: Floats = np.where(near, -(points - centre) @ up, FAR_M)
    return level


def dressed(data: MakeHuman, points: Floats, rig: Rig, recipe: Recipe, marks: Floats) -> list[Piece]:
    """Skin, shirt and leggings of a shaped base mesh; `marks` say how its skin is painted."""
    values = np.column_stack([points, rig.weights])
    skin, triangles = _whole_skin(data, np.column_stack([values, marks]), rig)
    skin, painted = skin[:, : values.shape[1]], skin[:, values.shape[1] :]
    cloth, faces = _whole_cloth(data, values, rig)
    cloth = fitted(cloth, borders(cloth, rig).edge, skin, normals_of(skin[:, :3], triangles))
    triangles = triangles[painted[triangles, MARKS.index("scalp")].min(1) < 1]  # nobody looks below the hair
    rows = np.column_stack([skin, skin_colours(painted, recipe)])
    pieces = [_bare(rows, triangles, rig, cloth)]
    for name in ("shirt", "leggings"):
        pieces.append(_worn(name, cloth, faces, rig, recipe.colours[name]))
    return pieces


def _whole_skin(data: MakeHuman, values: Floats, rig: Rig) -> tuple[Floats, Ints]:
    values, quads = compact(values, data.base[1]["body"][data.seen_quads])
    weights = values[:, 3:]
    limb = rig.share(weights, "lowerarm", "upperarm", "lowerleg", "neck", "spine01", "clavicle", "shoulder01") > 0.5
    return refine(values, quads, np.asarray(limb[quads].any(1)))


def _bare(values: Floats, triangles: Ints, rig: Rig, cloth: Floats) -> Piece:
    """The skin that is seen, and a strip that dives below the cloth."""
    deep = borders(values, rig).edge
    values, left = snapped(values, triangles, TUCK_M - deep)
    normals = normals_of(values[:, :3], triangles)
    dive = DIVE_M * np.clip((TUCK_M - left) / TUCK_M, 0, 1)
    strip = np.nonzero((dive > 0) & (left > -TUCK_M))[0]
    values[strip, 3:-3] = cloth[nearest(values[strip, :3], cloth[:, :3]), 3:]
    values[:, :3] -= normals * dive[:, None]
    values, triangles, _ = cut(values, triangles, left)  # the last three columns are the colour
    return Piece("skin", values[:, :-3], triangles, values[:, -3:])


def _whole_cloth(data: MakeHuman, values: Floats, rig: Rig) -> tuple[Floats, Ints]:
    values, quads = compact(values, data.base[1]["helper-tights"])
    values, triangles = refine(values, quads, np.ones(len(quads), np.bool_))
    inside = borders(values, rig)
    loose = np.maximum(np.clip(inside.hem / 0.10 + 0.5, 0.15, 1), _crotch(values[:, :3], rig))
    values = draped(values, triangles, loose, np.clip(inside.edge / FADE_M, 0, 1))
    return softened(values, triangles, _bends(values[:, :3], rig) * np.clip(inside.edge / FADE_M, 0, 1)), triangles


def draped(values: Floats, triangles: Ints, loose: Floats, inside: Floats) -> Floats:
    """Lets cloth hang over hollows instead of following each: it is smoothed, and moves outward only."""
    points = values[:, :3]
    normals = normals_of(points, triangles)
    smooth = points
    for _ in range(30):
        smooth = smooth + 0.6 * (neighbour_mean(smooth, triangles) - smooth)
    out = np.maximum(((smooth - points) * normals).sum(1), 0) + SLACK_M
    moved: Floats = values.copy()
    moved[:, :3] += normals * (out * loose * inside)[:, None]
    return moved


def _bends(points: Floats, rig: Rig) -> Floats:
    """1 at the shoulders and hips, where cloth shares a bend among many vertices, 0 further off."""
    near = np.zeros(len(points))
    for bone, reach in (("upperarm01", 0.22), ("upperleg01", 0.2)):
        for side in ("L", "R"):
            away = np.linalg.norm(points - rig.head(f"{bone}.{side}"), axis=1)
            near = np.maximum(near, np.clip(2 - 2 * away / reach, 0, 1))
    return np.maximum(near, _crotch(points, rig))


def _crotch(points: Floats, rig: Rig) -> Floats:
    """1 where the legs meet, 0 a hand's breadth off."""
    middle = rig.head("upperleg01.L") * (0, 1, 1) - np.array([0, 0.075, 0.01])
    share: Floats = np.clip(2 - 2 * np.linalg.norm((points - middle) / (0.06, 0.10, 0.14), axis=1), 0, 1)
    return share


def softened(values: Floats, triangles: Ints, strength: Floats, rounds: int = 50) -> Floats:
    """Spreads the skin weights among neighbours where `strength` (0..1) says so."""
    weights = values[:, 3:]
    for _ in range(rounds):
        weights = weights + 0.7 * strength[:, None] * (neighbour_mean(weights, triangles) - weights)
    return np.column_stack([values[:, :3], weights])


def fitted(cloth: Floats, edge: Floats, skin: Floats, normals: Floats) -> Floats:
    """Along its borders lays the cloth closely over the skin, and lets it move as the skin moves."""
    cloth = cloth.copy()
    near = np.nonzero(np.abs(edge) < FADE_M)[0]
    share = np.clip(1.25 - np.abs(edge[near]) / FADE_M, 0, 1)[:, None]
    below = nearest(cloth[near, :3], skin[:, :3])
    height = ((cloth[near, :3] - skin[below, :3]) * normals[below]).sum(1, keepdims=True)
    cloth[near, :3] += share * (FIT_M - height) * normals[below]
    cloth[near, 3:] = (1 - share) * cloth[near, 3:] + share * skin[below, 3:]
    return cloth


def nearest(points: Floats, others: Floats) -> Ints:
    """For each point the number of the nearest other."""
    found = [((others - point) ** 2).sum(1).argmin() for point in points]
    return np.array(found)


def _worn(name: str, cloth: Floats, faces: Ints, rig: Rig, colour: tuple[float, float, float]) -> Piece:
    values, field = snapped(cloth, faces, getattr(borders(cloth, rig), name))
    values, triangles, _ = cut(values, faces, field)
    inside = borders(values, rig)
    level = inside.shirt if name == "shirt" else inside.ankle
    values, triangles = hemmed(values, triangles, level)
    return Piece(name, values, triangles, np.tile(colour, (len(values), 1)))


def hemmed(values: Floats, triangles: Ints, level: Floats) -> tuple[Floats, Ints]:
    """Lifts the cloth along its borders and turns them inward, so that it has thickness; `level` is zero there."""
    normals = normals_of(values[:, :3], triangles)
    ends = border_edges(triangles)
    ends = ends[(level[ends] < 0.01).all(1)]
    rim, numbers = np.unique(ends, return_inverse=True)
    low = values[rim]
    low[:, :3] -= normals[rim] * INWARD_M
    lift = LIP_M * np.clip(1 - level / 0.02, 0, 1) ** 2
    values = values.copy()
    values[:, :3] += normals * lift[:, None]
    outer = len(values) + numbers.reshape(ends.shape)  # its own vertices, so that the edge is shaded as an edge
    (a, b), (c, d) = outer.T, outer.T + len(rim)
    ribbon = np.concatenate([np.stack([b, a, c], 1), np.stack([b, c, d], 1)])
    return np.concatenate([values, values[rim], low]), np.concatenate([triangles, ribbon])
