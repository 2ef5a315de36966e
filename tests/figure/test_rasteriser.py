"""A mesh becomes the picture that geometry asks for."""

from dataclasses import replace
from math import radians, sin, sqrt, tan

import numpy as np
import pytest

from supple.figure.ground import Ground
from supple.figure.rasteriser import VEIL, BadSize, BrokenMesh, Mesh, joined, owners, render
from supple.figure.view import Camera
from tests.figure.meshes import card, coloured, sphere

AHEAD = Camera((0.0, 0.0, 4.0), (0.0, 0.0, 0.0), 24.0)
RED, GREEN = (0.8, 0.1, 0.1), (0.1, 0.8, 0.1)


def test_a_sphere_covers_the_disc_that_geometry_predicts() -> None:
    radius, distance, height = 0.5, 4.0, 240

    picture = render(sphere(radius=radius, rings=160), AHEAD, (320, height), shadow=False, fineness=4)

    scale = height / 2 / tan(radians(12))
    disc = scale * radius / sqrt(distance**2 - radius**2)  # the outline is where rays touch, not at the equator
    covered = float(picture[..., 3].sum()) / 255
    assert covered == pytest.approx(np.pi * disc**2, rel=0.003)  # 160 rings are a polyhedron 0.02 % too small
    rows, columns = np.nonzero(picture[..., 3] > 127)
    assert (rows.mean() + 0.5, columns.mean() + 0.5) == pytest.approx((120, 160), abs=0.1)
    assert (np.ptp(rows) + 1) / 2 == pytest.approx(disc, abs=0.7)


def test_a_point_off_the_axis_lands_where_the_lens_puts_it() -> None:
    ball = sphere((0.3, -0.2, 1.0), radius=0.02)

    rows, columns = np.nonzero(owners(ball, AHEAD, (400, 300)) >= 0)

    scale = 150 / tan(radians(12)) / 3.0
    assert columns.mean() + 0.5 == pytest.approx(200 + 0.3 * scale, abs=0.5)
    assert rows.mean() + 0.5 == pytest.approx(150 + 0.2 * scale, abs=0.5)


@pytest.mark.parametrize("order", [(0, 1), (1, 0)], ids=["near first", "far first"])
def test_what_is_nearer_covers_what_is_farther(order: tuple[int, int]) -> None:
    cards = [card((-0.3, -0.3), (0.3, 0.3), 0.5, RED), card((-0.5, -0.5), (0.5, 0.5), 0.0, GREEN)]

    picture = render(joined([cards[i] for i in order]), AHEAD, (160, 120), shadow=False)

    middle, rim = picture[60, 80], picture[60, 80 - 33]
    assert middle[0] > 2 * middle[1]
    assert rim[1] > 2 * rim[0]


def test_two_cards_that_cross_meet_at_their_line() -> None:
    slanted = coloured(
        np.array([(-0.4, -0.4, -0.4), (0.4, -0.4, 0.4), (0.4, 0.4, 0.4), (-0.4, 0.4, -0.4)]),
        np.array([(0, 1, 2), (0, 2, 3)]),
        RED,
    )

    seen = owners(joined([card((-0.4, -0.4), (0.4, 0.4), 0.0, GREEN), slanted]), AHEAD, (201, 151))

    assert set(np.unique(seen[75, 70:99])) <= {0, 1}
    assert set(np.unique(seen[75, 102:130])) <= {2, 3}


def test_neighbours_leave_no_crack() -> None:
    seen = owners(sphere(rings=90), AHEAD, (640, 480))

    rows = [row for row in seen if (row >= 0).any()]
    assert all((row[np.argmax(row >= 0) : len(row) - np.argmax(row[::-1] >= 0)] >= 0).all() for row in rows)


