"""Meshes of known shape."""

import numpy as np

from supple.figure.compiled import Floats
from supple.figure.rasteriser import Mesh


def sphere(
    centre: tuple[float, float, float] = (0.0, 0.0, 0.0),
    radius: float = 0.5,
    colour: tuple[float, float, float] = (0.6, 0.6, 0.6),
    rings: int = 48,
) -> Mesh:
    """A ball of triangles, wound so that its outside is the front."""
    polar, around = np.meshgrid(np.linspace(0, np.pi, rings), np.linspace(0, 2 * np.pi, 2 * rings), indexing="ij")
    unit = np.stack([np.sin(polar) * np.sin(around), np.cos(polar), np.sin(polar) * np.cos(around)], axis=-1)
    first = (np.arange(rings - 1)[:, None] * 2 * rings + np.arange(2 * rings - 1)).ravel()
    below, beside = first + 2 * rings, first + 1
    triangles = np.concatenate([np.stack([first, below, beside], 1), np.stack([beside, below, below + 1], 1)])
    return coloured(unit.reshape(-1, 3) * radius + centre, triangles, colour)


def card(low: tuple[float, float], high: tuple[float, float], z: float, colour: tuple[float, float, float]) -> Mesh:
    """An upright rectangle that faces +z."""
    (left, bottom), (right, top) = low, high
    vertices = np.array([(left, bottom, z), (right, bottom, z), (right, top, z), (left, top, z)])
    return coloured(vertices, np.array([(0, 1, 2), (0, 2, 3)]), colour)


def coloured(
    vertices: np.typing.NDArray[np.floating], triangles: np.typing.NDArray[np.integer], colour: object
) -> Mesh:
    """A mesh of one colour."""
    colours: Floats = np.tile(np.array(colour, np.float32), (len(vertices), 1))
    return Mesh(vertices.astype(np.float32), triangles.astype(np.int32), colours)
