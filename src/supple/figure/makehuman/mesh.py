"""Work on surfaces: refine quads, cut along a field, smooth, find borders and normals.

A surface is a pair of `values` (a row per vertex: place, then whatever travels along) and corners.
"""

import numpy as np

from supple.figure.makehuman.data import Bools, Floats, Ints

SNAP = 0.2  # a vertex nearer to the cut than this share of its edge slides onto it, so that no sliver is left


def triangles_of(quads: Ints) -> Ints:
    """Two triangles for each quad."""
    pairs: Ints = np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])
    return pairs


def edges_of(faces: Ints) -> tuple[Ints, Ints]:
    """The edges (lower vertex first), and for each face the numbers of its edges, from corner k to k + 1."""
    ends = np.stack([faces, np.roll(faces, -1, axis=1)], 2).reshape(-1, 2)
    edges, inverse = np.unique(np.sort(ends, axis=1), axis=0, return_inverse=True)
    return edges, inverse.reshape(faces.shape)


def compact(values: Floats, faces: Ints) -> tuple[Floats, Ints]:
    """Only the vertices that the faces use."""
    used, inverse = np.unique(faces, return_inverse=True)
    return values[used], inverse.reshape(faces.shape)


def normals_of(points: Floats, triangles: Ints) -> Floats:
    """Unit normals, weighted by the area of the triangles around a vertex."""
    a, b, c = (points[triangles[:, corner]] for corner in range(3))
    faces = np.cross(b - a, c - a)
    total = np.zeros_like(points)
    for corner in range(3):
        np.add.at(total, triangles[:, corner], faces)
    unit: Floats = total / np.maximum(np.linalg.norm(total, axis=1, keepdims=True), 1e-15)
    return unit


def neighbour_mean(values: Floats, faces: Ints) -> Floats:
    """For each vertex the mean of those it shares an edge with; a vertex without an edge stays."""
    edges, _ = edges_of(faces)
    total, count = np.zeros_like(values), np.zeros(len(values))
    for one, other in (edges.T, edges.T[::-1]):
        np.add.at(total, one, values[other])
        np.add.at(count, one, 1)
    mean: Floats = np.where(count[:, None] > 0, total / np.maximum(count, 1)[:, None], values)
    return mean


def refine(values: Floats, quads: Ints, chosen: Bools) -> tuple[Floats, Ints]:
    """One Catmull–Clark step on the chosen quads; their neighbours are split to fit. Gives triangles."""
    edges, sides = edges_of(quads)
    count = np.bincount(sides.ravel(), minlength=len(edges))
    hits = np.bincount(sides[chosen].ravel(), minlength=len(edges))
    centres = values[quads].mean(1)
    midpoints = _edge_points(values, edges, sides, centres, count=count, hits=hits)
    corners = _corner_points(values, quads, edges, centres, inner=(count == 2) & (hits == 2))
    split = np.nonzero(hits > 0)[0]
    number = np.full(len(edges), -1)
    number[split] = len(values) + np.arange(len(split))
    first_centre = len(values) + len(split)
    whole = np.nonzero(chosen)[0]
    fine = [_fine_triangles(quads[whole], number[sides[whole]], first_centre + np.arange(len(whole)))]
    rest = [_fan(quads[face], number[sides[face]]) for face in np.nonzero(~chosen)[0]]
    return np.concatenate([corners, midpoints[split], centres[whole]]), np.concatenate(fine + rest)


def _edge_points(values: Floats, edges: Ints, sides: Ints, centres: Floats, *, count: Ints, hits: Ints) -> Floats:
    middle = values[edges].mean(1)
    around = np.zeros_like(middle)
    for corner in range(4):
        np.add.at(around, sides[:, corner], centres)
    smooth = (2 * middle + around) / 4
    points: Floats = np.where(((count == 2) & (hits == 2))[:, None], smooth, middle)
    return points


