"""How far a pose is from what was wished, as numbers that the solver makes small; one means 'off by one give'.

Angles pull back to their wish by their `give`. What touches, stays, keeps out and is asked by the catalogue is held
beside them, and weighs more the firmer it has to be.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from supple.figure.body import Body
from supple.figure.flesh import PRESSED_M, Flesh
from supple.figure.joints import Range
from supple.figure.limbs import Limbs
from supple.figure.proof import Measure, degrees
from supple.figure.props import Prop
from supple.figure.regions import Indices, RegionError, regions
from supple.figure.skeleton import Floats, Poses, poses, skeleton, vector
from supple.figure.skin import Skin
from supple.figure.surfaces import behind, height, inside, surfaces
from supple.motion.angles import ANGLES, NAMES, TURNING, mirrored
from supple.motion.key_pose import Grip, Touch, parts, touch_parts

TOUCH_M, PIN_M, GRIP_M = 0.0015, 0.0015, 0.006  # what counts as much as one give
TURNED = 0.12  # of a grip's normals, likewise
DEEP_FREE_M, DEEP_M = 0.001, 0.002  # how deep something may be inside another for nothing, and what then counts
CROSSING_M = 0.006  # the same for limbs in limbs
BEYOND_DEG = 1.5  # a joint or a measure this far out of its range counts as one give
WITHIN_DEG = 2.0  # measures are brought a little inside their tolerance
PELVIS_GIVE_M = 0.35
STRAYS_M = 0.10  # how far the pelvis may be from where it was wished, as one give
AIMED_M = 0.02  # the same for the middle of what touches, where the pose says a place
SINKS_M = 2.0  # and how far up or down, where what touches decides
STRAYING = "pelvis_m"  # its name among the gives of a pose
HELD = 1.6  # it holds when nothing is off by more than this, in what counts as one give
SAMPLES = 1000


@dataclass(frozen=True)
class Asked:
    """What the catalogue says that a full pose shows: joints within their ranges (degrees), and camera measures."""

    ranges: tuple[Range, ...] = ()
    measures: tuple[Measure, ...] = ()


@dataclass(frozen=True)
class Wish:
    """A pose asked for: angles by name, contacts, where parts are pinned, and how much each angle may give."""

    angles: Mapping[str, float]
    touches: tuple[Touch, ...] = ()
    grips: tuple[Grip, ...] = ()
    pins: Mapping[str, tuple[float, float, float]] | None = None
    gives: Mapping[str, float] | None = None
    pelvis_m: tuple[float, float, float] = (0.0, 1.0, 0.0)
    asked: Asked = Asked()


class Feel:
    """A body among certain things, as far as it can be felt: parts, skin, flesh, limbs, and the surfaces around it."""

    def __init__(self, body: Body, props: Sequence[Prop] = ()) -> None:
        self.skeleton = skeleton(body)
        self.parts = regions(body, self.skeleton)
        self.boxes = [(box, prop.screens) for prop in props for box in prop.surfaces()]
        self.surfaces = surfaces(props)
        self.skin, self.flesh, self.limbs = Skin(body, self.skeleton), Flesh(body), Limbs(body, self.skeleton)
        felt = np.union1d(self.flesh.feelers.vertices, self.flesh.hard)  # of hands and feet, too few else
        self.samples = np.union1d(_samples(body), felt)

    def part(self, name: str) -> Indices:
        """The vertices of a part; raises RegionError."""
        if name not in self.parts:
            raise RegionError(f"{name!r} is no part of the body here; take one of {', '.join(sorted(self.parts))}.")
        return self.parts[name]


class Residuals:
    """One wish as a vector of numbers that should be near zero; a ghost does not feel itself."""

    def __init__(self, feel: Feel, wish: Wish) -> None:
        self.feel, self.wish, self.firmness, self.is_ghost = feel, wish, 1.0, False
        self.wished = vector(wish.angles)
        gives = wish.gives or {}
        self.give = np.array([gives.get(name, gives.get(name.rpartition("_")[0], ANGLES[name].give)) for name in NAMES])
        strays = gives.get(STRAYING, STRAYS_M)
        self.strays = np.array([strays, SINKS_M, strays])
        self.spread = _spread(self.give, symmetric=is_symmetric(wish.angles))
        self.touches = [
            (part, feel.part(part), feel.surfaces[touch.on]) for touch in wish.touches for part in touch_parts(touch)
        ]
        self.grips = [
            (f"{mine}>{theirs}", feel.part(mine), feel.part(theirs), grip.apart_m)
            for grip in wish.grips
            for mine, theirs in zip(parts(grip.part), _matched(grip), strict=True)
        ]
        self.gripping = len(self.touches) + np.arange(4 * len(self.grips))  # where grips stand among what is held
        self.aims = [
            (feel.part(part), np.array(touch.at)) for touch in wish.touches if touch.at for part in touch_parts(touch)
        ]
        self.pins = [(feel.part(name), np.array(place)) for name, place in (wish.pins or {}).items()]
        self._collect()

    def _collect(self) -> None:
        sets = [part for _, part, _ in self.touches] + [p for _, a, b, _ in self.grips for p in (a, b)]
        sets += [part for part, _ in (*self.pins, *self.aims)]
        flesh = self.feel.flesh
        self.wanted, self.slices, begin = (
            [*sets, self.feel.samples, flesh.feelers.vertices, flesh.walls.vertices],
            [],
            0,
        )
        for part in self.wanted:
            self.slices.append(slice(begin, begin + len(part)))
            begin += len(part)
        self.vertices = np.concatenate(self.wanted)

    def pack(self, angles: Floats, root: Floats) -> Floats:
        off = self.spread.T @ (angles - self.wished) / (self.spread**2).sum(0)
        return np.concatenate([off, root / PELVIS_GIVE_M])

    def lifted(self, x: Floats) -> Floats:
        """The same pose, so high that nothing is below the floor."""
        angles, root = self.unpack(x)
        posed = poses(self.feel.skeleton, angles, root)
        lowest = self.feel.skin.points(posed, self.feel.samples)[0, :, 1].min()
        return self.pack(angles[0], root[0] + [0.0, max(0.0, -lowest), 0.0])

    def unpack(self, x: Floats) -> tuple[Floats, Floats]:
        x = np.atleast_2d(x)
        return self.wished + x[:, :-3] @ self.spread.T, x[:, -3:] * PELVIS_GIVE_M

    def cost(self, x: Floats) -> float:
        """How far off a pose is altogether, at the first firmness."""
        self.firmness = 1.0
        return float((self.residuals(x) ** 2).sum())

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
        posed = poses(self.feel.skeleton, angles, root)
        points = self.feel.skin.points(posed, self.vertices)
        free = [x[:, :-3], (root - self.wish.pelvis_m) / self.strays, _over(angles), *self._aimed(points)]
        return np.concatenate([*free, self.firmness * self.held(angles, posed, points)], axis=1)

    def _aimed(self, points: Floats) -> Iterator[Floats]:
        first = len(self.touches) + 2 * len(self.grips) + len(self.pins)
        for own, (_, place) in zip(self.slices[first:], self.aims, strict=False):
            yield (points[:, own].mean(1)[:, [0, 2]] - place) / AIMED_M

    def holds(self, x: Floats) -> bool:
        """Whether everything touches, stays and keeps out as asked; how well a hand grips is left to the look."""
        return self.furthest(x) <= HELD

    def furthest(self, x: Floats) -> float:
        """By how much that is off which is off most, grips left out."""
        angles, root = self.unpack(x)
        posed = poses(self.feel.skeleton, angles, root)
        off = self.held(angles, posed, self.feel.skin.points(posed, self.vertices))
        return float(np.abs(np.delete(off, self.gripping, axis=1)).max())

    def held(self, angles: Floats, posed: Poses, points: Floats) -> Floats:
        """How far off everything is that should touch, stay or keep out; (k, residuals) of several poses."""
        own = iter(self.slices)
        rows: list[Floats] = []
        for _, _, surface in self.touches:
            rows.append(height(points[:, next(own)], surface).min(1)[:, None] / TOUCH_M)
        for _, mine, theirs, apart in self.grips:
            a, b = points[:, next(own)], points[:, next(own)]
            rows += self._grip(posed, mine, theirs, a.mean(1) - b.mean(1), apart)
        for _, place in self.pins:
            rows.append((points[:, next(own)].mean(1) - place) / PIN_M)
        for _ in self.aims:
            next(own)
        rows.append(self._depth(points[:, next(own)]))
        if not self.is_ghost:
            rows.append(self._pressed(posed, points[:, next(own)], points[:, next(own)]))
            rows.append(self.feel.limbs.overlaps(posed) / CROSSING_M)
        rows += self._asked(angles, posed)
        return np.concatenate(rows, axis=1)

    def _grip(self, posed: Poses, mine: Indices, theirs: Indices, between: Floats, apart: float) -> list[Floats]:
        facing = self.feel.skin.facing(posed, mine), self.feel.skin.facing(posed, theirs)
        off = between - apart * facing[1]
        opposed = 1 + np.einsum("ka,ka->k", *facing)
        return [off / GRIP_M, opposed[:, None] / TURNED]

    def _depth(self, points: Floats) -> Floats:
        floor = np.minimum(points[:, :, 1] + DEEP_FREE_M, 0)
        deep = [floor / DEEP_M]
        pelvis = np.array(self.wish.pelvis_m)
        for box, is_wall in self.feel.boxes:
            depth = behind(points, box, pelvis) if is_wall else inside(points, box)
            deep.append(-np.maximum(depth - DEEP_FREE_M, 0) / DEEP_M)
        return np.concatenate(deep, axis=1)

    def _pressed(self, posed: Poses, feelers: Floats, walls: Floats) -> Floats:
        flesh = self.feel.flesh
        return flesh.pressed(feelers, walls, self.feel.skin.normals(posed, flesh.walls.vertices)) / PRESSED_M

    def _asked(self, angles: Floats, posed: Poses) -> Iterator[Floats]:
        asked = self.wish.asked
        for joint in asked.ranges:
            yield _beyond(joint.shown(angles), joint.low, joint.high)
        for measure in asked.measures:
            for mark in measure.marks:
                shown = degrees(measure, mark, self.feel.skeleton, posed)
                yield _beyond(shown, measure.low + WITHIN_DEG, measure.high - WITHIN_DEG)


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


def _matched(grip: Grip) -> list[str]:
    """The part that each gripping part lies on: its own for pairs, the same for all otherwise."""
    mine, theirs = list(parts(grip.part)), list(parts(grip.on))
    return theirs if len(theirs) == len(mine) else theirs * len(mine)


def _beyond(shown: Floats, low: float, high: float) -> Floats:
    """How far each is outside a range, (k, 1), in degrees over what counts as one give."""
    over: Floats = ((np.maximum(shown - high, 0) + np.minimum(shown - low, 0)) / BEYOND_DEG)[:, None]
    return over


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
