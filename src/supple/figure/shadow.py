"""What keeps light away: a soft shadow on the floor, shadows of the body on itself, and the dimness of folds.

All three are pictures of nearness read again. They are soft by blurring, wider where the thing that shades is farther
off, which looks like a large window and is not a computation of one.
"""

from typing import NamedTuple

import numpy as np

from supple.figure.compiled import Floats, Whole, compiled, woven
from supple.figure.zbuffer import fill

FLAT_M = 0.025  # what lies flatter than this (a mat) receives the floor's shadow and throws none
MARGIN_M = 0.4
LAYERS_M = (0.0, 0.07, 0.2, 0.5, 1.1, 2.2)  # heights of what shades; each layer is blurred by its own radius
BLUR = 0.11  # metres of blur for each metre of height
BLUR_LEAST_M = 0.012
MAP_CELLS = 320
FAINT_M = 0.35  # at this distance the shadow on another part is half as dark
LIFT_M = 0.014  # along the normal, so that a surface does not shade itself


class FloorShadow(NamedTuple):
    """How much light is kept from the floor, 0 to 1, in square cells from the corner `x`, `z` (metres)."""

    shade: Floats
    x: float
    z: float
    cell_m: float


class LightMap(NamedTuple):
    """What the key light sees: nearness along `rows[2]`, in cells; `shift` and `scale` lead from metres to cells."""

    nearness: Floats
    rows: Floats
    shift: Floats
    scale: float


def floor_shadow(vertices: Floats, triangles: Whole, light: Floats, reach_m: float, cells: int) -> FloorShadow:
    """The shadow on y = 0 that light from the direction `light` leaves, of what is lower than `reach_m`.

    `cells` lie along its longer side.
    """
    heights = np.ascontiguousarray(vertices[:, 1])
    flat = vertices[:, [0, 2]] - np.maximum(heights, 0)[:, None] * (light[[0, 2]] / light[1])
    used = flat[heights > FLAT_M] if (heights > FLAT_M).any() else np.zeros((1, 2), np.float32)
    low, high = used.min(axis=0) - MARGIN_M, used.max(axis=0) + MARGIN_M
    cell_m = float((high - low).max()) / cells
    columns, rows = (int(np.ceil(length)) for length in (high - low) / cell_m)
    tallest = float(LAYERS_M[-1])
    nearness = np.clip(tallest + FLAT_M - heights, 1e-3, tallest)
    points = np.column_stack([(flat - low) / cell_m, nearness]).astype(np.float32)
    lowest, owner = np.zeros((rows, columns), np.float32), np.full((rows, columns), -1, np.int32)
    fill(points, _casting(heights, triangles, reach_m), 1, lowest, owner, 0, rows)
    return FloorShadow(_blurred_layers(lowest, tallest, reach_m, cell_m), float(low[0]), float(low[1]), cell_m)


@compiled
def _casting(heights: Floats, triangles: Whole, reach_m: float) -> Whole:
    """The triangles that rise above what is flat and begin below `reach_m`."""
    kept, count = np.empty_like(triangles), 0
    for t in range(triangles.shape[0]):
        one, two, three = heights[triangles[t, 0]], heights[triangles[t, 1]], heights[triangles[t, 2]]
        if max(one, two, three) > FLAT_M and min(one, two, three) < reach_m:
            for k in range(3):
                kept[count, k] = triangles[t, k]
            count += 1
    return kept[:count]


def _blurred_layers(lowest: Floats, tallest: float, reach_m: float, cell_m: float) -> Floats:
    shade = np.zeros_like(lowest)
    for i, middle in enumerate(LAYERS_M):
        if middle > reach_m:
            break
        below = LAYERS_M[i - 1] if i else -1.0
        above = LAYERS_M[i + 1] if i + 1 < len(LAYERS_M) else 9.0
        fading = 1.0 if reach_m > tallest else 1 - middle / reach_m
        layer = _layer(lowest, tallest, below, middle, above, fading)
        shade += blurred(layer, max(1, round((BLUR * middle + BLUR_LEAST_M) / cell_m)))
    return np.minimum(shade, 1)


