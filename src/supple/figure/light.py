"""How a surface looks: three soft lights that turn with the camera, warm where light fades, and no gloss.

Chosen by eye for skin and cloth on a pale wall and at dusk; not a measurement of any material.
"""

from typing import NamedTuple

import numpy as np

from supple.figure.compiled import Doubles, Floats, Whole, compiled, woven
from supple.figure.shadow import FLAT_M, LIFT_M, FloorShadow, LightMap, lit, shaded
from supple.figure.zbuffer import offset, turned, weights

STEPS = 4096
WRAP = 0.35  # how far the key light reaches around a form, as through skin
CREASE_M = 0.11  # how far a fold is looked into
TAPS = 12
GOLDEN = 2.399963  # radians


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


class Seen(NamedTuple):
    """What was found at each sample: nearness (0 for nothing) and the triangle (-1 for none).

    A pixel has `fineness` samples across and down; nothing is seen outside the pixels `left` <= x < `right`.
    """

    nearness: Floats
    owner: Whole
    fineness: int
    left: int
    right: int


def linear(colours: Floats) -> Floats:
    """sRGB 0 to 1 as light (IEC 61966-2-1)."""
    low, high = colours / 12.92, ((np.maximum(colours, 0) + 0.055) / 1.055) ** 2.4
    return np.where(colours <= 0.04045, low, high).astype(np.float32)