def test_edges_are_soft_and_insides_and_outsides_are_not() -> None:
    alpha = render(sphere(), AHEAD, (160, 120), shadow=False)[..., 3]

    assert alpha[0, 0] == 0
    assert alpha[60, 80] == 255
    edge = (alpha > 0) & (alpha < 255)
    assert 60 < edge.sum() < 400
    assert len(np.unique(alpha[edge])) >= 3


def test_alpha_is_straight_so_that_an_edge_keeps_its_colour() -> None:
    picture = render(card((-0.3, -0.31), (0.31, 0.3), 0.0, RED), AHEAD, (160, 120), shadow=False)

    edge = (picture[..., 3] > 0) & (picture[..., 3] < 255)
    assert edge.any()
    assert np.ptp(picture[edge][:, 0].astype(int)) <= 12
    assert picture[edge][:, 0].min() > 100


def test_the_same_input_gives_the_same_bytes_however_many_threads() -> None:
    scene = joined([sphere((0, 0.5, 0)), card((-0.6, 0.0), (0.6, 1.0), -0.3, GREEN)])
    camera = Camera((1.0, 1.4, 4.0), (0.0, 0.4, 0.0))

    pictures = [render(scene, camera, (120, 90), threads=count) for count in (1, 1, 2, 5)]

    assert len({picture.tobytes() for picture in pictures}) == 1


def test_the_inside_of_cloth_is_lit_as_its_outside_would_be() -> None:
    front = card((-0.5, -0.5), (0.5, 0.5), 0.0, RED)
    back = replace(front, triangles=front.triangles[:, ::-1].copy())

    there, turned = (render(mesh, AHEAD, (64, 48), shadow=False) for mesh in (front, back))

    assert (there[..., 3] == turned[..., 3]).all()
    assert np.abs(there[24, 32].astype(int) - turned[24, 32]).max() <= 1


def test_what_faces_the_key_light_is_brighter_than_what_turns_away() -> None:
    picture = render(sphere(), AHEAD, (160, 120), shadow=False).astype(int)

    assert picture[38, 66, 1] > picture[84, 98, 1] + 40


def test_a_fold_is_dimmer_than_an_open_place() -> None:
    floor = coloured(
        np.array([(-1.0, 0.5, -1), (1, 0.5, -1), (1, 0.5, 1), (-1, 0.5, 1)]),
        np.array([(0, 2, 1), (0, 3, 2)]),
        (0.6,) * 3,
    )
    camera = Camera((0.0, 1.6, 4.0), (0.0, 0.6, 0.0))

    alone, touched = (
        render(mesh, camera, (160, 120), shadow=False)
        for mesh in (floor, joined([floor], [sphere((0, 0.7, 0), 0.2, (0.6,) * 3)]))
    )

    assert touched[64, 80, 1] < alone[64, 80, 1] - 5
    assert touched[64, 20, 1] == alone[64, 20, 1]


def test_a_shadow_lies_on_the_floor_beside_the_feet_and_can_be_left_out() -> None:
    ball, camera = sphere((0, 0.3, 0), 0.3), Camera((0.0, 1.2, 4.0), (0.0, 0.3, 0.0))

    shaded, bare = (render(ball, camera, (160, 120), shadow=shadow) for shadow in (True, False))

    only = (shaded[..., 3] > 0) & (bare[..., 3] == 0)
    assert only.sum() > 200
    assert np.nonzero(only)[1].mean() > 80  # the key light comes from the left
    assert shaded[only][:, :3].max() < 40  # ink, so that it darkens any page


def test_a_mesh_that_throws_no_shadow_throws_none() -> None:
    wall, camera = card((-0.5, 0.0), (0.5, 1.0), 0.0, GREEN), Camera((0.0, 1.0, 4.0), (0.0, 0.5, 0.0))
    speck = sphere((0.0, 0.5, 0.2), 0.001)

    casting, silent = (
        render(joined([speck, wall]), camera, (160, 120)),
        render(joined([speck], [wall]), camera, (160, 120)),
    )

    assert (casting[..., 3] > 0).sum() > (silent[..., 3] > 0).sum() + 100


