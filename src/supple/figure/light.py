"""How a surface looks: three soft lights that turn with the camera, warm where light fades, and no gloss.

Chosen by eye for skin and cloth on a pale wall and at dusk; not a measurement of any material.
"""

from typing import NamedTuple

import numpy as np

from supple.figure.compiled import Doubles, Floats, Whole, compiled
from supple.figure.shadow import FLAT_M, LIFT_M, FloorShadow, LightMap, lit, shaded
from supple.figure.zbuffer import offset, weights

STEPS = 4096
WRAP = 0.35  # how far the key light reaches around a form, as through skin
CREASE_M = 0.11  # how far a fold is looked into
TAPS = 12


class Surface(NamedTuple):
    """A mesh as shading reads it; `points` in samples, `colours` in linear light."""

    points: Floats
    triangles: Whole
    vertices: Floats
    normals: Floats
    colours: Floats


class Lights(NamedTuple):
    """Unit directions towards the lights, and what keeps the key light away."""

    eye: Floats
    key: Floats
    fill: Floats
    rim: Floats
    chart: LightMap
    floor: FloorShadow
    contact: FloorShadow


class Lens(NamedTuple):
    """A camera as loops read it: `rows` right, up and forward; `scale` pixels for one metre at one metre."""

    eye: Floats
    rows: Floats
    scale: float
    width: int
    height: int


def linear(colours: Floats) -> Floats:
    """sRGB 0 to 1 as light (IEC 61966-2-1)."""
    low, high = colours / 12.92, ((np.maximum(colours, 0) + 0.055) / 1.055) ** 2.4
    return np.where(colours <= 0.04045, low, high).astype(np.float32)


def encoding() -> Floats:
    """sRGB for light from 0 to 1 in 4096 steps."""
    light = np.linspace(0, 1, STEPS)
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055).astype(np.float32)


def directions(rows: Doubles) -> tuple[Floats, Floats, Floats]:
    """Key from the upper left of the camera, fill from its right, rim from behind."""
    right, up = rows[0], np.array([0.0, 1.0, 0.0])
    towards = np.cross(right, up)
    found = []
    for across, above, near in ((-0.5, 0.85, 0.62), (0.8, 0.3, 0.55), (0.45, 0.55, -0.8)):
        light = across * right + above * up + near * towards
        found.append((light / np.linalg.norm(light)).astype(np.float32))
    return found[0], found[1], found[2]


@compiled
def crevices(
    surface: Surface, lens: Lens, nearness: Floats, owner: Whole, fineness: int, dim: Floats, first: int, last: int
) -> None:
    """Fill rows of `dim` with how much of the sky folds hide, 0 to 1, from the depths around (after McGuire 2011)."""
    for y in range(first, last):
        for x in range(lens.width):
            t = owner[y * fineness, x * fineness]
            if t < 0:
                continue
            deep = 1 / nearness[y * fineness, x * fineness]
            px, py = (x + 0.5 - lens.width / 2) * deep / lens.scale, (lens.height / 2 - y - 0.5) * deep / lens.scale
            nx, ny, nz = _seen_normal(surface, surface.triangles[t], lens)
            radius = CREASE_M * lens.scale / deep
            turn = 2.399963 * ((x % 4) * 4 + y % 4)
            total = 0.0
            for k in range(TAPS):
                far = radius * (k + 0.5) / TAPS
                across = x + int(np.round(far * np.cos(turn + 2.399963 * k)))
                down = y + int(np.round(far * np.sin(turn + 2.399963 * k)))
                if across < 0 or down < 0 or across >= lens.width or down >= lens.height:
                    continue
                near = nearness[down * fineness, across * fineness]
                if near <= 0:
                    continue
                there = 1 / near
                vx = (across + 0.5 - lens.width / 2) * there / lens.scale - px
                vy = (lens.height / 2 - down - 0.5) * there / lens.scale - py
                vz = there - deep
                length = vx * vx + vy * vy + vz * vz
                facing = (vx * nx + vy * ny + vz * nz) - 0.012 - 0.003 * deep
                if facing > 0 and length < 4 * CREASE_M * CREASE_M:
                    total += facing / (np.sqrt(length) + 0.01) * (1 - length / (4 * CREASE_M * CREASE_M))
            dim[y, x] = min(1.0, 1.9 * total / TAPS)


