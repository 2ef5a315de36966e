"""Which part of a body is inside another: trunk, head and limbs felt at points of their skin, for the solver.

A point is inside a part when it lies behind the skin nearest to it. Limits: the skin is felt at sampled points, so that
a depth is right to a few millimetres; of parts that share a joint the outer is felt in the inner, away from the crease;
a hand is nothing that others can be inside, since it is thinner than the spacing of the points. `pressing.py` measures
the same on every triangle.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from supple.figure.body import Body
from supple.figure.compiled import Doubles, compiled

Indices = NDArray[np.intp]
GROUPS = {  # which bones move which part
    "trunk": ("root", "pelvis", "spine", "breast", "clavicle", "shoulder01"),
    "head": ("neck", "head"),
    "upper_arm": ("upperarm",),
    "forearm": ("lowerarm",),
    "hand": ("wrist", "metacarpal", "finger"),
    "thigh": ("upperleg",),
    "shank": ("lowerleg",),
    "foot": ("foot", "toe"),
}
MIDDLE = ("trunk", "head")
JOINED = {  # parts that share a joint, the outer and the inner; those of left and right never do
    ("head", "trunk"),
    ("upper_arm", "trunk"),
    ("forearm", "upper_arm"),
    ("hand", "forearm"),
    ("thigh", "trunk"),
    ("shank", "thigh"),
    ("foot", "shank"),
}
NEVER, ALWAYS, BUT_THE_CREASE = range(3)
LOOSE = ("hair", "brows", "eyes")  # parts of the mesh that are no skin
FEELERS = {"head": 50, "upper_arm": 24, "forearm": 36, "hand": 60, "thigh": 64, "shank": 40, "foot": 36}
WALLS = {"trunk": 420, "head": 120, "upper_arm": 60, "forearm": 60, "thigh": 130, "shank": 100, "foot": 60}
HARD = ("head", "hand", "foot")  # bone close under the skin
HARD_FREE_M, SOFT_FREE_M = 0.003, 0.010  # how far a part may press in for nothing
NEAR_JOINT_M = 0.20  # skin this near, at rest, to a part that it joins is the crease between the two
CREASE_SAMPLES = 200
PRESSED_M = 0.006  # and what then counts as much as an angle that is off by one give
REACH_M = 0.12  # skin farther off than this says nothing of inside or outside


@dataclass(frozen=True, eq=False)
class Felt:
    """Points of the skin: vertices, and by number the part that each belongs to."""

    vertices: Indices
    parts: NDArray[np.int64]


class Flesh:
    """The parts of a body at rest, as feelers and as walls that feelers may be behind."""

    def __init__(self, body: Body) -> None:
        self.names = part_names()
        own = part_of(body)
        self.feelers = _felt(body, own, self.names, FEELERS)
        self.walls = _felt(body, own, self.names, WALLS)
        self.apart = apart(body, self.feelers, self.walls)
        hard = np.array([name.split("_of_")[0] in HARD for name in self.names])
        self.free = np.where(hard[self.feelers.parts], HARD_FREE_M, SOFT_FREE_M)
        self.hard = self.feelers.vertices[hard[self.feelers.parts]]

    def pressed(self, feelers: Doubles, walls: Doubles, normals: Doubles) -> Doubles:
        """How far past what is free each feeler is inside another part, in metres; (k, feelers) from (k, points, 3)."""
        depth = _depths(feelers, walls, normals, self.walls.parts, self.apart, REACH_M)
        past: Doubles = np.maximum(depth - self.free, 0.0)
        return past


def part_names() -> tuple[str, ...]:
    """`trunk`, `head`, and of each limb's parts the left and the right: `hand_of_left`."""
    sided = [name for name in GROUPS if name not in MIDDLE]
    return (*MIDDLE, *(f"{name}_of_{side}" for side in ("left", "right") for name in sided))


def part_of(body: Body) -> NDArray[np.int64]:
    """(vertices,): the part of each by number, by the bone that moves it most; -1 for hair, brows and eyes."""
    numbers = {name: i for i, name in enumerate(part_names())}
    bones = np.array([numbers[_part_of_bone(bone)] for bone in body.bones])
    most = body.joints[np.arange(len(body.vertices)), body.weights.argmax(1)]
    loose = [body.triangles[part.triangles].ravel() for part in body.parts if part.name in LOOSE]
    found = bones[most]
    found[np.concatenate(loose)] = -1
    used = np.isin(np.arange(len(found)), body.triangles)
    return np.where(used, found, -1)


