"""A part of the figure on its way into the file, and grids of triangles."""

from dataclasses import dataclass

import numpy as np

from supple.figure.makehuman.data import Floats, Ints


@dataclass(frozen=True, eq=False)
class Piece:
    """A part of the figure: a row per vertex of place, then weight per bone; and how the row is coloured."""

    name: str
    values: Floats
    triangles: Ints
    colours: Floats

    @property
    def points(self) -> Floats:
        """Where the vertices lie, in metres."""
        places: Floats = self.values[:, :3]
        return places


def grid_triangles(rows: int, columns: int, *, closed: bool = True) -> Ints:
    """Triangles between neighbouring rows of a grid; `closed` joins the last column to the first.

    A first row that is a single point gives triangles without area, so these are left out by the caller or here by
    construction: row 0 is taken as a point when `closed`.
    """
    faces = []
    for row in range(rows - 1):
        for column in range(columns if closed else columns - 1):
            a, b = row * columns + column, row * columns + (column + 1) % columns
            c, d = a + columns, b + columns
            if not (closed and row == 0):
                faces.append((a, c, b))
            faces.append((b, c, d))
    return np.array(faces)
