"""A person in a pose among things: the one mesh that a picture shows."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from supple.anatomy import MuscleGroup, Side
from supple.figure.body import Body
from supple.figure.compiled import Floats
from supple.figure.props import Prop
from supple.figure.rasteriser import Mesh, joined
from supple.figure.skinning import posed
from supple.figure.tint import tinted
from supple.figure.view import View, towards


@dataclass(frozen=True, eq=False)
class Pose:
    """How each bone's skin is turned from rest, (bones, 3, 3) in the room's axes, and where the root's head is."""

    rotations: npt.NDArray[np.floating]
    root: npt.NDArray[np.floating]


@dataclass(frozen=True)
class Marks:
    """The muscle groups to mark on the body, and on which side."""

    primary: tuple[MuscleGroup, ...] = ()
    secondary: tuple[MuscleGroup, ...] = ()
    side: Side = Side.NONE


def at_rest(body: Body) -> Pose:
    """The pose in which the body was built."""
    return Pose(np.tile(np.eye(3, dtype=np.float32), (len(body.bones), 1, 1)), body.heads[0])


def figure(body: Body, pose: Pose, marks: Marks | None = None) -> Mesh:
    """`body` in a pose; raises PoseMisfit."""
    marks = marks or Marks()
    vertices, normals = posed(body, pose.rotations, pose.root)
    return Mesh(vertices, body.triangles, _colours(body, marks), normals)


def _colours(body: Body, marks: Marks) -> Floats:
    return tinted(body, marks.primary, marks.secondary, side=marks.side)


def scene(person: Mesh, props: tuple[Prop, ...], view: View) -> Mesh:
    """The person among all things; walls throw no shadow, and one that would hide the person in this view is a veil."""
    things = [prop.mesh for prop in props if not prop.screens]
    behind, before = ([w.mesh for w in props if w.screens and _hides(w, person, view) is it] for it in (False, True))
    return joined([person, *things], behind, before)


def frame(person: Mesh, props: tuple[Prop, ...]) -> Floats:
    """The points that a picture should have inside: all but walls, of which a part is enough."""
    return np.concatenate([person.vertices, *(prop.mesh.vertices for prop in props if not prop.screens)])


def _hides(prop: Prop, person: Mesh, view: View) -> bool:
    """Whether a prop stands nearer to the camera than the person does, as seen along the view."""
    nearer = towards(view)
    return float(np.mean(prop.mesh.vertices @ nearer)) > float(np.mean(person.vertices @ nearer)) + 0.02