def _corner_points(values: Floats, quads: Ints, edges: Ints, centres: Floats, *, inner: Bools) -> Floats:
    size = len(values)
    faces = np.bincount(quads.ravel(), minlength=size)
    around, beside = np.zeros_like(values), np.zeros_like(values)
    for corner in range(4):
        np.add.at(around, quads[:, corner], centres)
    middle = values[edges].mean(1)
    for end in range(2):
        np.add.at(beside, edges[:, end], middle)
    valence = np.maximum(np.bincount(edges.ravel(), minlength=size), 1)
    free = np.bincount(edges[inner].ravel(), minlength=size) == valence
    n = valence[:, None]
    smooth = (around / np.maximum(faces, 1)[:, None] + 2 * beside / n + (n - 3) * values) / n
    points: Floats = np.where(free[:, None], smooth, values)
    return points


def _fine_triangles(quads: Ints, middles: Ints, centres: Ints) -> Ints:
    small = [
        np.stack([quads[:, at], middles[:, at], centres, middles[:, at - 1]], 1) for at in range(4)
    ]  # one small quad at each corner
    return triangles_of(np.concatenate(small))


def _fan(quad: Ints, middles: Ints) -> Ints:
    ring = [int(vertex) for pair in zip(quad, middles, strict=True) for vertex in pair if vertex >= 0]
    start = next((at for at, vertex in enumerate(ring) if vertex in middles), 0)
    ring = ring[start:] + ring[:start]
    return np.array([(ring[0], ring[at], ring[at + 1]) for at in range(1, len(ring) - 1)])


def snapped(values: Floats, triangles: Ints, field: Floats) -> tuple[Floats, Floats]:
    """Slides vertices that lie next to the zero line of the field onto it; gives new values and field."""
    edges, _ = edges_of(triangles)
    ends = np.concatenate([edges, edges[:, ::-1]])
    here, there = field[ends[:, 0]], field[ends[:, 1]]
    share = np.where(here * there < 0, here / np.where(here == there, 1, here - there), 1.0)
    near = np.nonzero(share < SNAP)[0]
    near = near[np.lexsort((ends[near, 1], share[near]))][::-1]  # the nearest crossing is written last, and stays
    values, field, old = values.copy(), field.copy(), values
    slide = share[near, None]
    values[ends[near, 0]] = old[ends[near, 0]] * (1 - slide) + old[ends[near, 1]] * slide
    field[ends[near, 0]] = 0
    return values, field


def cut(values: Floats, triangles: Ints, field: Floats) -> tuple[Floats, Ints, Floats]:
    """The part of the surface where the field is not negative, with new vertices where it is zero."""
    edges, sides = edges_of(triangles)
    one, other = field[edges[:, 0]], field[edges[:, 1]]
    crossing = np.nonzero(one * other < 0)[0]
    number = np.full(len(edges), -1)
    number[crossing] = len(values) + np.arange(len(crossing))
    share = (one / np.where(one == other, 1, one - other))[crossing, None]
    fresh = values[edges[crossing, 0]] * (1 - share) + values[edges[crossing, 1]] * share
    kept: list[tuple[int, int, int]] = []
    for corners, middles in zip(triangles, number[sides], strict=True):
        if (field[corners] <= 0).all():
            continue
        ring = [
            int(vertex)
            for corner, middle in zip(corners, middles, strict=True)
            for vertex, stays in ((corner, field[corner] >= 0), (middle, middle >= 0))
            if stays
        ]
        kept += [(ring[0], ring[at], ring[at + 1]) for at in range(1, len(ring) - 1)]
    everything = np.concatenate([values, fresh])
    level = np.concatenate([field, np.zeros(len(crossing))])
    packed, faces = compact(np.column_stack([everything, level]), np.array(kept))
    return packed[:, :-1], faces, packed[:, -1]


def border_edges(triangles: Ints) -> Ints:
    """Directed edges with a triangle on one side only."""
    ends = np.stack([triangles, np.roll(triangles, -1, axis=1)], 2).reshape(-1, 2)
    _, inverse, count = np.unique(np.sort(ends, axis=1), axis=0, return_inverse=True, return_counts=True)
    lonely: Ints = ends[count[inverse.ravel()] == 1]
    return lonely
