"""A camera stands where its view says and has the whole figure in the picture."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as some

from supple.figure.view import (
    BOTTOM_MARGIN,
    LIFT,
    Point,
    Size,
    UnknownView,
    View,
    axes,
    corners,
    framed,
    named,
    project,
)

SIDE = some.integers(16, 4096)
PLACE = some.tuples(*[some.floats(-3, 3)] * 3)
EXTENT = some.tuples(*[some.floats(0.02, 3)] * 3)


@given(low=PLACE, extent=EXTENT, view=some.sampled_from(View), size=some.tuples(SIDE, SIDE))
def test_every_box_is_whole_in_every_picture(low: Point, extent: Point, view: View, size: Size) -> None:
    box = corners(np.array([low, np.add(low, extent)]))

    camera = framed(view, box, size)

    places = project(box, camera, size)
    assert (places[:, 2] > 0).all()
    assert (places[:, :2] >= -0.5).all()
    assert (places[:, 0] <= size[0] + 0.5).all()
    assert (places[:, 1] <= size[1] + 0.5).all()
    across, down = np.ptp(places[:, 0]) / size[0], np.ptp(places[:, 1]) / size[1]
    assert max(across, down) > 0.8  # and as large as fits
    # Feet near the bottom edge; low things may stand a little higher.
    assert (size[1] - places[:, 1].max()) / size[1] <= BOTTOM_MARGIN + LIFT + 0.02


@pytest.mark.parametrize(
    ("view", "seen"),
    [
        (View.FRONT, (0, 0, 1)),
        (View.BACK, (0, 0, -1)),
        (View.LEFT, (1, 0, 0)),
        (View.RIGHT, (-1, 0, 0)),
        (View.OVERHEAD, (0, 1, 0)),
    ],
    ids=str,
)
def test_a_view_shows_the_side_it_is_named_for(view: View, seen: tuple[int, int, int]) -> None:
    camera = framed(view, [(-0.3, 0.0, -0.2), (0.3, 1.7, 0.2)], (640, 480))

    assert -axes(camera)[2] @ seen > 0.98


def test_from_the_front_the_persons_left_is_on_the_right() -> None:
    camera = framed(View.FRONT, [(-1, 0, 0), (1, 1, 0)], (200, 200))

    left, right = project(np.array([(0.5, 0.5, 0), (-0.5, 0.5, 0)], np.float32), camera, (200, 200))
    assert left[0] > 100 > right[0]


def test_from_overhead_what_lies_ahead_is_below() -> None:
    camera = framed(View.OVERHEAD, [(-1, 0, -1), (1, 0.2, 1)], (200, 200))

    ahead, behind = project(np.array([(0, 0, 0.5), (0, 0, -0.5)], np.float32), camera, (200, 200))
    assert ahead[1] > behind[1]


def test_a_camera_does_not_come_near_to_what_is_small() -> None:
    camera = framed(View.THREE_QUARTER, [(-0.1, 0, -0.1), (0.1, 0.1, 0.1)], (320, 240))

    assert np.linalg.norm(camera.eye) > 3.5
    assert camera.field_deg < 10


def test_an_unknown_view_is_named_beside_those_there_are() -> None:
    with pytest.raises(UnknownView, match="'side'; choose one of front, back, left"):
        named("side")


def test_axes_are_square_to_each_other_in_every_view() -> None:
    for view in View:
        rows = axes(framed(view, [(0, 0, 0), (1, 1, 1)], (100, 50)))
        assert rows @ rows.T == pytest.approx(np.eye(3), abs=1e-9)
