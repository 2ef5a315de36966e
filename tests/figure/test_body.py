"""The bodies that ship: whole, symmetric, small, clothed, and quickly read."""

import re
import struct
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from supple.anatomy import MuscleGroup
from supple.figure import body as shipped
from supple.figure.body import Body, BrokenBody, UnknownBody, load, names, parse_glb

BODIES = Path(shipped.__file__).parent / "bodies"
HEIGHTS_M = {"woman": 1.65, "man": 1.75, "older": 1.60, "heavier": 1.72}


@pytest.fixture(scope="module", params=names())
def body(request: pytest.FixtureRequest) -> Body:
    return load(request.param)


def areas(body: Body) -> NDArray[np.float64]:
    a, b, c = (body.vertices[body.triangles[:, corner]].astype(float) for corner in range(3))
    result: NDArray[np.float64] = np.linalg.norm(np.cross(b - a, c - a), axis=1) / 2
    return result


def vertices_of(body: Body, part: str) -> NDArray[np.int32]:
    found: NDArray[np.int32] = np.unique(
        np.concatenate([body.triangles[one.triangles] for one in body.parts if one.name == part])
    )
    return found


def head(body: Body, bone: str) -> NDArray[np.float32]:
    place: NDArray[np.float32] = body.heads[body.bones.index(bone)]
    return place


def test_a_woman_and_a_man_ship() -> None:
    assert {"woman", "man"} <= set(names())


def test_weights_sum_to_one(body: Body) -> None:
    assert np.abs(body.weights.sum(1) - 1).max() < 1e-6
    assert body.weights.min() >= 0
    assert body.joints.max() < len(body.bones)
    assert (body.joints[body.weights == 0] == 0).all()  # as the format asks


def test_parents_come_before_children(body: Body) -> None:
    assert body.parents[0] == -1
    assert all(parent < at for at, parent in enumerate(body.parents))


def test_left_and_right_joints_mirror_each_other(body: Body) -> None:
    left = [bone for bone in body.bones if bone.endswith(".L")]

    gaps = [np.abs(head(body, bone) * (-1, 1, 1) - head(body, bone[:-1] + "R")).max() for bone in left]

    assert max(gaps) < 1e-5


def test_no_triangle_is_degenerate(body: Body) -> None:
    assert areas(body).min() > 1e-10  # a hundredth of a square millimetre


def test_it_stands_on_the_floor_at_its_height_and_looks_ahead(body: Body) -> None:
    skin = body.vertices[vertices_of(body, "skin")]

    assert abs(float(body.vertices[:, 1].min())) < 1e-3
    assert body.height_m == HEIGHTS_M[body.name]
    assert skin[:, 1].max() <= body.height_m + 1e-3
    assert 0 <= body.vertices[:, 1].max() - body.height_m < 0.04  # hair
    assert head(body, "toe1-1.L")[2] > head(body, "foot.L")[2]
    assert head(body, "wrist.L")[0] > 0


def test_no_torso_skin_lies_below_the_shirt(body: Body) -> None:
    skin = vertices_of(body, "skin")
    trunk = [
        at for at, bone in enumerate(body.bones) if bone.startswith(("spine", "root", "pelvis", "upperleg", "breast"))
    ]

    share = (body.weights[skin] * np.isin(body.joints[skin], trunk)).sum(1)
    below = body.vertices[skin, 1] < head(body, "neck01")[1] - 0.08

    assert not (below & (share > 0.5)).any()


def test_normals_point_outward(body: Body) -> None:
    away = body.vertices - head(body, "head") - (0, 0.05, 0.03)
    hair = vertices_of(body, "hair")

    assert (np.sum(body.normals[hair] * away[hair], axis=1) > 0).mean() > 0.85
    assert np.linalg.norm(body.normals, axis=1) == pytest.approx(1, abs=0.02)


@pytest.mark.parametrize("group", MuscleGroup)
def test_each_muscle_mask_is_there_soft_and_symmetric(body: Body, group: MuscleGroup) -> None:
    mask = body.muscles[group]
    weight = np.repeat(areas(body), 3) / 3
    corners = body.triangles.ravel()
    aside = body.vertices[corners, 0]

    one, other = ((weight * mask[corners])[side].sum() for side in (aside > 1e-3, aside < -1e-3))

    assert (mask > 0.9).sum() > 20
    assert ((mask > 0.1) & (mask < 0.9)).sum() > 20
    assert mask.min() >= 0
    assert mask.max() <= 1
    assert one == pytest.approx(other, rel=0.1)  # the mask is symmetric; triangles were thinned on each side apart


def test_muscles_are_on_skin_and_clothes_alone(body: Body) -> None:
    other = np.concatenate([vertices_of(body, part) for part in ("hair", "eyes", "brows")])

    assert all(mask[other].max() == 0 for mask in body.muscles.values())


def test_the_file_is_small(body: Body) -> None:
    assert (BODIES / f"{body.name}.glb").stat().st_size <= 700_000


def test_the_parts_cover_all_triangles_in_order(body: Body) -> None:
    edges = [0, *(part.last for part in body.parts)]

    assert [part.first for part in body.parts] == edges[:-1]
    assert edges[-1] == len(body.triangles)
    assert [part.name for part in body.parts] == ["skin", "shirt", "leggings", "brows", "hair", "eyes"]


def test_the_glb_keeps_to_the_format(body: Body) -> None:
    content = (BODIES / f"{body.name}.glb").read_bytes()

    document, data = parse_glb(content, body.name)

    assert struct.unpack_from("<I", content, 8)[0] == len(content)
    assert document["buffers"][0]["byteLength"] == len(data)
    assert all(view["byteOffset"] % 4 == 0 for view in document["bufferViews"])
    assert all(view["byteOffset"] + view["byteLength"] <= len(data) for view in document["bufferViews"])
    assert "animations" not in document


def test_an_unknown_body_is_named_with_the_choice() -> None:
    with pytest.raises(UnknownBody, match=re.escape("There is no body 'giant': choose one of ")):
        load("giant")


@pytest.mark.parametrize("content", [b"", b"no glb at all, but long enough to look", b"glTF\x02\0\0\0" + bytes(40)])
def test_a_broken_file_is_named_with_the_remedy(content: bytes) -> None:
    with pytest.raises(BrokenBody, match=re.escape("build it again with python -m supple.figure.makehuman")):
        parse_glb(content, "woman")
