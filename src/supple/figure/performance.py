"""A stretch as a body performs it: the pose at an arc on a side, with the things it needs, ready to be drawn."""

from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np

from supple.anatomy import Side
from supple.catalogue import Sides, Stretch, load
from supple.catalogue.motion_reader import baked, motion
from supple.figure import props
from supple.figure.body import Body
from supple.figure.body import load as load_body
from supple.figure.compiled import Doubles
from supple.figure.props import Prop
from supple.figure.rasteriser import Mesh
from supple.figure.regions import Indices, regions
from supple.figure.scene import Marks, Pose, figure
from supple.figure.skeleton import skeleton
from supple.figure.solids import Point
from supple.figure.view import View
from supple.motion import Carried, Motion
from supple.motion.baked import Frame, arc_share, mirrored, sample
from supple.motion.key_pose import parts

MIRRORED_VIEW = {
    View.LEFT: View.RIGHT,
    View.RIGHT: View.LEFT,
    View.THREE_QUARTER: View.THREE_QUARTER_RIGHT,
    View.THREE_QUARTER_BACK: View.THREE_QUARTER_BACK_RIGHT,
}
ROUND_M = 0.10  # flesh as near as this to the middle of a part is what a strap winds round
OVER_M = 0.004  # a strap's middle above the skin that it lies on
BEND_M = 0.012  # before and behind a bend
TAIL_M = 0.07  # what hangs out of a fist
AHEAD: Point = (0.0, 0.0, 1.0)
CARRIED = {"strap": props.strap, "towel": props.towel}


@dataclass(frozen=True)
class Wanted:
    """What to show: a stretch, how far (10 to 100 percent), which side, on which body; `way` picks one of two ends."""

    stretch: str
    arc_percent: float = 100.0
    side: Side = Side.LEFT
    body: str = "woman"
    way: str = ""


@dataclass(frozen=True, eq=False)
class Performance:
    """The figure and the things around it; `whole` is False where the motion has not passed the look."""

    person: Mesh
    props: tuple[Prop, ...]
    view: View
    whole: bool


def perform(wanted: Wanted, *, tinted: bool = True) -> Performance:
    """The picture's contents; raises UnknownStretch, NoMotion, UnknownBody, BakedError.

    A stretch whose motion has not passed the look is shown in position, never in a movement that may be wrong.
    """
    share = arc_share(wanted.arc_percent)
    made, body = motion(wanted.stretch), load_body(wanted.body)
    moved = baked(wanted.stretch, wanted.body)
    track = moved.track(wanted.way) if wanted.way else moved.tracks[0]
    whole = bool(made.passed) and moved.proved
    frame = sample(track, share if whole else 0.0)
    right = wanted.side is Side.RIGHT
    posed = mirrored(frame, moved.bones) if right else frame
    marks = marked(load().stretch(wanted.stretch), wanted.side) if tinted else None
    view = View(made.view)
    person = figure(body, pose_of(posed, moved.bones, body), marks)
    return Performance(
        person,
        (*things(made, mirrored_too=right), *carried(made, body, person, mirrored_too=right)),
        MIRRORED_VIEW.get(view, view) if right else view,
        whole,
    )


def marked(stretch: Stretch, side: Side = Side.LEFT) -> Marks:
    """The muscle groups that a stretch works on: primary first; on its side if it has one."""
    groups = load().groups
    primary = dict.fromkeys(groups[muscle] for muscle in stretch.primary)
    secondary = dict.fromkeys(groups[muscle] for muscle in stretch.secondary)
    own = side if stretch.sides is Sides.ALTERNATE_SIDES else Side.NONE
    return Marks(tuple(primary), tuple(group for group in secondary if group not in primary), own)


def things(made: Motion, *, mirrored_too: bool = False) -> tuple[Prop, ...]:
    """The things of a motion in their places."""
    sign, turn = (-1, -1) if mirrored_too else (1, 1)
    return tuple(
        props.placed(
            props.by_name(item.prop),
            (sign * item.at[0], item.at[1]),
            quarter_turns=turn * item.quarter_turns,
            up_m=item.up_m,
        )
        for item in made.props
    )


def carried(made: Motion, body: Body, person: Mesh, *, mirrored_too: bool = False) -> tuple[Prop, ...]:
    """What the person holds between parts of the body, drawn tight: straight from one part to the next."""
    return tuple(_drawn_tight(item, body, person, mirrored_too=mirrored_too) for item in made.carried)


