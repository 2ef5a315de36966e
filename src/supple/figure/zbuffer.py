"""Which triangle is seen at each sample of a picture: the loops over triangles, and nothing about light."""

import numpy as np

from supple.figure.compiled import Floats, Whole, compiled, woven

CRACK = np.float32(-1e-5)  # in barycentric units: two neighbours rather both draw their common edge than neither
WHOLE = np.float32(1) - CRACK
WIDE = 10  # samples; in narrower triangles, looking at each is cheaper than finding which


@woven
def offset(x: int, y: int, fineness: int) -> tuple[np.float32, np.float32]:
    """Where inside its cell a sample lies: rooks on a board, so that no two in a pixel share a row or a column.

    To the right depends on y alone, down on x alone.
    """
    return np.float32((y % fineness + 0.5) / fineness), np.float32((fineness - 1 - x % fineness + 0.5) / fineness)


@woven
def weights(points: Floats, a: int, b: int, c: int, x: float, y: float) -> tuple[float, float, float]:
    """The shares of three corners at the place x, y of the picture, as seen in the room and not flat."""
    bx, by = points[b, 0] - points[a, 0], points[b, 1] - points[a, 1]
    cx, cy = points[c, 0] - points[a, 0], points[c, 1] - points[a, 1]
    dx, dy = x - points[a, 0], y - points[a, 1]
    inverse = 1 / (bx * cy - by * cx)
    second, third = (dx * cy - dy * cx) * inverse, (bx * dy - by * dx) * inverse
    first, second, third = (1 - second - third) * points[a, 2], second * points[b, 2], third * points[c, 2]
    whole = 1 / (first + second + third)
    return first * whole, second * whole, third * whole


@woven
def turned(points: Floats, a: int, b: int, c: int) -> bool:
    """Whether one sees a triangle from behind."""
    along = (points[b, 0] - points[a, 0]) * (points[c, 1] - points[a, 1])
    return bool(along - (points[b, 1] - points[a, 1]) * (points[c, 0] - points[a, 0]) > 0)


@compiled
def fill(
    points: Floats, triangles: Whole, fineness: int, nearness: Floats, owner: Whole, first: int, last: int
) -> None:
    """Draw rows first <= y < last: at each sample the greatest nearness (third column of `points`) and its triangle.

    `nearness` starts at 0 and `owner` at -1. A triangle with a corner of nearness 0 is left out.
    """
    width = nearness.shape[1]
    across, down = np.empty(last, np.float32), np.empty(width, np.float32)
    for y in range(first, last):
        across[y] = offset(0, y, fineness)[0]
    for x in range(width):
        down[x] = offset(x, 0, fineness)[1]
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
        inverse = np.float32(1) / area
        second_x, second_y = (cy - ay) * inverse, (ax - cx) * inverse
        third_x, third_y = (ay - by) * inverse, (bx - ax) * inverse
        near, second_near, third_near = points[a, 2], points[b, 2] - points[a, 2], points[c, 2] - points[a, 2]
        for y in range(top, bottom + 1):
            to_x, to_y = across[y] - ax, np.float32(y) - ay
            begin, end = left, right
            if right - left > WIDE:
                second, third = to_x * second_x + to_y * second_y, to_x * third_x + to_y * third_y
                begin, end = _narrowed(begin, end, second, second_x, second_y)
                begin, end = _narrowed(begin, end, third, third_x, third_y)
                begin, end = _narrowed(begin, end, 1 - second - third, -second_x - third_x, -second_y - third_y)
            for x in range(begin, end + 1):
                dx, dy = np.float32(x) + to_x, down[x] + to_y
                second, third = dx * second_x + dy * second_y, dx * third_x + dy * third_y
                depth = near + second * second_near + third * third_near
                # One branch, not four: which way it goes is hard to foresee, and that is what costs.
                if (second >= CRACK) & (third >= CRACK) & (second + third <= WHOLE) & (depth > nearness[y, x]):
                    nearness[y, x], owner[y, x] = depth, t


@woven
def _narrowed(begin: int, end: int, share: float, slope: float, lean: float) -> tuple[int, int]:
    """The columns from begin to end where a corner's share, `share` at column 0, may be above nothing.

    It grows by `slope` a column, and by up to `lean` with the place of the sample in its cell.
    """
    most = share + max(lean, 0.0) + 1e-4
    if slope > 1e-9:
        return max(begin, int(np.floor(max(-most / slope, -1e6)))), end
    if slope < -1e-9:
        return begin, min(end, int(np.ceil(min(-most / slope, 1e6))))
    return begin, end


@compiled
def smooth_normals(vertices: Floats, triangles: Whole) -> Floats:
    """A unit normal for each vertex: the mean of its triangles', the large ones counting more."""
    normals = np.zeros_like(vertices)
    for t in range(triangles.shape[0]):
        a, b, c = triangles[t, 0], triangles[t, 1], triangles[t, 2]
        for k in range(3):
            i, j = (k + 1) % 3, (k + 2) % 3
            ahead = (vertices[b, i] - vertices[a, i]) * (vertices[c, j] - vertices[a, j])
            normal = ahead - (vertices[b, j] - vertices[a, j]) * (vertices[c, i] - vertices[a, i])
            normals[a, k] += normal
            normals[b, k] += normal
            normals[c, k] += normal
    for i in range(normals.shape[0]):
        length = max(np.sqrt(normals[i, 0] ** 2 + normals[i, 1] ** 2 + normals[i, 2] ** 2), np.float32(1e-12))
        for k in range(3):
            normals[i, k] /= length
    return normals
