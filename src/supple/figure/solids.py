"""Shapes that furniture is made of: boxes with soft edges, turned solids, cushions and bands; metres, with normals."""

from collections.abc import Sequence
from itertools import product
from math import cos, pi, sin

import numpy as np
import numpy.typing as npt

from supple.figure.compiled import Doubles
from supple.figure.rasteriser import Mesh
from supple.figure.zbuffer import smooth_normals

ROUNDING = 3  # facets of a soft edge
AROUND = 32  # facets of a turned solid
Point = tuple[float, float, float]


def colour(code: str) -> Point:
    """sRGB 0 to 1 of a colour as style sheets write it.

    >>> colour("#ff0033")
    (1.0, 0.0, 0.2)
    """
    red, green, blue = (int(code[i : i + 2], 16) / 255 for i in (1, 3, 5))
    return red, green, blue


def soft_box(low: Point, high: Point, code: str, *, radius: float | Point = 0.012) -> Mesh:
    """A box from corner to corner whose edges are rounded by at most `radius`, which may differ along x, y and z."""
    middle, half = np.add(low, high) / 2, np.subtract(high, low) / 2
    radii = np.minimum(radius, half)
    # Each half of a face ends in a quarter of a circle; what is flat lies between the two points at 0.
    ticks = np.tan(np.linspace(-pi / 4, 0, ROUNDING + 1))
    ticks = np.concatenate([ticks, -ticks[::-1]])
    sides = np.repeat([-1.0, 1.0], ROUNDING + 1)
    vertices: list[Doubles] = []
    normals: list[Doubles] = []
    faces = []
    for axis, side in product(range(3), (-1.0, 1.0)):
        across, up = np.meshgrid(np.arange(len(ticks)), np.arange(len(ticks)), indexing="ij")
        out, corner = np.empty((*across.shape, 3)), np.empty((*across.shape, 3))
        for place, index in (((axis + 1) % 3, across), ((axis + 2) % 3, up)):
            out[..., place], corner[..., place] = ticks[index], sides[index]
        out[..., axis] = corner[..., axis] = side
        out /= np.linalg.norm(out, axis=-1, keepdims=True)
        faces.append(_sheet(len(ticks), len(ticks), flipped=side < 0) + len(vertices) * across.size)
        vertices.append((middle + corner * (half - radii) + out * radii).reshape(-1, 3))
        leaning = out / radii
        normals.append((leaning / np.linalg.norm(leaning, axis=-1, keepdims=True)).reshape(-1, 3))
    return _mesh(np.concatenate(vertices), np.concatenate(faces), code, np.concatenate(normals))


def soft_cylinder(start: Point, end: Point, radius: float, code: str, *, edge: float = 0.015) -> Mesh:
    """A cylinder around the line from start to end, its ends rounded by `edge`."""
    axis = np.subtract(end, start)
    length = float(np.linalg.norm(axis))
    bends = np.linspace(0, pi / 2, ROUNDING + 2)
    heights = np.concatenate([[0], edge - edge * np.cos(bends), length - edge + edge * np.sin(bends), [length]])
    radii = np.concatenate([[1e-5], radius - edge + edge * np.sin(bends), radius - edge + edge * np.cos(bends), [1e-5]])
    across, up = _across(axis / length)
    angles = np.linspace(0, 2 * pi, AROUND + 1)
    ring = np.cos(angles)[:, None] * across + np.sin(angles)[:, None] * up
    vertices = start + heights[:, None, None] * axis / length + radii[:, None, None] * ring
    return _mesh(vertices.reshape(-1, 3), _sheet(len(heights), AROUND + 1, flipped=True), code, None)


def cushion(low: Point, high: Point, code: str) -> Mesh:
    """A pillow that fills a box: full in the middle, thin at the seam."""
    middle, half = np.add(low, high) / 2, np.subtract(high, low) / 2
    count = 25
    ticks = np.sin(np.linspace(-pi / 2, pi / 2, count))
    across, along = np.meshgrid(ticks, ticks, indexing="ij")
    full = ((1 - np.abs(across) ** 2.6) * (1 - np.abs(along) ** 2.6)) ** 0.42
    narrow, short = 1 - 0.07 * along**2 * (1 - across**4), 1 - 0.07 * across**2 * (1 - along**4)
    top = np.stack([across * narrow, full, along * short], axis=-1).reshape(-1, 3)
    bottom = top * (1, -1.7, 1)
    bottom[:, 1] = np.maximum(bottom[:, 1], -1)  # it lies flat
    sheet = _sheet(count, count, flipped=True)
    vertices = np.concatenate([top, bottom]) * half + middle
    return _mesh(vertices, np.concatenate([sheet, sheet[:, ::-1] + count * count]), code, None)


