"""Eyeballs with iris, pupil and a catch of light, and brows laid on the forehead."""

import numpy as np

from supple.figure.makehuman.data import Floats, Ints, MakeHuman
from supple.figure.makehuman.pieces import Piece, grid_triangles
from supple.figure.makehuman.recipes import Recipe
from supple.figure.makehuman.rig import Rig

RINGS_DEG = (0.0, 8.5, 10.0, 18.0, 25.0, 28.0, 40.0, 62.0, 88.0)  # from the middle of the pupil outwards
SPOKES = 20
GLINT_DEG = (9.0, 13.0)  # how far the catch of light lies to the side and up
BROW_COLUMNS = 12


def eyes(data: MakeHuman, points: Floats, rig: Rig, recipe: Recipe) -> Piece:
    """Both eyeballs, looking ahead."""
    parts = [_eye(points[data.groups[f"helper-{side}-eye"]], recipe) for side in ("l", "r")]
    places = np.concatenate([part[0] for part in parts])
    colours = np.concatenate([part[1] for part in parts])
    faces = np.concatenate([parts[0][2], parts[1][2] + len(parts[0][0])])
    return Piece("eyes", _on_head(places, rig), faces, colours)


def _on_head(places: Floats, rig: Rig) -> Floats:
    weights = np.zeros((len(places), len(rig.bones)))
    weights[:, rig.bones.index("head")] = 1
    return np.column_stack([places, weights])


def _eye(ball: Floats, recipe: Recipe) -> tuple[Floats, Floats, Ints]:
    centre = (ball.min(0) + ball.max(0)) / 2
    radius = np.ptp(ball[:, 1]) / 2
    tilt = np.radians(RINGS_DEG)[:, None]
    turn = np.linspace(0, 2 * np.pi, SPOKES, endpoint=False)[None]
    x, y = np.sin(tilt) * np.cos(turn), np.sin(tilt) * np.sin(turn)
    across = np.stack([x, y, np.broadcast_to(np.cos(tilt), x.shape)], 2)
    places = (centre + radius * across).reshape(-1, 3)
    colours = np.repeat(_ring_colours(recipe), SPOKES, axis=0)
    lid = 1 - 0.30 * np.clip(across[:, :, 1].reshape(-1) * 3.0 - 0.25, 0, 1)  # the upper lid throws a shade
    faces = grid_triangles(len(RINGS_DEG), SPOKES)
    glint, rim = _glint(centre, radius)
    light = np.array([[1.0, 1, 1], *([recipe.colours["white"]] * len(rim))])
    fan = np.array([(0, 1 + at, 1 + (at + 1) % len(rim)) for at in range(len(rim))]) + len(places)
    return (
        np.concatenate([places, glint[None], rim]),
        np.concatenate([colours * lid[:, None], light]),
        np.concatenate([faces, fan]),
    )


def _ring_colours(recipe: Recipe) -> Floats:
    iris, white = np.array(recipe.colours["iris"]), np.array(recipe.colours["white"])
    pupil, limbus = np.full(3, 0.03), 0.175 * iris + 0.5 * white
    rows = [pupil, pupil, iris * 0.9, np.minimum(iris * 1.35, 1), iris * 0.75, limbus, white, white, white * 0.9]
    return np.array(rows)


def _glint(centre: Floats, radius: float) -> tuple[Floats, Floats]:
    side, up = np.radians(GLINT_DEG)
    middle = np.array([np.sin(side), np.sin(up), 0])
    middle[2] = np.sqrt(1 - middle @ middle)
    angles = np.linspace(0, 2 * np.pi, 8, endpoint=False)
    rim = middle + 0.07 * np.stack([np.cos(angles), np.sin(angles), np.zeros(8)], 1)
    rim /= np.linalg.norm(rim, axis=1, keepdims=True)
    return centre + 1.012 * radius * middle, centre + 1.008 * radius * rim


def brows(data: MakeHuman, points: Floats, rig: Rig, recipe: Recipe, skin: Piece) -> Piece:
    """Two arched strips on the skin above the eyes."""
    ball = points[data.groups["helper-l-eye"]]
    centre = (ball.min(0) + ball.max(0)) / 2
    line, width = _brow_line(centre, recipe)
    rows = [(-0.5, -0.0012), (-0.25, 0.0009), (0.2, 0.0011), (0.5, -0.0012)]  # across the strip, and off the skin
    left = []
    for across, off in rows:
        column = line + np.stack([np.zeros(len(line)), across * width], 1)
        left.append(np.column_stack([column, front_of(skin.points, skin.triangles, column) + off]))
    grid = np.array(left)
    right = grid[:, ::-1] * (-1, 1, 1)
    tone = np.array(recipe.colours["brow"])
    places = np.concatenate([grid.reshape(-1, 3), right.reshape(-1, 3)])
    faces = grid_triangles(len(rows), BROW_COLUMNS, closed=False)[:, ::-1]
    faces = np.concatenate([faces, faces + grid[..., 0].size])
    return Piece("brows", _on_head(places, rig), faces, np.tile(tone, (len(places), 1)))


def _brow_line(eye: Floats, recipe: Recipe) -> tuple[Floats, Floats]:
    share = np.linspace(0, 1, BROW_COLUMNS)
    lift, full = recipe.face["brow_lift_m"], recipe.face["brow_width_m"]
    x = eye[0] * 0.46 + share * eye[0] * 1.12
    y = eye[1] + lift + np.interp(share, (0, 0.3, 0.65, 1), (0.0, 0.0018, 0.0032, -0.0005))
    smooth = np.convolve(np.pad(y, 2, mode="edge"), np.full(5, 0.2), mode="valid")
    width = full * np.interp(share, (0, 0.12, 0.55, 1), (0.45, 1, 0.85, 0.12))
    return np.stack([x, smooth], 1), width


def front_of(points: Floats, triangles: Ints, columns: Floats) -> Floats:
    """The foremost z of a surface at each (x, y)."""
    a, b, c = (points[triangles[:, corner]] for corner in range(3))
    area = (b[:, 0] - a[:, 0]) * (c[:, 1] - a[:, 1]) - (b[:, 1] - a[:, 1]) * (c[:, 0] - a[:, 0])
    facing = np.nonzero(area > 1e-12)[0]
    a, b, c, area = a[facing], b[facing], c[facing], area[facing]
    depth = np.empty(len(columns))
    for at, (x, y) in enumerate(columns):
        one = ((b[:, 0] - x) * (c[:, 1] - y) - (b[:, 1] - y) * (c[:, 0] - x)) / area
        two = ((c[:, 0] - x) * (a[:, 1] - y) - (c[:, 1] - y) * (a[:, 0] - x)) / area
        three = 1 - one - two
        inside = (one >= -1e-9) & (two >= -1e-9) & (three >= -1e-9)
        depth[at] = np.max((one * a[:, 2] + two * b[:, 2] + three * c[:, 2])[inside])
    return depth
