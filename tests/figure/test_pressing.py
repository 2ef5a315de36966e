"""How deep parts of the body lie in each other: against boxes of which one knows it, and as the solver feels it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supple.figure.body import load
from supple.figure.flesh import Flesh
from supple.figure.pressing import Parts, depths
from supple.figure.scene import at_rest
from supple.figure.skeleton import poses, skeleton, vector
from supple.figure.skin import Skin
from supple.figure.skinning import posed

CORNERS = np.array([[x, y, z] for x in (0.0, 1.0) for y in (0.0, 1.0) for z in (0.0, 1.0)])
SIDES = [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)]
BOX = np.array([(a, b, c) for a, b, c, _ in SIDES] + [(a, c, d) for a, _, c, d in SIDES], np.int32)
WITHOUT_A_SIDE = np.delete(BOX, [1, 7], axis=0)

inside = st.floats(0.05, 0.45)


@given(inside, inside, inside)
@settings(max_examples=50, deadline=None)
def test_a_point_in_a_box_is_as_deep_as_its_nearest_side(x: float, y: float, z: float) -> None:
    (found,) = depths(np.array([[x, y, z]]), CORNERS, BOX)

    assert found == pytest.approx(min(x, y, z), abs=1e-9)


@pytest.mark.parametrize("point", [(-0.1, 0.5, 0.5), (0.5, 1.2, 0.5), (2.0, 2.0, 2.0)])
def test_a_point_outside_a_box_is_not_deep(point: tuple[float, float, float]) -> None:
    assert depths(np.array([point]), CORNERS, BOX)[0] == 0


def test_a_box_that_is_open_at_one_side_still_has_an_inside() -> None:
    shallow, outside = depths(np.array([[0.2, 0.5, 0.5], [1.5, 0.5, 0.5]]), CORNERS, WITHOUT_A_SIDE)

    assert shallow == pytest.approx(0.2)
    assert outside == 0


@pytest.mark.parametrize("name", ["woman", "man", "older", "heavier"])
def test_a_body_at_rest_is_not_inside_itself(name: str) -> None:
    body = load(name)
    rest = at_rest(body)
    vertices = posed(body, rest.rotations, rest.root)[0].astype(float)

    assert list(Parts(body).presses(vertices, 0.005)) == []


@pytest.mark.parametrize("flexion", [60.0, 80.0, 100.0])
def test_the_solver_feels_what_is_measured_on_every_triangle(flexion: float) -> None:
    """A forearm laid into the belly: both ways of telling how deep agree within 15 mm, the spacing of the points."""
    body = load("woman")
    bones, flesh = skeleton(body), Flesh(body)
    angles = {"elbow_flexion_left": flexion, "shoulder_rotation_left": -90.0, "shoulder_abduction_left": 5.0}
    pose = poses(bones, vector(angles), np.array([0.0, 1.0, 0.0]))
    skin = Skin(body, bones)
    feelers, walls = (skin.points(pose, felt.vertices) for felt in (flesh.feelers, flesh.walls))

    felt = flesh.pressed(feelers, walls, skin.normals(pose, flesh.walls.vertices))[0]
    every = Parts(body).presses(skin.points(pose, np.arange(len(body.vertices)))[0], 0.0)
    measured = max(press.depth_m for press in every if press.part == "forearm_of_left" and press.inside == "trunk")
    forearm = flesh.feelers.parts == flesh.names.index("forearm_of_left")

    assert felt[forearm].max() + flesh.free[forearm][0] == pytest.approx(measured, abs=0.015)