@compiled
def _seen_normal(surface: Surface, corners: Whole, lens: Lens) -> tuple[float, float, float]:
    """The mean normal of a triangle in the camera's axes, towards the camera."""
    normal = surface.normals[corners[0]] + surface.normals[corners[1]] + surface.normals[corners[2]]
    length = np.sqrt(normal[0] ** 2 + normal[1] ** 2 + normal[2] ** 2) + 1e-9
    rows = lens.rows
    x = (rows[0, 0] * normal[0] + rows[0, 1] * normal[1] + rows[0, 2] * normal[2]) / length
    y = (rows[1, 0] * normal[0] + rows[1, 1] * normal[1] + rows[1, 2] * normal[2]) / length
    z = (rows[2, 0] * normal[0] + rows[2, 1] * normal[1] + rows[2, 2] * normal[2]) / length
    sign = -1.0 if z > 0 else 1.0
    return x * sign, y * sign, z * sign


@compiled
def soften(dim: Floats, nearness: Floats, fineness: int, out: Floats, first: int, last: int) -> None:
    """Fill rows of `out` with `dim` averaged over 4 x 4 pixels of about the same depth, which hides the taps."""
    height, width = dim.shape
    for y in range(first, last):
        for x in range(width):
            near = nearness[y * fineness, x * fineness]
            if near <= 0:
                continue
            total, count = 0.0, 0
            for down in range(max(y - 2, 0), min(y + 2, height)):
                for across in range(max(x - 2, 0), min(x + 2, width)):
                    other = nearness[down * fineness, across * fineness]
                    if other > 0 and abs(1 / other - 1 / near) < 0.05:
                        total += dim[down, across]
                        count += 1
            out[y, x] = total / max(count, 1)


@compiled
def shade(
    surface: Surface, lights: Lights, owner: Whole, dim: Floats, encoded: Floats, sums: Floats, first: int, last: int
) -> None:
    """Fill rows of `sums` with each pixel's mean red, green and blue (sRGB, times coverage) and coverage."""
    fineness = owner.shape[0] // sums.shape[0]
    share = 1.0 / (fineness * fineness)
    for y in range(first, last):
        for x in range(sums.shape[1]):
            last_seen, red, green, blue = -1, 0.0, 0.0, 0.0
            for j in range(y * fineness, (y + 1) * fineness):
                for i in range(x * fineness, (x + 1) * fineness):
                    t = owner[j, i]
                    if t < 0:
                        continue
                    if t != last_seen:  # a triangle is shaded once in a pixel, however many samples it covers
                        to_x, to_y = offset(i, j, fineness)
                        red, green, blue = _look(surface, lights, surface.triangles[t], i + to_x, j + to_y, dim[y, x])
                        last_seen = t
                    sums[y, x, 0] += share * encoded[int(red * (STEPS - 1))]
                    sums[y, x, 1] += share * encoded[int(green * (STEPS - 1))]
                    sums[y, x, 2] += share * encoded[int(blue * (STEPS - 1))]
                    sums[y, x, 3] += share


