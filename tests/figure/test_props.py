"""Things in the room have their true size, and surfaces where their meshes are."""

import numpy as np
import pytest

from supple.figure import props
from supple.figure.carrying import thing
from supple.figure.props import Box, Prop, placed

THINGS = [
    props.mat(),
    props.chair(),
    props.sofa(),
    props.desk(),
    props.wall(),
    props.doorway(),
    props.step(),
    props.bed(),
    props.rolled_towel(),
    props.pillow(),
    thing("strap", ((-0.3, 0.9, 0), (0, 0.4, 0.3), (0.3, 0.9, 0))),
    thing("towel", ((-0.3, 0.9, 0), (0, 0.9, 0), (0.3, 0.9, 0))),
]
EACH = pytest.mark.parametrize("prop", THINGS, ids=lambda prop: prop.name)


def extent(prop: Prop) -> tuple[np.typing.NDArray[np.float32], np.typing.NDArray[np.float32]]:
    """The corners of the box around a prop."""
    return prop.mesh.vertices.min(axis=0), prop.mesh.vertices.max(axis=0)


@EACH
def test_a_mesh_is_whole_and_its_triangles_agree_with_their_normals(prop: Prop) -> None:
    mesh = prop.mesh

    assert np.isfinite(mesh.vertices).all()
    assert mesh.normals is not None
    assert np.linalg.norm(mesh.normals, axis=1) == pytest.approx(np.ones(len(mesh.normals)), abs=1e-3)
    first, second, third = (mesh.vertices[mesh.triangles[:, k]].astype(float) for k in range(3))
    flat = np.cross(second - first, third - first)
    agreeing = np.einsum("ij,ij->i", flat, mesh.normals[mesh.triangles].mean(axis=1))
    assert agreeing.min() > -1e-6  # the outside is the front


@EACH
def test_nothing_stands_in_the_floor_but_the_mat(prop: Prop) -> None:
    low, high = extent(prop)

    if prop.name == "mat":
        assert (low[1], high[1]) == pytest.approx((-0.006, 0.0), abs=1e-6)
    else:
        assert low[1] >= -1e-6


@EACH
def test_surfaces_are_inside_what_is_seen(prop: Prop) -> None:
    low, high = extent(prop)

    for box in prop.surfaces():
        assert (np.array(box.low) >= low - 1e-5).all()
        assert (np.array(box.high) <= high + 1e-5).all()
        assert (np.array(box.high) > box.low).all()


@pytest.mark.parametrize(
    ("prop", "size"),
    [
        (props.mat(), (0.61, 0.006, 1.83)),
        (props.step(), (0.60, 0.15, 0.32)),
        (props.sofa(), (0.90, 0.58, 0.76)),
        (props.rolled_towel(), (0.40, 0.10, 0.10)),
        (props.pillow(), (0.60, 0.12, 0.40)),
    ],
    ids=lambda value: getattr(value, "name", "size"),
)
def test_things_have_the_size_that_is_said(prop: Prop, size: tuple[float, float, float]) -> None:
    low, high = extent(prop)

    assert high - low == pytest.approx(size, abs=2e-3)


def test_one_sits_at_seat_height_and_leans_on_a_desk() -> None:
    assert props.chair().surfaces()[0].high[1] == pytest.approx(0.45)
    assert props.desk().surfaces()[0].high[1] == pytest.approx(0.74)
    assert props.bed().surfaces()[0].high[1] == pytest.approx(0.50)


def test_one_fits_through_the_doorway() -> None:
    for box in props.doorway().surfaces():
        assert abs(box.low[0] + box.high[0]) < 1e-6 or min(abs(box.low[0]), abs(box.high[0])) >= 0.40


@pytest.mark.parametrize("quarters", range(-1, 5))
@EACH
def test_surfaces_turn_and_move_with_the_mesh(prop: Prop, quarters: int) -> None:
    moved = placed(prop, (0.4, -1.1), quarter_turns=quarters)

    low, high = extent(moved)
    for before, after in zip(prop.surfaces(), moved.surfaces(), strict=True):
        assert np.prod(np.subtract(after.high, after.low)) == pytest.approx(
            np.prod(np.subtract(before.high, before.low))
        )
        assert (np.array(after.low) >= low - 1e-5).all()
        assert (np.array(after.high) <= high + 1e-5).all()


def test_a_quarter_turn_takes_ahead_to_the_persons_left() -> None:
    wall = placed(props.wall(), (0.0, 0.0), quarter_turns=1)

    assert wall.surfaces()[0] == Box((0.0, 0.0, -props.WALL_M[0] / 2), (props.WALL_M[2], 2.4, props.WALL_M[0] / 2))


def test_a_strap_runs_through_the_points_it_is_given() -> None:
    points = ((-0.3, 0.9, 0.0), (0.0, 0.4, 0.3), (0.3, 0.9, 0.0))

    vertices = thing("strap", points).mesh.vertices

    for point in points:
        assert np.linalg.norm(vertices - point, axis=1).min() < props.STRAP_WIDTH_M / 2