def encoded(light: Floats) -> Floats:
    """Light 0 to 1 as sRGB: `linear` undone."""
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
def crevices(surface: Surface, lens: Lens, seen: Seen, dim: Floats, first: int, last: int) -> None:
    """Fill rows of `dim`, of half the picture's size, with how much of the sky folds hide, 0 to 1.

    Looks at the depths around each place (after McGuire and others, 2011, "The Alchemy screen-space ambient obscurance
    algorithm").
    """
    spiral, step, nearness, owner = _spiral(), 2 * seen.fineness, seen.nearness, seen.owner
    half, reach = lens.scale / 2, 4 * CREASE_M * CREASE_M
    for y in range(first, last):
        for x in range(seen.left // 2, min(seen.right // 2 + 1, dim.shape[1])):
            t = owner[y * step, x * step]
            if t < 0:
                continue
            deep = 1 / nearness[y * step, x * step]
            nx, ny, nz = _seen_normal(surface.normals, surface.triangles, t, lens.rows)
            radius, turn, total = CREASE_M * half / deep, (x % 4) * 4 + y % 4, 0.0
            for k in range(TAPS):
                right = int(np.floor(radius * spiral[turn, k, 0] + 0.5))
                down = int(np.floor(radius * spiral[turn, k, 1] + 0.5))
                if not (0 <= x + right < dim.shape[1] and 0 <= y + down < dim.shape[0]):
                    continue
                near = nearness[(y + down) * step, (x + right) * step]
                if near <= 0:
                    continue
                there = 1 / near
                vx = ((x + right - dim.shape[1] / 2) * there - (x - dim.shape[1] / 2) * deep) / half
                vy = ((dim.shape[0] / 2 - y - down) * there - (dim.shape[0] / 2 - y) * deep) / half
                vz = there - deep
                length = vx * vx + vy * vy + vz * vz
                facing = vx * nx + vy * ny + vz * nz - 0.012 - 0.003 * deep
                if facing > 0 and length < reach:
                    total += facing / (np.sqrt(length) + 0.01) * (1 - length / reach)
            dim[y, x] = min(1.0, 1.9 * total / TAPS)


@compiled
def _spiral() -> Floats:
    """(16, TAPS, 2): where to look around a pixel, within 1; turned otherwise for each of 4 x 4 neighbours."""
    places = np.empty((16, TAPS, 2), np.float32)
    for turn in range(16):
        for k in range(TAPS):
            angle = GOLDEN * (turn + k)
            places[turn, k, 0] = (k + 0.5) / TAPS * np.cos(angle)
            places[turn, k, 1] = (k + 0.5) / TAPS * np.sin(angle)
    return places


@woven
def _seen_normal(normals: Floats, triangles: Whole, t: int, rows: Floats) -> tuple[float, float, float]:
    """The mean normal of a triangle in the camera's axes, towards the camera."""
    a, b, c = triangles[t, 0], triangles[t, 1], triangles[t, 2]
    u, v, w = _unit(
        (
            normals[a, 0] + normals[b, 0] + normals[c, 0],
            normals[a, 1] + normals[b, 1] + normals[c, 1],
            normals[a, 2] + normals[b, 2] + normals[c, 2],
        )
    )
    x = rows[0, 0] * u + rows[0, 1] * v + rows[0, 2] * w
    y = rows[1, 0] * u + rows[1, 1] * v + rows[1, 2] * w
    z = rows[2, 0] * u + rows[2, 1] * v + rows[2, 2] * w
    sign = -1.0 if z > 0 else 1.0
    return x * sign, y * sign, z * sign


@compiled
def soften(dim: Floats, seen: Seen, out: Floats, first: int, last: int) -> None:
    """Fill rows of `out` with `dim` averaged over 4 x 4 neighbours of about the same depth, which hides the taps."""
    height, width = dim.shape
    step, nearness = 2 * seen.fineness, seen.nearness
    for y in range(first, last):
        for x in range(seen.left // 2, min(seen.right // 2 + 1, width)):
            near = nearness[y * step, x * step]
            total, count = 0.0, 0
            for down in range(max(y - 2, 0), min(y + 2, height)):
                for across in range(max(x - 2, 0), min(x + 2, width)):
                    other = nearness[down * step, across * step]
                    # Outside, too: a pixel that the figure half covers asks a neighbour that it does not.
                    if other > 0 and (near <= 0 or abs(near - other) < 0.05 * near * other):
                        total += dim[down, across]
                        count += 1
            out[y, x] = total / max(count, 1)


@compiled
def shade(
    surface: Surface, lights: Lights, seen: Seen, dim: Floats, table: Floats, sums: Floats, first: int, last: int
) -> None:
    """Fill rows of `sums` with each pixel's mean red, green and blue (sRGB, times coverage) and coverage.

    `table` is sRGB for light from 0 to 1, in STEPS steps.
    """
    fineness, owner = seen.fineness, seen.owner
    share = np.float32(1.0 / (fineness * fineness))
    last_two = np.full(2, -1, np.int32)  # a triangle is shaded once in a pixel, however many samples it covers
    known = np.zeros((2, 3), np.float32)
    for y in range(first, last):
        for x in range(seen.left, seen.right):
            last_two[0] = last_two[1] = -1
            slot, count = 0, 0
            for j in range(y * fineness, (y + 1) * fineness):
                for i in range(x * fineness, (x + 1) * fineness):
                    t = owner[j, i]
                    if t < 0:
                        continue
                    if t != last_two[slot]:
                        slot = 1 - slot
                    if t != last_two[slot]:
                        right, down = offset(i, j, fineness)
                        dark = dim[min(y >> 1, dim.shape[0] - 1), min(x >> 1, dim.shape[1] - 1)]
                        red, green, blue = _look(surface, lights, t, float(i + right), float(j + down), dark)
                        last_two[slot] = t
                        known[slot, 0] = table[_step(red)]
                        known[slot, 1] = table[_step(green)]
                        known[slot, 2] = table[_step(blue)]
                    count += 1
                    for k in range(3):
                        sums[y, x, k] += known[slot, k] * share
            sums[y, x, 3] = share * count


@woven
def _look(surface: Surface, lights: Lights, t: int, x: float, y: float, dim: float) -> tuple[float, float, float]:
    """The light, 0 to 1, that one place of a triangle sends to the eye."""
    triangles = surface.triangles
    a, b, c = triangles[t, 0], triangles[t, 1], triangles[t, 2]
    shares = weights(surface.points, a, b, c, x, y)
    place, own = _mixed(surface.vertices, a, b, c, shares), _mixed(surface.colours, a, b, c, shares)
    normal = _unit(_mixed(surface.normals, a, b, c, shares))
    if turned(surface.points, a, b, c):  # the inside of a sleeve is lit as if it were the outside
        normal = (-normal[0], -normal[1], -normal[2])
    eye = lights.eye
    towards = _unit((eye[0] - place[0], eye[1] - place[1], eye[2] - place[2]))
    key, sky, edge, fill = _received(lights, place, normal, towards, dim)
    # Light that has gone in and out of skin or cloth once more is deeper in colour: the shadow side is not grey.
    warm = 0.35 * (1 - key)
    return (
        own[0] * (0.98 * key + 0.20 * sky + 0.22 * fill + 0.16 * warm * own[0]) + 0.10 * edge,
        own[1] * (0.94 * key + 0.21 * sky + 0.22 * fill + 0.10 * warm * own[1]) + 0.10 * edge,
        own[2] * (0.89 * key + 0.22 * sky + 0.23 * fill + 0.08 * warm * own[2]) + 0.10 * edge,
    )


@woven
def _received(
    lights: Lights,
    place: tuple[float, float, float],
    normal: tuple[float, float, float],
    towards: tuple[float, float, float],
    dim: float,
) -> tuple[float, float, float, float]:
    """Of the key light, of sky and floor, along the edge and of the fill light: the shares that arrive, 0 to 1."""
    key = max(0.0, (_dot(normal, lights.key) + WRAP) / (1 + WRAP))
    key = key * (0.55 + 0.45 * key)
    if place[1] < FLAT_M and normal[1] > 0.7:
        key *= 1 - 0.75 * shaded(lights.floor, place[0], place[2])
        dim = max(dim, 0.8 * shaded(lights.contact, place[0], place[2]))
    elif key > 0:
        off = LIFT_M
        key *= 0.4 + 0.6 * lit(
            lights.chart, place[0] + off * normal[0], place[1] + off * normal[1], place[2] + off * normal[2]
        )
    grounded = 1.0 if place[1] > 0.4 else 1 - 0.45 * np.exp(-max(place[1], 0.0) / 0.07) * (0.5 - 0.5 * normal[1])
    open_sky = (1 - 0.85 * dim) * grounded
    facing = 1 - abs(normal[0] * towards[0] + normal[1] * towards[1] + normal[2] * towards[2])
    edge = facing * facing * facing * max(0.0, 0.35 + _dot(normal, lights.rim)) * open_sky
    fill = max(0.0, 0.3 + 0.7 * _dot(normal, lights.fill)) * open_sky
    return key * (1 - 0.45 * dim), (0.62 + 0.38 * normal[1]) * open_sky, edge, fill


@woven
def _mixed(values: Floats, a: int, b: int, c: int, shares: tuple[float, float, float]) -> tuple[float, float, float]:
    return (
        shares[0] * values[a, 0] + shares[1] * values[b, 0] + shares[2] * values[c, 0],
        shares[0] * values[a, 1] + shares[1] * values[b, 1] + shares[2] * values[c, 1],
        shares[0] * values[a, 2] + shares[1] * values[b, 2] + shares[2] * values[c, 2],
    )


@woven
def _unit(vector: tuple[float, float, float]) -> tuple[float, float, float]:
    share = 1 / (np.sqrt(vector[0] * vector[0] + vector[1] * vector[1] + vector[2] * vector[2]) + 1e-12)
    return vector[0] * share, vector[1] * share, vector[2] * share


@woven
def _dot(vector: tuple[float, float, float], light: Floats) -> float:
    return float(vector[0] * light[0] + vector[1] * light[1] + vector[2] * light[2])


@woven
def _step(light: float) -> int:
    return int(min(max(light, 0.0), 1.0) * (STEPS - 1))