def band(
    points: Sequence[Point], width: float, code: str, *, thickness: float, face: Point | None, across: Point | None
) -> Mesh:
    """A strap or towel from point to point; `face` is where its broad side looks, near enough.

    One that winds round something has no such side; it keeps its width `across` the plane in which it winds.
    """
    path = np.asarray(points, float)
    along = np.gradient(path, axis=0)
    along /= np.linalg.norm(along, axis=1, keepdims=True)
    side = np.cross(along, face) if face else np.array(across) - along * (along @ np.array(across))[:, None]
    side /= np.maximum(np.linalg.norm(side, axis=1, keepdims=True), 1e-9)
    out = np.cross(side, along)
    angles = np.linspace(0, 2 * pi, 17)
    broad = np.sign(np.cos(angles)) * np.abs(np.cos(angles)) ** 0.25 * width / 2
    thick = np.sign(np.sin(angles)) * np.abs(np.sin(angles)) ** 0.7 * thickness / 2
    closed = np.ones((len(path) + 2, 1, 1))
    closed[[0, -1]] = 1e-4
    path, side, out = (np.concatenate([rows[:1], rows, rows[-1:]])[:, None] for rows in (path, side, out))
    vertices = path + closed * (broad[:, None] * side + thick[:, None] * out)
    return _mesh(vertices.reshape(-1, 3), _sheet(len(closed), len(angles), flipped=False), code, None)


def smooth(points: Doubles) -> Doubles:
    """A smooth line through all points (Catmull and Rom 1974), 8 pieces between neighbours."""
    ends = np.concatenate([[2 * points[0] - points[1]], points, [2 * points[-1] - points[-2]]])
    t = np.linspace(0, 1, 8, endpoint=False)[:, None]
    pieces = []
    for before, start, end, after in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        bend, lean = 2 * before - 5 * start + 4 * end - after, 3 * start - before - 3 * end + after
        pieces.append(start + ((end - before) * t + bend * t**2 + lean * t**3) / 2)
    return np.concatenate([*pieces, points[-1:]])


def _across(axis: Doubles) -> tuple[Doubles, Doubles]:
    helper = (0.0, 1.0, 0.0) if abs(axis[1]) < 0.9 else (1.0, 0.0, 0.0)
    across = np.cross(helper, axis)
    across /= np.linalg.norm(across)
    return across, np.cross(axis, across)


def _sheet(rows: int, columns: int, *, flipped: bool) -> npt.NDArray[np.int64]:
    """Triangles between the points of a grid, numbered row by row."""
    first = (np.arange(rows - 1)[:, None] * columns + np.arange(columns - 1)).ravel()
    corners = np.stack([first, first + columns, first + columns + 1, first, first + columns + 1, first + 1], axis=1)
    triangles = corners.reshape(-1, 3)
    return triangles[:, ::-1] if flipped else triangles


def _mesh(vertices: Doubles, triangles: npt.NDArray[np.int64], code: str, normals: Doubles | None) -> Mesh:
    places, faces = vertices.astype(np.float32), np.ascontiguousarray(triangles, np.int32)
    colours = np.tile(np.array(colour(code), np.float32), (len(places), 1))
    given = smooth_normals(places, faces) if normals is None else normals.astype(np.float32)
    return Mesh(places, faces, colours, given)


def turned_about(mesh: Mesh, quarter_turns: int, at: tuple[float, float]) -> Mesh:
    """`mesh` turned about the vertical by quarters towards the person's left, then moved over the floor."""
    angle = quarter_turns * pi / 2
    turn = np.array([[cos(angle), 0, sin(angle)], [0, 1, 0], [-sin(angle), 0, cos(angle)]], np.float32).round(9)
    shift = np.array([at[0], 0, at[1]], np.float32)
    normals = None if mesh.normals is None else (mesh.normals @ turn.T).astype(np.float32)
    return Mesh((mesh.vertices @ turn.T + shift).astype(np.float32), mesh.triangles, mesh.colours, normals)
