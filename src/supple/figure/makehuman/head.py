"""Eyes, brows and hair."""

import numpy as np

from supple.figure.makehuman.clothes import Piece
from supple.figure.makehuman.data import Floats, MakeHuman
from supple.figure.makehuman.mesh import compact, triangles_of
from supple.figure.makehuman.recipes import Recipe
from supple.figure.makehuman.rig import Rig


def face_pieces(data: MakeHuman, points: Floats, rig: Rig, recipe: Recipe) -> list[Piece]:
    """Eyes, brows, hair."""
    values = np.column_stack([points, rig.weights])
    quads = np.concatenate([data.base[1]["helper-l-eye"], data.base[1]["helper-r-eye"]])
    values, quads = compact(values, quads)
    return [Piece("eyes", values, triangles_of(quads), np.tile(recipe.colours["white"], (len(values), 1)))]
