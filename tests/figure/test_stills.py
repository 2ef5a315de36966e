"""A still shows the person among things, with the muscles marked, on the ground one asks for."""

from dataclasses import dataclass
from io import BytesIO

import numpy as np
import pytest
from PIL import Image

from supple.anatomy import MuscleGroup, Side
from supple.figure import props
from supple.figure.compiled import Floats
from supple.figure.rasteriser import BadSize
from supple.figure.scene import frame, scene
from supple.figure.stills import Backing, UnknownGround, backing, cut, png, still
from supple.figure.tint import tinted
from supple.figure.view import View
from tests.figure.meshes import sphere

PERSON = sphere((0.0, 0.8, 0.0), 0.8)


@dataclass(frozen=True, eq=False)
class Skin:
    """Three places: on a hamstring, on both hamstring and calf, on neither; the second is on the right."""

    colours: Floats
    muscles: dict[MuscleGroup, Floats]
    vertices: Floats


SKIN = Skin(
    np.full((3, 3), 0.2, np.float32),
    {
        MuscleGroup.HAMSTRINGS: np.array([1, 0.5, 0], np.float32),
        MuscleGroup.CALVES: np.array([0, 1, 0], np.float32),
    },
    np.array([[0.1, 0, 0], [-0.1, 0, 0], [0, 0, 0]], np.float32),
)


def test_a_stretch_with_a_side_marks_that_side_alone() -> None:
    left = tinted(SKIN, [MuscleGroup.HAMSTRINGS], side=Side.LEFT)
    right = tinted(SKIN, [MuscleGroup.HAMSTRINGS], side=Side.RIGHT)

    assert (left[1] == SKIN.colours[1]).all()
    assert (right[0] == SKIN.colours[0]).all()
    assert (left[0] != SKIN.colours[0]).any()
    assert (right[1] != SKIN.colours[1]).any()


def test_the_main_group_is_marked_more_than_the_second_and_the_rest_not_at_all() -> None:
    main = tinted(SKIN, [MuscleGroup.HAMSTRINGS], [MuscleGroup.CALVES])
    faint = tinted(SKIN, [], [MuscleGroup.HAMSTRINGS])

    assert main[0, 0] > faint[0, 0] > 0.2
    assert (main[2] == SKIN.colours[2]).all()
    assert main[0, 0] > main[0, 1] > main[0, 2]  # the colour of the pull is orange


def test_a_mark_fades_to_nothing() -> None:
    assert (tinted(SKIN, [MuscleGroup.HAMSTRINGS], strength=0.0) == SKIN.colours).all()


def test_by_day_and_at_dusk_the_ground_is_the_pages_own() -> None:
    day, dusk = (still(PERSON, View.FRONT, (96, 72), behind=behind) for behind in (Backing.LIGHT, Backing.DUSK))

    assert tuple(day[0, 0]) == (0xDD, 0xE7, 0xEA, 255)
    assert tuple(dusk[0, 0]) == (0x2D, 0x41, 0x4A, 255)
    assert tuple(day[-1, 0]) == (0xE6, 0xE0, 0xD4, 255)


def test_on_clear_ground_the_corner_lets_the_page_through() -> None:
    assert still(PERSON, View.FRONT, (96, 72))[0, 0, 3] == 0


@pytest.mark.parametrize("size", [(64, 200), (200, 64), (333, 333)], ids=str)
def test_a_portrait_a_strip_and_a_square_have_the_whole_figure(size: tuple[int, int]) -> None:
    solid = still(PERSON, View.LEFT, size)[..., 3] > 240

    assert solid.any()
    assert not (solid[0].any() or solid[-1].any() or solid[:, 0].any() or solid[:, -1].any())


def test_a_wall_before_the_person_is_seen_through_and_one_behind_is_not() -> None:
    wall = props.placed(props.wall(), (0.0, 0.9))

    before, behind = (scene(PERSON, (wall,), view) for view in (View.FRONT, View.BACK))

    assert before.veil == len(wall.mesh.triangles)
    assert behind.veil == 0
    assert len(before.triangles) == len(behind.triangles)


def test_a_wall_does_not_make_the_person_small() -> None:
    assert len(frame(PERSON, (props.wall(),))) == len(PERSON.vertices)
    assert len(frame(PERSON, (props.chair(),))) > len(PERSON.vertices)


def test_a_still_is_saved_as_it_is_and_to_the_same_bytes() -> None:
    picture = still(PERSON, View.FRONT, (64, 48))

    assert (np.asarray(Image.open(BytesIO(png(picture)))) == picture).all()
    assert png(picture) == png(picture)


def test_an_unknown_ground_is_named_beside_those_there_are() -> None:
    with pytest.raises(UnknownGround, match="'night'; choose one of transparent, light, dusk"):
        backing("night")


def test_a_size_out_of_range_is_refused() -> None:
    with pytest.raises(BadSize, match="5000 x 100"):
        still(PERSON, View.FRONT, (5000, 100))


def test_a_picture_is_cut_to_what_is_seen_in_it() -> None:
    clear = np.zeros((6, 8, 4), np.uint8)
    seen = clear.copy()
    seen[2:4, 1:6] = 255

    assert (cut(seen) == np.full((2, 5, 4), 255)).all()
    assert cut(clear).shape == clear.shape