@compiled
def _look(
    surface: Surface, lights: Lights, corners: Whole, x: float, y: float, dim: float
) -> tuple[float, float, float]:
    """The light, 0 to 1, that one place of a triangle sends to the eye."""
    flat = weights(surface.points, corners, x, y)
    near = (
        flat[0] * surface.points[corners[0], 2],
        flat[1] * surface.points[corners[1], 2],
        flat[2] * surface.points[corners[2], 2],
    )
    whole = near[0] + near[1] + near[2]
    share = (near[0] / whole, near[1] / whole, near[2] / whole)
    place, skin, normal = (
        _mixed(surface.vertices, corners, share),
        _mixed(surface.colours, corners, share),
        _unit(_mixed(surface.normals, corners, share)),
    )
    if _turned(surface.points, corners):  # the inside of a sleeve is lit as if it were the outside
        normal = (-normal[0], -normal[1], -normal[2])
    towards = _unit((lights.eye[0] - place[0], lights.eye[1] - place[1], lights.eye[2] - place[2]))
    key, sky, edge, fill = _received(lights, place, normal, towards, dim)
    # Light that has gone in and out of skin or cloth once more is deeper in colour: the shadow side is not grey.
    warm = 0.35 * (1 - key)
    return (
        _clipped(skin[0] * (1.02 * key + 0.20 * sky + 0.15 * fill + 0.16 * warm * skin[0]) + 0.10 * edge),
        _clipped(skin[1] * (0.98 * key + 0.21 * sky + 0.15 * fill + 0.10 * warm * skin[1]) + 0.10 * edge),
        _clipped(skin[2] * (0.93 * key + 0.22 * sky + 0.16 * fill + 0.08 * warm * skin[2]) + 0.10 * edge),
    )


@compiled
def _received(
    lights: Lights,
    place: tuple[float, float, float],
    normal: tuple[float, float, float],
    towards: tuple[float, float, float],
    dim: float,
) -> tuple[float, float, float, float]:
    """Of the key light, of sky and floor, along the edge and of the fill light: the shares that arrive, 0 to 1."""
    straight = _dot(normal, lights.key)
    key = max(0.0, (straight + WRAP) / (1 + WRAP))
    key = key * (0.55 + 0.45 * key)
    flat = place[1] < FLAT_M and normal[1] > 0.7
    if flat:
        key *= 1 - 0.75 * shaded(lights.floor, place[0], place[2])
        dim = max(dim, 0.8 * shaded(lights.contact, place[0], place[2]))
    else:
        free = lit(
            lights.chart,
            place[0] + LIFT_M * normal[0],
            place[1] + LIFT_M * normal[1],
            place[2] + LIFT_M * normal[2],
        )
        key *= 0.4 + 0.6 * free
    grounded = 1 - 0.45 * np.exp(-max(place[1], 0.0) / 0.07) * (0.5 - 0.5 * normal[1])
    open_sky = (1 - 0.85 * dim) * grounded
    facing = abs(normal[0] * towards[0] + normal[1] * towards[1] + normal[2] * towards[2])
    edge = (1 - facing) ** 3 * max(0.0, 0.35 + _dot(normal, lights.rim)) * open_sky
    fill = max(0.0, 0.3 + 0.7 * _dot(normal, lights.fill)) * open_sky
    return key * (1 - 0.45 * dim), (0.62 + 0.38 * normal[1]) * open_sky, edge, fill


@compiled
def _turned(points: Floats, corners: Whole) -> bool:
    """Whether one sees a triangle from behind."""
    a, b, c = corners[0], corners[1], corners[2]
    along = (points[b, 0] - points[a, 0]) * (points[c, 1] - points[a, 1])
    return bool(along - (points[b, 1] - points[a, 1]) * (points[c, 0] - points[a, 0]) > 0)


@compiled
def _mixed(values: Floats, corners: Whole, share: tuple[float, float, float]) -> tuple[float, float, float]:
    a, b, c = corners[0], corners[1], corners[2]
    return (
        share[0] * values[a, 0] + share[1] * values[b, 0] + share[2] * values[c, 0],
        share[0] * values[a, 1] + share[1] * values[b, 1] + share[2] * values[c, 1],
        share[0] * values[a, 2] + share[1] * values[b, 2] + share[2] * values[c, 2],
    )


@compiled
def _unit(vector: tuple[float, float, float]) -> tuple[float, float, float]:
    length = np.sqrt(vector[0] ** 2 + vector[1] ** 2 + vector[2] ** 2) + 1e-12
    return vector[0] / length, vector[1] / length, vector[2] / length


@compiled
def _dot(vector: tuple[float, float, float], light: Floats) -> float:
    return float(vector[0] * light[0] + vector[1] * light[1] + vector[2] * light[2])


@compiled
def _clipped(light: float) -> float:
    return min(max(light, 0.0), 1.0)
