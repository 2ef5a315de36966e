"""Finds the pose nearest to wished angles in which everything touches what it should and nothing goes through anything.

Least squares over all angles and the place of the pelvis (Levenberg-Marquardt by scipy): every angle pulls back to its
wish by its `give`, every contact weighs as much as an angle that is off by one give per few millimetres. Limits: bodies
are felt at sampled points, and a body through itself only between limbs, hands and head, taken as capsules.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import least_squares

from supple.figure.body import Body
from supple.figure.props import Prop
from supple.figure.regions import Indices, RegionError, regions
from supple.figure.skeleton import Floats, Poses, Skeleton, poses, skeleton, vector
from supple.figure.surfaces import behind, height, inside, surfaces
from supple.motion.angles import ANGLES, NAMES, TURNING, mirrored
from supple.motion.key_pose import Grip, Touch, parts, touch_parts

TOUCH_M, PIN_M, GRIP_M = 0.0015, 0.0015, 0.006  # what counts as much as one give
TURNED = 0.12  # of a grip's normals, likewise
DEEP_FREE_M, DEEP_M = 0.001, 0.002  # how deep something may be inside another for nothing, and what then counts
CROSSING_M = 0.006  # the same for limbs in limbs
PELVIS_GIVE_M = 0.35
STRAYS_M = np.array([0.10, 2.0, 0.10])  # how far the pelvis may be from where it was wished, as one give
SAMPLES = 1000
CAPSULES = (  # bone at one end, bone at the other, share of the flesh's thickness that is hard
    ("upperleg01", "lowerleg01", 0.80),
    ("lowerleg01", "foot", 0.80),
    ("upperarm01", "lowerarm01", 0.85),
    ("lowerarm01", "wrist", 0.85),
)


@dataclass(frozen=True)
class Wish:
    """A pose asked for: angles by name, contacts, where parts are pinned, and how much each angle may give."""

    angles: Mapping[str, float]
    touches: tuple[Touch, ...] = ()
    grips: tuple[Grip, ...] = ()
    pins: Mapping[str, tuple[float, float, float]] | None = None
    gives: Mapping[str, float] | None = None
    pelvis_m: tuple[float, float, float] = (0.0, 1.0, 0.0)


@dataclass(frozen=True, eq=False)
class Found:
    """The pose found: angles in the order of NAMES (degrees), the pelvis (metres), and what is left over (metres)."""

    angles: Floats
    root: Floats
    touch_mm: Mapping[str, float]
    grip_mm: Mapping[str, float]


class Solver:
    """The solver of one body among certain things."""

    def __init__(self, body: Body, props: Sequence[Prop] = ()) -> None:
        self.body, self.skeleton = body, skeleton(body)
        self.parts = regions(body, self.skeleton)
        self.boxes = [(box, prop.screens) for prop in props for box in prop.surfaces()]
        self.surfaces = surfaces(props)
        self.samples = _samples(body)
        self.capsules = _capsules(body, self.skeleton)

    def solve(self, wish: Wish, *, near: Found | None = None, steps: int = 60) -> Found:
        """The pose for a wish, begun at its pelvis or near another pose."""
        problem = _Problem(self, wish)
        begin = problem.pack(near.angles, near.root) if near else problem.pack(problem.wished, np.array(wish.pelvis_m))
        return problem.found(problem.nearest(begin, steps))

    def place(self, found: Found, part: str) -> tuple[float, float, float]:
        """The middle of a part in a pose."""
        points = self.points(poses(self.skeleton, found.angles, found.root), self.part(part))[0]
        x, y, z = points.mean(0)
        return float(x), float(y), float(z)

    def part(self, name: str) -> Indices:
        """The vertices of a part; raises RegionError."""
        if name not in self.parts:
            raise RegionError(f"{name!r} is no part of the body here; take one of {', '.join(sorted(self.parts))}.")
        return self.parts[name]

    def points(self, posed: Poses, vertices: Indices) -> Floats:
        """Where vertices are in each pose, (k, vertices, 3)."""
        joints, weights = self.body.joints[vertices], self.body.weights[vertices].astype(float)
        offsets = self.body.vertices[vertices].astype(float)[:, None] - self.skeleton.heads[joints]
        turned = np.einsum("kvjab,vjb->kvja", posed.rotations[:, joints], offsets) + posed.places[:, joints]
        moved: Floats = np.einsum("kvja,vj->kva", turned, weights)
        return moved


class _Problem:
    """One wish as residuals: a vector of numbers that should be near zero, one meaning 'off by one give'."""

    def __init__(self, solver: Solver, wish: Wish) -> None:
        self.solver, self.wish = solver, wish
        self.wished = vector(wish.angles)
        gives = wish.gives or {}
        self.give = np.array([gives.get(name, gives.get(name.rpartition("_")[0], ANGLES[name].give)) for name in NAMES])
        self.spread = _spread(self.give, symmetric=is_symmetric(wish.angles))
        self.touches = [
            (part, solver.part(part), solver.surfaces[touch.on])
            for touch in wish.touches
            for part in touch_parts(touch)
        ]
        self.grips = [
            (f"{mine}>{theirs}", solver.part(mine), solver.part(theirs), grip.apart_m)
            for grip in wish.grips
            for mine, theirs in zip(parts(grip.part), _matched(grip), strict=True)
        ]
        self.pins = [(solver.part(name), np.array(place)) for name, place in (wish.pins or {}).items()]
        self._collect()

    def _collect(self) -> None:
        sets = [part for _, part, _ in self.touches] + [p for _, a, b, _ in self.grips for p in (a, b)]
        sets += [part for part, _ in self.pins]
        self.wanted, self.slices, begin = [*sets, self.solver.samples], [], 0
        for part in self.wanted:
            self.slices.append(slice(begin, begin + len(part)))
            begin += len(part)
        self.vertices = np.concatenate(self.wanted)

    def nearest(self, begin: Floats, steps: int) -> Floats:
        """The unknowns at the nearest minimum."""
        best = least_squares(
            self.residuals, begin, jac=self.jacobian, method="lm", max_nfev=steps, xtol=1e-5, ftol=1e-5
        )
        unknowns: Floats = best.x
        return unknowns

    def pack(self, angles: Floats, root: Floats) -> Floats:
        off = self.spread.T @ (angles - self.wished) / (self.spread**2).sum(0)
        return np.concatenate([off, root / PELVIS_GIVE_M])

    def unpack(self, x: Floats) -> tuple[Floats, Floats]:
        x = np.atleast_2d(x)
        return self.wished + x[:, :-3] @ self.spread.T, x[:, -3:] * PELVIS_GIVE_M

    def residuals(self, x: Floats) -> Floats:
        """Of one packed pose."""
        one: Floats = self.many(x)[0]
        return one

    def jacobian(self, x: Floats) -> Floats:
        width = 1e-4
        both = self.many(np.concatenate([x[None], x + width * np.eye(len(x))]))
        slopes: Floats = (both[1:] - both[0]).T / width
        return slopes

    def many(self, x: Floats) -> Floats:
        """The residuals of several packed poses, (k, residuals)."""
        x = np.atleast_2d(x)
        angles, root = self.unpack(x)
        posed = poses(self.solver.skeleton, angles, root)
        points = self.solver.points(posed, self.vertices)
        own = iter(self.slices)
        rows = [x[:, :-3], (root - self.wish.pelvis_m) / STRAYS_M, _over(angles)]
        for _, _, surface in self.touches:
            rows.append(height(points[:, next(own)], surface).min(1)[:, None] / TOUCH_M)
        for _, mine, theirs, apart in self.grips:
            a, b = points[:, next(own)], points[:, next(own)]
            rows += self._grip(posed, mine, theirs, a.mean(1) - b.mean(1), apart)
        for _, place in self.pins:
            rows.append((points[:, next(own)].mean(1) - place) / PIN_M)
        rows.append(self._depth(points[:, next(own)]))
        rows.append(self._crossing(posed))
        return np.concatenate(rows, axis=1)

    def _grip(self, posed: Poses, mine: Indices, theirs: Indices, between: Floats, apart: float) -> list[Floats]:
        facing = self._facing(posed, mine), self._facing(posed, theirs)
        off = between - apart * facing[1]
        opposed = 1 + np.einsum("ka,ka->k", *facing)
        return [off / GRIP_M, opposed[:, None] / TURNED]

    def _facing(self, posed: Poses, part: Indices) -> Floats:
        """Which way a part faces, (k, 3), taken as turning with the bone that moves most of it."""
        body = self.solver.body
        bone = np.bincount(body.joints[part].ravel(), body.weights[part].ravel().astype(float)).argmax()
        rest = body.normals[part].astype(float).mean(0)
        facing: Floats = posed.rotations[:, bone] @ (rest / np.linalg.norm(rest))
        return facing

    def _depth(self, points: Floats) -> Floats:
        floor = np.minimum(points[:, :, 1] + DEEP_FREE_M, 0)
        deep = [floor / DEEP_M]
        pelvis = np.array(self.wish.pelvis_m)
        for box, is_wall in self.solver.boxes:
            depth = behind(points, box, pelvis) if is_wall else inside(points, box)
            deep.append(-np.maximum(depth - DEEP_FREE_M, 0) / DEEP_M)
        return np.concatenate(deep, axis=1)

    def _crossing(self, posed: Poses) -> Floats:
        return np.stack([_overlap(posed, one, other) for one, other in self.solver.capsules], axis=1) / CROSSING_M

    def found(self, x: Floats) -> Found:
        angles, root = self.unpack(x)
        points = self.solver.points(poses(self.solver.skeleton, angles, root), self.vertices)[0]
        touch = {
            name: 1000 * float(height(points[None, own], surface).min())
            for (name, _, surface), own in zip(self.touches, self.slices, strict=False)
        }
        pairs = self.slices[len(self.touches) :]
        grip = {
            name: 1000 * float(np.linalg.norm(points[pairs[2 * i]].mean(0) - points[pairs[2 * i + 1]].mean(0)))
            for i, (name, _, _, _) in enumerate(self.grips)
        }
        return Found(angles[0], root[0], touch, grip)


def is_symmetric(angles: Mapping[str, float]) -> bool:
    """Whether left and right do the same and nothing turns or leans."""
    mirror = mirrored(angles)
    return all(mirror.get(name, 0.0) == value for name, value in angles.items() if value) and set(mirror) == set(angles)


def _spread(give: Floats, *, symmetric: bool) -> Floats:
    """How unknowns move angles, (angles, unknowns): one each, or one for left and right and none for what turns."""
    columns = []
    for i, name in enumerate(NAMES):
        column = np.zeros(len(NAMES))
        column[i] = give[i]
        if symmetric and name.endswith("_left"):
            column[NAMES.index(name.removesuffix("left") + "right")] = give[i]
        if give[i] > 0 and not (symmetric and (name in TURNING or name.endswith("_right"))):
            columns.append(column)
    return np.stack(columns, axis=1)


def touched(touches: Sequence[Touch], *, slides: bool) -> list[str]:
    """The parts of the body that touch something and slide, or do not."""
    return [part for touch in touches if touch.slides is slides for part in touch_parts(touch)]


def _matched(grip: Grip) -> list[str]:
    """The part that each gripping part lies on: its own for pairs, the same for all otherwise."""
    mine, theirs = list(parts(grip.part)), list(parts(grip.on))
    return theirs if len(theirs) == len(mine) else theirs * len(mine)


def _over(angles: Floats) -> Floats:
    """How far angles are past what the figure may show, in tenths of degrees and more."""
    low = np.array([angle.lowest for angle in ANGLES.values()])
    high = np.array([angle.highest for angle in ANGLES.values()])
    over: Floats = (np.maximum(angles - high, 0) + np.minimum(angles - low, 0)) * 0.5
    return over


def _samples(body: Body) -> Indices:
    """Vertices spread over the body, the same ones every time."""
    skin = [np.arange(part.first, part.last) for part in body.parts if part.name not in ("eyes", "hair", "brows")]
    used = np.unique(body.triangles[np.concatenate(skin)]).astype(np.intp)
    return used[np.linspace(0, len(used) - 1, SAMPLES).round().astype(np.intp)]


@dataclass(frozen=True)
class _Capsule:
    near: int
    far: int
    radius_m: float


def _capsules(body: Body, skeleton: Skeleton) -> list[tuple[_Capsule, _Capsule]]:
    """Pairs of limbs that must not go through each other."""
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
        if not (one[-1] == other[-1] and one[5:8] == other[5:8])  # upper and lower part of one limb
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