def test_a_veil_covers_a_part_of_what_is_behind_it_and_throws_no_shadow() -> None:
    near, far = card((-0.3, -0.3), (0.3, 0.3), 0.5, RED), card((-0.2, -0.2), (0.2, 0.2), 0.0, GREEN)

    bare, covered, veiled = (
        render(mesh, AHEAD, (160, 120), shadow=False)[[60, 60], [80, 100]].astype(float)
        for mesh in (joined([far]), joined([far], [near]), joined([far], [], [near]))
    )

    assert veiled[0] == pytest.approx((1 - VEIL) * bare[0] + VEIL * covered[0], abs=1)  # over the far card
    assert veiled[1] == pytest.approx([*covered[1, :3], 255 * VEIL], abs=1)  # over the clear ground


def test_the_ground_is_two_flat_planes_with_one_horizon() -> None:
    ground = Ground((0.902, 0.902, 1.0), (0.8, 0.702, 0.6))

    picture = render(sphere((0, 0.3, 0), 0.3), Camera((0.0, 1.2, 4.0), (0.0, 0.3, 0.0)), (160, 120), ground=ground)

    assert (picture[..., 3] == 255).all()
    column = picture[:, 2, :3]
    assert tuple(column[0]) == (230, 230, 255)
    assert tuple(column[-1]) == (204, 179, 153)
    assert len(np.unique(column, axis=0)) <= 3


@pytest.mark.parametrize("size", [(15, 100), (100, 15), (4097, 100), (0, 0), (-5, 40)], ids=str)
def test_a_size_that_cannot_be_made_is_refused_with_the_range(size: tuple[int, int]) -> None:
    with pytest.raises(BadSize, match="16 to 4096"):
        render(sphere(), AHEAD, size)


@pytest.mark.parametrize("size", [(16, 16), (16, 300), (301, 17)], ids=str)
def test_small_and_odd_sizes_are_drawn(size: tuple[int, int]) -> None:
    assert render(sphere(), AHEAD, size).shape == (size[1], size[0], 4)


def test_a_vertex_that_is_no_place_is_named() -> None:
    ball = sphere()
    ball.vertices[7, 1] = np.nan

    with pytest.raises(BrokenMesh, match=r"Vertex 7 .*pose the body anew"):
        render(ball, AHEAD, (64, 48))


def test_broken_meshes_are_refused_in_a_sentence() -> None:
    ball = sphere()
    empty, strange = ball.triangles[:0], ball.triangles + 1

    with pytest.raises(BrokenMesh, match="empty"):
        render(replace(ball, triangles=empty), AHEAD, (64, 48))
    with pytest.raises(BrokenMesh, match="outside 0 to"):
        render(replace(ball, triangles=strange), AHEAD, (64, 48))
    with pytest.raises(BrokenMesh, match="three numbers"):
        render(replace(ball, colours=ball.colours[:5]), AHEAD, (64, 48))


def test_what_lies_behind_the_eye_is_left_out() -> None:
    behind = sphere((0.0, 0.0, 6.0), 0.5)

    assert (owners(behind, AHEAD, (64, 48)) == -1).all()
    assert (render(Mesh(behind.vertices, behind.triangles, behind.colours), AHEAD, (64, 48), shadow=False) == 0).all()


def test_the_key_light_stands_where_its_name_says() -> None:
    """Half of the disc to the upper left is brighter than the other half, from each side of the room."""
    for eye in ((0.0, 0.0, 4.0), (4.0, 0.0, 0.0), (2.0, 0.0, -4.0 * sin(1))):
        light = render(sphere(), Camera(eye, (0.0, 0.0, 0.0)), (120, 120), shadow=False)[..., 1].astype(float)
        rows, columns = np.indices(light.shape)
        inside = light > 0
        assert light[inside & (rows + columns < 119)].mean() > light[inside & (rows + columns > 119)].mean() + 20
