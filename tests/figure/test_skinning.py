"""A body in a pose, beside the same reckoned another way."""

from dataclasses import dataclass

import numpy as np
import pytest

from supple.figure.compiled import Floats, Whole
from supple.figure.skinning import PoseMisfit, heads, posed


@dataclass(frozen=True, eq=False)
class Limb:
    """Some points around three bones in a row."""

    vertices: Floats
    normals: Floats
    joints: Whole
    weights: Floats
    parents: tuple[int, ...]
    heads: Floats


def limb(seed: int = 7, count: int = 60) -> Limb:
    """Points with up to four bones each, some slots empty."""
    chance = np.random.default_rng(seed)
    normals = chance.normal(size=(count, 3))
    weights = chance.random((count, 4)) * (chance.random((count, 4)) < 0.6) + [1, 0, 0, 0]
    return Limb(
        chance.normal(size=(count, 3)).astype(np.float32),
        (normals / np.linalg.norm(normals, axis=1, keepdims=True)).astype(np.float32),
        chance.integers(0, 3, (count, 4)).astype(np.int32),
        (weights / weights.sum(axis=1, keepdims=True)).astype(np.float32),
        (-1, 0, 1),
        np.array([(0, 0.9, 0), (0.1, 1.3, 0), (0.5, 1.3, 0.1)], np.float32),
    )


def turn(axis: tuple[float, float, float], angle: float) -> np.typing.NDArray[np.float64]:
    """Rotation about an axis (Rodrigues)."""
    x, y, z = np.divide(axis, np.linalg.norm(axis))
    cross = np.array([(0, -z, y), (z, 0, -x), (-y, x, 0)])
    rotation: np.typing.NDArray[np.float64] = np.eye(3) + np.sin(angle) * cross + (1 - np.cos(angle)) * cross @ cross
    return rotation


def test_at_rest_nothing_moves() -> None:
    body = limb()

    vertices, normals = posed(body, np.tile(np.eye(3), (3, 1, 1)), body.heads[0])

    assert vertices == pytest.approx(body.vertices, abs=1e-6)
    assert normals == pytest.approx(body.normals, abs=1e-6)


def test_turning_all_bones_alike_turns_the_body_about_its_root() -> None:
    body, rotation, root = limb(), turn((1, 2, 3), 1.1), np.array([0.4, 1.0, -0.3])

    vertices, normals = posed(body, np.tile(rotation, (3, 1, 1)), root)

    assert vertices == pytest.approx((body.vertices - body.heads[0]) @ rotation.T + root, abs=2e-6)
    assert normals == pytest.approx(body.normals @ rotation.T, abs=2e-6)


@pytest.mark.parametrize("seed", range(5))
def test_a_bend_agrees_with_each_vertex_carried_bone_by_bone(seed: int) -> None:
    body, chance = limb(seed), np.random.default_rng(seed)
    turns = np.array([turn(tuple(chance.normal(size=3)), chance.uniform(-2, 2)) for _ in range(3)])
    root = chance.normal(size=3)

    vertices, _ = posed(body, turns, root)

    # As a person would: where each bone's head goes, then each vertex as a mean of rigid copies.
    at = [root]
    for bone in (1, 2):
        at.append(at[-1] + turns[bone - 1] @ (body.heads[bone] - body.heads[bone - 1]))
    for i, vertex in enumerate(body.vertices.astype(float)):
        copies = [at[j] + turns[j] @ (vertex - body.heads[j]) for j in body.joints[i]]
        assert vertices[i] == pytest.approx(np.average(copies, axis=0, weights=body.weights[i]), abs=5e-6)
    assert heads(body, turns, root) == pytest.approx(np.array(at), abs=1e-6)


def test_normals_stay_of_length_one_where_bones_disagree() -> None:
    body = limb()

    _, normals = posed(body, np.array([np.eye(3), turn((0, 0, 1), 2.0), turn((1, 0, 0), -1.5)]), body.heads[0])

    assert np.linalg.norm(normals, axis=1) == pytest.approx(np.ones(len(normals)), abs=1e-5)


@pytest.mark.parametrize("rotations", [np.eye(3), np.zeros((2, 3, 3)), np.full((3, 3, 3), np.nan)], ids=str)
def test_a_pose_of_another_body_is_refused_with_the_remedy(rotations: np.typing.NDArray[np.float64]) -> None:
    with pytest.raises(PoseMisfit, match="bake the motion again"):
        posed(limb(), rotations, np.zeros(3))
