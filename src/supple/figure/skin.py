"""Where the skin of a body is, in many poses at once: what the solver feels contacts with."""

import numpy as np

from supple.figure.body import Body
from supple.figure.compiled import compiled
from supple.figure.regions import Indices
from supple.figure.skeleton import Floats, Poses, Skeleton


class Skin:
    """The surface of a body, moved by its bones as in a viewer (linear blend skinning)."""

    def __init__(self, body: Body, skeleton: Skeleton) -> None:
        self.body = body
        self.offsets = body.vertices.astype(float)[:, None] - skeleton.heads[body.joints]
        self.joints, self.weights = body.joints.astype(np.intp), body.weights.astype(float)
        self.leading: Indices = body.joints[np.arange(len(body.vertices)), body.weights.argmax(1)].astype(np.intp)

    def points(self, posed: Poses, vertices: Indices) -> Floats:
        """Where vertices are in each pose, (k, vertices, 3)."""
        own = self.joints[vertices], self.weights[vertices], self.offsets[vertices]
        return _moved(posed.rotations, posed.places, *own)

    def normals(self, posed: Poses, vertices: Indices) -> Floats:
        """Which way the skin faces at vertices, (k, vertices, 3), as the bone that moves most of each turns."""
        rest = self.body.normals[vertices].astype(float)
        turned: Floats = np.einsum("kvab,vb->kva", posed.rotations[:, self.leading[vertices]], rest)
        return turned

    def facing(self, posed: Poses, part: Indices) -> Floats:
        """Which way a part faces as a whole, (k, 3), taken as turning with the bone that moves most of it."""
        body = self.body
        bone = np.bincount(body.joints[part].ravel(), body.weights[part].ravel().astype(float)).argmax()
        rest = body.normals[part].astype(float).mean(0)
        turned: Floats = posed.rotations[:, bone] @ (rest / np.linalg.norm(rest))
        return turned


@compiled
def _moved(rotations: Floats, places: Floats, joints: Indices, weights: Floats, offsets: Floats) -> Floats:
    """Vertices under the weighted mean of their bones in many poses, (k, vertices, 3)."""
    found = np.zeros((rotations.shape[0], joints.shape[0], 3))
    for k in range(found.shape[0]):
        for v in range(joints.shape[0]):
            for j in range(joints.shape[1]):
                share, bone = weights[v, j], joints[v, j]
                if share > 0:
                    x, y, z = offsets[v, j, 0], offsets[v, j, 1], offsets[v, j, 2]
                    for a in range(3):
                        turned = (
                            rotations[k, bone, a, 0] * x + rotations[k, bone, a, 1] * y + rotations[k, bone, a, 2] * z
                        )
                        found[k, v, a] += share * (turned + places[k, bone, a])
    return found
