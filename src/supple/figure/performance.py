"""A stretch as a body performs it: the pose at an arc on a side, with the things it needs, ready to be drawn."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from supple.anatomy import Side
from supple.catalogue import Sides, Stretch, load
from supple.catalogue.motion_reader import baked, motion
from supple.figure import props
from supple.figure.body import Body
from supple.figure.body import load as load_body
from supple.figure.carrying import carried
from supple.figure.compiled import Doubles
from supple.figure.props import Prop
from supple.figure.rasteriser import Mesh
from supple.figure.scene import Marks, Pose, figure
from supple.figure.view import View
from supple.motion import Placed
from supple.motion.baked import Frame, arc_share, mirrored, sample

MIRRORED_VIEW = {
    View.LEFT: View.RIGHT,
    View.RIGHT: View.LEFT,
    View.THREE_QUARTER: View.THREE_QUARTER_RIGHT,
    View.THREE_QUARTER_BACK: View.THREE_QUARTER_BACK_RIGHT,
}


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
    """The figure and the things around it; `resting` says why it is shown in position only, where it is."""

    person: Mesh
    props: tuple[Prop, ...]
    view: View
    resting: str = ""


def perform(wanted: Wanted, *, tinted: bool = True) -> Performance:
    """The picture's contents; raises UnknownStretch, NoMotion, UnknownBody, BakedError.

    A stretch whose motion has not passed the look is shown in position, never in a movement that may be wrong.
    """
    share = arc_share(wanted.arc_percent)
    made, body = motion(wanted.stretch), load_body(wanted.body)
    moved = baked(wanted.stretch, wanted.body)
    track = moved.track(wanted.way) if wanted.way else moved.tracks[0]
    resting = ""
    if not made.passed:
        resting = "its motion has not passed the look yet, so this is how it begins."
    elif not moved.proved:
        resting = f"it is not shown moving on the body '{wanted.body}', so this is how it begins; choose another body."
    frame = sample(track, 0.0 if resting else share)
    right = wanted.side is Side.RIGHT
    posed = mirrored(frame, moved.bones) if right else frame
    marks = marked(load().stretch(wanted.stretch), wanted.side) if tinted else None
    view = View(made.view)
    person = figure(body, pose_of(posed, moved.bones, body), marks)
    return Performance(
        person,
        (*things(made.props, mirrored_too=right), *carried(made, posed)),
        MIRRORED_VIEW.get(view, view) if right else view,
        resting,
    )


def marked(stretch: Stretch, side: Side = Side.LEFT) -> Marks:
    """The muscle groups that a stretch works on: primary first; on its side, if it has one and pulls there alone."""
    groups = load().groups
    primary = dict.fromkeys(groups[muscle] for muscle in stretch.primary)
    secondary = dict.fromkeys(groups[muscle] for muscle in stretch.secondary)
    alone = stretch.sides is Sides.ALTERNATE_SIDES and not motion(stretch.id).both_sides
    own = side if alone else Side.NONE
    return Marks(tuple(primary), tuple(group for group in secondary if group not in primary), own)


def things(placed: Sequence[Placed], *, mirrored_too: bool = False) -> tuple[Prop, ...]:
    """The things of a motion or a way in their places."""
    sign, turn = (-1, -1) if mirrored_too else (1, 1)
    return tuple(
        props.placed(
            props.by_name(item.prop),
            (sign * item.at[0], item.at[1]),
            quarter_turns=turn * item.quarter_turns,
            up_m=item.up_m,
        )
        for item in placed
    )


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
