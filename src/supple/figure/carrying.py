"""What a person holds between parts of the body, drawn tight: a towel behind the back, a strap round the foot.

It runs the shortest way: straight from hand to hand, and round the flesh that lies between. The way is found when a
motion is baked and kept with its frames, so that every picture of it is the same.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from supple.figure import props
from supple.figure.body import Body
from supple.figure.compiled import Doubles, Floats
from supple.figure.props import Prop
from supple.figure.regions import regions
from supple.figure.skeleton import skeleton
from supple.figure.solids import Point, band, smooth
from supple.motion import Motion
from supple.motion.baked import Frame, Line
from supple.motion.key_pose import parts

ROUND_M = 0.10  # flesh as near as this to the middle of a part is what a strap winds round
OVER_M = 0.004  # a strap's middle above the skin that it lies on
BEND_M = 0.012  # before and behind a bend
TAIL_M = 0.16  # what hangs out of the lower fist
IN_FIST_M = 0.01  # where the other end lies in the upper one, for nothing soft stands up
POINTS = 40  # of a way as it is kept


@dataclass(frozen=True)
class Look:
    """How a held thing looks: metres, the colour's code, and where its broad side faces, None across where it winds."""

    name: str
    width: float
    thickness: float
    colour: str
    face: Point | None


LOOKS = {
    "strap": Look("strap", props.STRAP_WIDTH_M, props.STRAP_THICK_M, props.STRAP, None),
    "towel": Look("towel", props.TOWEL_WIDTH_M, props.TOWEL_THICK_M, props.TOWEL, (0.0, 0.0, 1.0)),
}


def look(prop: str) -> Look:
    """How a held thing looks; raises UnknownProp."""
    if prop not in LOOKS:
        raise props.UnknownProp(f"Nobody can hold a {prop!r} here; choose one of {', '.join(LOOKS)}.")
    return LOOKS[prop]


def carried(made: Motion, frame: Frame) -> tuple[Prop, ...]:
    """What is held in a frame, as things to draw."""
    return tuple(thing(item.prop, line) for item, line in zip(made.carried, frame.carried, strict=True))


def lines(made: Motion, body: Body, vertices: Floats) -> tuple[Line, ...]:
    """The way of everything that is held, for the body as its posed `vertices` say; each POINTS points in metres."""
    where = regions(body, skeleton(body)) if made.carried else {}
    found = []
    for item in made.carried:
        named = [part for name in item.through for part in parts(name)]
        middles = np.array([vertices[where[part]].astype(float).mean(0) for part in named])
        found.append(_even(smooth(_straight(_wound(middles, vertices.astype(float))))))
    return tuple(found)


def thing(prop: str, line: Line) -> Prop:
    """A strap or towel along a line of points in metres; raises UnknownProp."""
    seen = look(prop)
    first, middle, last = (np.array(line[at]) for at in (0, len(line) // 2, -1))
    x, y, z = np.cross(middle - first, last - middle)
    across = None if seen.face else (float(x), float(y), float(z))
    mesh = band(line, seen.width, seen.colour, thickness=seen.thickness, face=seen.face, across=across)
    return Prop(seen.name, mesh)


def _even(line: Doubles) -> Line:
    """The line by POINTS points that lie evenly along it."""
    along = np.concatenate([[0.0], np.cumsum(np.linalg.norm(np.diff(line, axis=0), axis=1))])
    at = np.linspace(0, along[-1], POINTS)
    columns = [np.interp(at, along, line[:, axis]) for axis in range(3)]
    return tuple((float(x), float(y), float(z)) for x, y, z in zip(*columns, strict=True))


def _wound(middles: Doubles, skin: Doubles) -> Doubles:
    """The shortest way from the first to the last middle round what lies at those between.

    In the plane in which it winds that is the hull of its ends and of the flesh that the strap lies on.
    """
    first, last = middles[0], middles[-1]
    if len(middles) == 2:
        high, low = (first, last) if first[1] > last[1] else (last, first)
        end = high + IN_FIST_M * (high - low) / np.linalg.norm(high - low)
        way = np.array([end, low, low - (0.0, TAIL_M, 0.0)])
        return way if high is first else way[::-1]
    normal = np.cross(middles[1] - first, last - middles[1])
    normal /= np.linalg.norm(normal)
    right = (last - first) / np.linalg.norm(last - first)
    up = np.cross(normal, right)
    near = np.min([np.linalg.norm(skin - middle, axis=1) for middle in middles[1:-1]], axis=0) < ROUND_M
    near &= np.abs((skin - first) @ normal) < props.STRAP_WIDTH_M / 4
    flat = (skin[near] - first) @ np.stack([right, up], axis=1)
    flat += OVER_M * (flat - flat.mean(0)) / np.linalg.norm(flat - flat.mean(0), axis=1, keepdims=True)
    side = np.sign((middles[1] - first) @ up)
    chain = _over(flat * (1, side), float(np.linalg.norm(last - first))) * (1, side)
    found: Doubles = first + chain @ np.stack([right, up])
    return found


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