@compiled
def _layer(lowest: Floats, tallest: float, below: float, middle: float, above: float, fading: float) -> Floats:
    """How much each cell belongs to the layer at `middle`: 1 there, falling to 0 at the layers below and above."""
    out = np.zeros_like(lowest)
    for y in range(lowest.shape[0]):
        for x in range(lowest.shape[1]):
            height = tallest - lowest[y, x]
            if lowest[y, x] > 0 and below < height < above:
                part = (height - below) / (middle - below) if height < middle else (above - height) / (above - middle)
                out[y, x] = fading * min(part, 1.0)
    return out


def blurred(picture: Floats, radius: int) -> Floats:
    """`picture` under three box blurs of this radius, near a Gaussian's; outside is 0."""
    for _ in range(3):
        picture = _box_rows(np.ascontiguousarray(_box_rows(picture, radius).T), radius).T
    return np.ascontiguousarray(picture)


@compiled
def _box_rows(picture: Floats, radius: int) -> Floats:
    rows, columns = picture.shape
    out = np.empty_like(picture)
    share = 1.0 / (2 * radius + 1)
    for y in range(rows):
        total = 0.0
        for x in range(min(radius, columns)):
            total += picture[y, x]
        for x in range(columns):
            if x + radius < columns:
                total += picture[y, x + radius]
            if x - radius - 1 >= 0:
                total -= picture[y, x - radius - 1]
            out[y, x] = total * share
    return out


def light_map(vertices: Floats, triangles: Whole, light: Floats) -> LightMap:
    """What the light from the direction `light` sees of these triangles."""
    across = np.cross(np.array([0.0, 1.0, 0.0]), light)
    across /= np.linalg.norm(across)
    rows = np.stack([across, np.cross(light, across), light]).astype(np.float32)
    seen = vertices @ rows.T
    low, high = seen.min(axis=0), seen.max(axis=0)
    scale = (MAP_CELLS - 8) / max(float((high - low)[:2].max()), 1e-3)
    shift = np.array([4 / scale - low[0], 4 / scale - low[1], 1 - low[2]], np.float32)
    points = ((seen + shift) * np.array([scale, scale, 1], np.float32)).astype(np.float32)
    nearness = np.zeros((MAP_CELLS, MAP_CELLS), np.float32)
    fill(points, triangles, 1, nearness, np.full(nearness.shape, -1, np.int32), 0, MAP_CELLS)
    return LightMap(nearness, rows, shift, scale)


@woven
def lit(chart: LightMap, x: float, y: float, z: float) -> float:
    """The share of light, 0 to 1, that reaches a place in metres, softened over 4 x 4 cells."""
    rows, shift = chart.rows, chart.shift
    u = (rows[0, 0] * x + rows[0, 1] * y + rows[0, 2] * z + shift[0]) * chart.scale - 0.5
    v = (rows[1, 0] * x + rows[1, 1] * y + rows[1, 2] * z + shift[1]) * chart.scale - 0.5
    depth = rows[2, 0] * x + rows[2, 1] * y + rows[2, 2] * z + shift[2] + 0.006
    column, row = int(np.floor(u)), int(np.floor(v))
    part_u, part_v = u - column, v - row
    edge = chart.nearness.shape[0]
    total = 0.0
    if column < 1 or row < 1 or column + 2 >= edge or row + 2 >= edge:
        return 1.0
    for j in range(-1, 3):
        down = 1 - part_v if j == -1 else (part_v if j == 2 else 1.0)
        for i in range(-1, 3):
            across = 1 - part_u if i == -1 else (part_u if i == 2 else 1.0)
            above = chart.nearness[row + j, column + i] - depth
            if above > 0:  # a large window reaches round what is far off, so its shadow is faint
                total += down * across / (1 + above * above / (FAINT_M * FAINT_M))
    return 1 - total / 9


@woven
def shaded(floor: FloorShadow, x: float, z: float) -> float:
    """The shade of the floor, 0 to 1, at a place in metres."""
    u, v = (x - floor.x) / floor.cell_m - 0.5, (z - floor.z) / floor.cell_m - 0.5
    column, row = int(np.floor(u)), int(np.floor(v))
    if column < 0 or row < 0 or column + 1 >= floor.shade.shape[1] or row + 1 >= floor.shade.shape[0]:
        return 0.0
    part_u, part_v = u - column, v - row
    upper = floor.shade[row, column] * (1 - part_u) + floor.shade[row, column + 1] * part_u
    lower = floor.shade[row + 1, column] * (1 - part_u) + floor.shade[row + 1, column + 1] * part_u
    return float(upper * (1 - part_v) + lower * part_v)