def apart(body: Body, points: Felt, walls: Felt) -> NDArray[np.bool_]:
    """(points, parts): whether each point is felt against each part.

    Of two parts that share a joint only the outer is felt against the inner, and not in the crease between them.
    """
    names = part_names()
    ways = np.array([[_way(one, other) for other in names] for one in names])
    found: NDArray[np.bool_] = (ways != NEVER)[points.parts]
    for part, other in np.argwhere(ways == BUT_THE_CREASE):
        rows = np.flatnonzero(points.parts == part)
        wall = walls.vertices[walls.parts == other]
        if len(rows) and len(wall):
            spread = body.vertices[wall[_spread(body.vertices[wall].astype(float), CREASE_SAMPLES)]]
            off = np.linalg.norm(body.vertices[points.vertices[rows]][:, None] - spread, axis=2).min(1)
            found[rows[off < NEAR_JOINT_M], other] = False
    return found


def _way(one: str, other: str) -> int:
    (a, _, mine), (b, _, theirs) = one.partition("_of_"), other.partition("_of_")
    if one == other or b == "hand":
        return NEVER
    if mine and theirs and mine != theirs:
        return ALWAYS
    if (a, b) in JOINED:
        return BUT_THE_CREASE
    return NEVER if (b, a) in JOINED else ALWAYS


def _part_of_bone(bone: str) -> str:
    stem = next(name for name, bones in GROUPS.items() if bone.startswith(bones))
    return stem if stem in MIDDLE else f"{stem}_of_{'left' if bone.endswith('.L') else 'right'}"


def _felt(body: Body, own: NDArray[np.int64], names: Sequence[str], many: dict[str, int]) -> Felt:
    chosen = []
    for number, name in enumerate(names):
        wanted = many.get(name.partition("_of_")[0], 0)
        there = np.flatnonzero(own == number)
        if wanted:
            chosen.append(there[_spread(body.vertices[there].astype(float), wanted)])
    vertices = np.concatenate(chosen)
    return Felt(vertices, own[vertices])


@compiled
def _spread(points: Doubles, many: int) -> Indices:
    """`many` of the points as evenly spread as can be: each the farthest from those before it (Gonzalez 1985)."""
    chosen = np.zeros(min(many, len(points)), np.intp)
    nearest = np.full(len(points), 1e9)
    for i in range(1, len(chosen)):
        last = points[chosen[i - 1]]
        best = 0
        for p in range(len(points)):
            x, y, z = points[p, 0] - last[0], points[p, 1] - last[1], points[p, 2] - last[2]
            nearest[p] = min(nearest[p], x * x + y * y + z * z)
            if nearest[p] > nearest[best]:
                best = p
        chosen[i] = best
    return chosen


@compiled
def _depths(
    feelers: Doubles,
    walls: Doubles,
    normals: Doubles,
    wall_parts: NDArray[np.int64],
    apart: NDArray[np.bool_],
    reach: float,
) -> Doubles:
    """(k, feelers): the greatest depth of each feeler behind the nearest skin of another part, in metres."""
    many, parts = feelers.shape[0], apart.shape[1]
    found = np.zeros((many, feelers.shape[1]))
    low, high = np.empty((parts, 3)), np.empty((parts, 3))
    nearest, behind = np.empty(parts), np.empty(parts)
    first = np.searchsorted(wall_parts, np.arange(parts + 1))  # walls stand part by part
    for k in range(many):
        low[:], high[:] = 1e9, -1e9
        for w in range(walls.shape[1]):
            for axis in range(3):
                low[wall_parts[w], axis] = min(low[wall_parts[w], axis], walls[k, w, axis])
                high[wall_parts[w], axis] = max(high[wall_parts[w], axis], walls[k, w, axis])
        for f in range(feelers.shape[1]):
            x, y, z = feelers[k, f, 0], feelers[k, f, 1], feelers[k, f, 2]
            nearest[:] = reach * reach
            behind[:] = 0.0
            for part in range(parts):
                within = (
                    low[part, 0] < x < high[part, 0]
                    and low[part, 1] < y < high[part, 1]
                    and low[part, 2] < z < high[part, 2]
                )
                if not (apart[f, part] and within):
                    nearest[part] = -1.0
            for part in range(parts):
                if nearest[part] < 0:
                    continue
                for w in range(first[part], first[part + 1]):
                    dx, dy, dz = x - walls[k, w, 0], y - walls[k, w, 1], z - walls[k, w, 2]
                    off = dx * dx + dy * dy + dz * dz
                    if off < nearest[part]:
                        nearest[part] = off
                        behind[part] = -(dx * normals[k, w, 0] + dy * normals[k, w, 1] + dz * normals[k, w, 2])
            for part in range(parts):
                if nearest[part] > 0 and behind[part] > found[k, f]:
                    found[k, f] = behind[part]
    return found