def _drawn_tight(item: Carried, body: Body, person: Mesh, *, mirrored_too: bool) -> Prop:
    named = [_other_side(part) if mirrored_too else part for name in item.through for part in parts(name)]
    middles = np.array([person.vertices[_parts(body)[part]].astype(float).mean(0) for part in named])
    way, across = _wound(middles, person)
    points = [(float(x), float(y), float(z)) for x, y, z in _straight(way)]
    return (
        props.towel(points, face=AHEAD, across=across) if item.prop == "towel" else props.strap(points, across=across)
    )


def _wound(middles: Doubles, person: Mesh) -> tuple[Doubles, Point | None]:
    """The shortest way from the first to the last middle round what lies at those between; and its width's direction.

    In the plane in which it winds that is the hull of its ends and of the flesh that the strap lies on.
    """
    first, last = middles[0], middles[-1]
    if len(middles) == 2:
        tail = TAIL_M * (last - first) / np.linalg.norm(last - first)
        return np.array([first - tail, last + tail]), None
    normal = np.cross(middles[1] - first, last - middles[1])
    normal /= np.linalg.norm(normal)
    right = (last - first) / np.linalg.norm(last - first)
    up = np.cross(normal, right)
    skin = person.vertices.astype(float)
    near = np.min([np.linalg.norm(skin - middle, axis=1) for middle in middles[1:-1]], axis=0) < ROUND_M
    near &= np.abs((skin - first) @ normal) < props.STRAP_WIDTH_M / 4
    flat = (skin[near] - first) @ np.stack([right, up], axis=1)
    flat += OVER_M * (flat - flat.mean(0)) / np.linalg.norm(flat - flat.mean(0), axis=1, keepdims=True)
    side = np.sign((middles[1] - first) @ up)
    chain = _over(flat * (1, side), float(np.linalg.norm(last - first))) * (1, side)
    x, y, z = normal
    return first + chain @ np.stack([right, up]), (float(x), float(y), float(z))


def _over(points: Doubles, end: float) -> Doubles:
    """The hull of `points` above the line from (0, 0) to (`end`, 0), from the one to the other (Jarvis 1973)."""
    places = np.append(points, [[end, 0.0]], axis=0)
    chain, way = [np.zeros(2)], np.array([-1.0, 0.0])
    while not np.array_equal(chain[-1], places[-1]) and len(chain) <= len(places):
        ways = places - chain[-1]
        right = np.arctan2(ways[:, 0] * way[1] - ways[:, 1] * way[0], ways @ way)  # how far to turn to the right
        turn = np.where(np.any(ways != 0, axis=1), np.mod(right + 1e-9, 2 * np.pi), np.inf)
        way = ways[turn.argmin()]
        chain.append(places[turn.argmin()])
    return np.array(chain)


def _straight(through: Doubles) -> Doubles:
    """More points, close before and behind each bend, so that a smooth line through them is straight in between."""
    found = [through[0]]
    for i, (start, end) in enumerate(pairwise(through), start=2):
        close = min(BEND_M / float(np.linalg.norm(end - start)), 1 / 3)
        shares = ((close,) if i > 2 else ()) + ((1 - close,) if i < len(through) else ())
        found += [start + (end - start) * share for share in (*shares, 1.0)]
    return np.array(found)


def _other_side(part: str) -> str:
    stem, _, side = part.rpartition("_")
    return {"left": f"{stem}_right", "right": f"{stem}_left"}.get(side, part)


@cache
def _parts(body: Body) -> dict[str, Indices]:
    return regions(body, skeleton(body))


def pose_of(frame: Frame, bones: tuple[str, ...], body: Body) -> Pose:
    """A frame as a pose of the body."""
    where = {bone: i for i, bone in enumerate(bones)}
    quaternions = np.array([frame.rotations[where[bone]] for bone in body.bones])
    return Pose(matrices(quaternions), np.array(frame.pelvis))


def matrices(quaternions: Doubles) -> Doubles:
    """Rotation matrices (n, 3, 3) of unit quaternions (n, 4), x y z w."""
    x, y, z, w = quaternions.T
    rows = [
        [1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
        [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
        [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)],
    ]
    return np.array(rows).transpose(2, 0, 1)
