"""A body in a pose: linear blend skinning, the same arithmetic as a glTF viewer's, so both show the same figure."""

from typing import Protocol

import numpy as np
import numpy.typing as npt

from supple.figure.compiled import Doubles, Floats, Whole, compiled


class PoseMisfit(ValueError):
    """The rotations are not those of this body's bones."""


class Skinned(Protocol):
    """What skinning needs of a body."""

    @property
    def vertices(self) -> Floats: ...
    @property
    def normals(self) -> Floats: ...
    @property
    def joints(self) -> Whole: ...
    @property
    def weights(self) -> Floats: ...
    @property
    def parents(self) -> tuple[int, ...]: ...
    @property
    def heads(self) -> Floats: ...


def posed(body: Skinned, rotations: npt.ArrayLike, root: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Vertices in metres and unit normals of `body`.

    `rotations` (bones, 3, 3) turn each bone's skin from rest, in the room's axes; `root` is where the root's head is.
    Raises PoseMisfit.
    """
    return blend(bone_matrices(body, rotations, root), body.joints, body.weights, body.vertices, body.normals)


def bone_matrices(body: Skinned, rotations: npt.ArrayLike, root: npt.ArrayLike) -> Floats:
    """(bones, 3, 4): what each bone does to a vertex at rest."""
    turns = np.asarray(rotations, np.float64)
    if (
        turns.shape != (len(body.parents), 3, 3)
        or not np.isfinite(turns).all()
        or not np.isfinite(np.asarray(root, np.float64)).all()
    ):
        raise PoseMisfit(
            f"A pose of this body is {len(body.parents)} finite 3 x 3 rotations and a root, but {turns.shape} came; "
            "bake the motion again for this body."
        )
    at = heads(body, turns, root)
    shifts = at - np.einsum("bij,bj->bi", turns, body.heads.astype(np.float64))
    return np.concatenate([turns, shifts[:, :, None]], axis=2).astype(np.float32)


def heads(body: Skinned, rotations: Doubles, root: npt.ArrayLike) -> Doubles:
    """(bones, 3): where each bone begins in this pose, in metres."""
    at = np.empty((len(body.parents), 3))
    for bone, parent in enumerate(body.parents):
        if parent < 0:
            at[bone] = root
        else:
            at[bone] = at[parent] + rotations[parent] @ (body.heads[bone] - body.heads[parent])
    return at


@compiled
def blend(matrices: Floats, joints: Whole, weights: Floats, vertices: Floats, normals: Floats) -> tuple[Floats, Floats]:
    """Each vertex and normal under the weighted mean of its bones' matrices."""
    moved, turned = np.empty_like(vertices), np.empty_like(normals)
    mean = np.empty((3, 4), np.float32)
    for i in range(vertices.shape[0]):
        mean[:] = 0
        for k in range(joints.shape[1]):
            share, bone = weights[i, k], joints[i, k]
            if share > 0:
                for row in range(3):
                    for column in range(4):
                        mean[row, column] += share * matrices[bone, row, column]
        x, y, z, nx, ny, nz = (
            vertices[i, 0],
            vertices[i, 1],
            vertices[i, 2],
            normals[i, 0],
            normals[i, 1],
            normals[i, 2],
        )
        for row in range(3):
            moved[i, row] = mean[row, 0] * x + mean[row, 1] * y + mean[row, 2] * z + mean[row, 3]
            turned[i, row] = mean[row, 0] * nx + mean[row, 1] * ny + mean[row, 2] * nz
        length = max(np.sqrt(turned[i, 0] ** 2 + turned[i, 1] ** 2 + turned[i, 2] ** 2), np.float32(1e-9))
        for row in range(3):
            turned[i, row] /= length
    return moved, turned
