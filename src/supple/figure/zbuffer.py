"""Which triangle is seen at each sample of a picture: the loops over triangles, and nothing about light."""

import numpy as np

from supple.figure.compiled import Floats, Whole, compiled

CRACK = -1e-5  # in barycentric units: two neighbours rather both draw their common edge than neither


@compiled
def offset(x: int, y: int, fineness: int) -> tuple[float, float]:
    """Where inside its cell a sample lies: rooks on a board, so that no two in a pixel share a row or a column."""
    return (y % fineness + 0.5) / fineness, (fineness - 1 - x % fineness + 0.5) / fineness


@compiled
def weights(points: Floats, corners: Whole, x: float, y: float) -> tuple[float, float, float]:
    """Barycentric weights of the place x, y in the triangle of these three corners, as seen flat on the picture."""
    a, b, c = corners[0], corners[1], corners[2]
    bx, by, cx, cy = (
        points[b, 0] - points[a, 0],
        points[b, 1] - points[a, 1],
        points[c, 0] - points[a, 0],
        points[c, 1] - points[a, 1],
    )
    area = bx * cy - by * cx
    dx, dy = x - points[a, 0], y - points[a, 1]
    second, third = (dx * cy - dy * cx) / area, (bx * dy - by * dx) / area
    return 1 - second - third, second, third


@compiled
def fill(
    points: Floats, triangles: Whole, fineness: int, nearness: Floats, owner: Whole, first: int, last: int
) -> None:
    """Draw rows first <= y < last: at each sample the greatest nearness (third column of `points`) and its triangle.

    `nearness` starts at 0 and `owner` at -1. A triangle with a corner of nearness 0 is left out.
    """
    width = nearness.shape[1]
    for t in range(triangles.shape[0]):
        a, b, c = triangles[t, 0], triangles[t, 1], triangles[t, 2]
        ax, ay, bx, by, cx, cy = points[a, 0], points[a, 1], points[b, 0], points[b, 1], points[c, 0], points[c, 1]
        top, bottom = max(int(np.floor(min(ay, by, cy))), first), min(int(np.floor(max(ay, by, cy))), last - 1)
        if top > bottom:
            continue
        left, right = max(int(np.floor(min(ax, bx, cx))), 0), min(int(np.floor(max(ax, bx, cx))), width - 1)
        area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
        if left > right or area == 0 or min(points[a, 2], points[b, 2], points[c, 2]) <= 0:
            continue
        inverse = 1 / area
        second_x, second_y = (cy - ay) * inverse, (ax - cx) * inverse
        third_x, third_y = (ay - by) * inverse, (bx - ax) * inverse
        near, second_near, third_near = points[a, 2], points[b, 2] - points[a, 2], points[c, 2] - points[a, 2]
        for y in range(top, bottom + 1):
            for x in range(left, right + 1):
                to_x, to_y = offset(x, y, fineness)
                dx, dy = x + to_x - ax, y + to_y - ay
                second, third = dx * second_x + dy * second_y, dx * third_x + dy * third_y
                if second < CRACK or third < CRACK or second + third > 1 - CRACK:
                    continue
                depth = near + second * second_near + third * third_near
                if depth > nearness[y, x]:
                    nearness[y, x], owner[y, x] = depth, t


@compiled
def smooth_normals(vertices: Floats, triangles: Whole) -> Floats:
    """A unit normal for each vertex: the mean of its triangles', the large ones counting more."""
    normals = np.zeros_like(vertices)
    for t in range(triangles.shape[0]):
        a, b, c = triangles[t, 0], triangles[t, 1], triangles[t, 2]
        one, two = vertices[b] - vertices[a], vertices[c] - vertices[a]
        x, y, z = (
            one[1] * two[2] - one[2] * two[1],
            one[2] * two[0] - one[0] * two[2],
            one[0] * two[1] - one[1] * two[0],
        )
        for corner in (a, b, c):
            normals[corner, 0] += x
            normals[corner, 1] += y
            normals[corner, 2] += z
    for i in range(normals.shape[0]):
        length = np.sqrt(normals[i, 0] ** 2 + normals[i, 1] ** 2 + normals[i, 2] ** 2)
        normals[i] /= max(length, np.float32(1e-12))
    return normals
