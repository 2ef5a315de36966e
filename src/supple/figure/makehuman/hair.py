"""Hair as a shell over the scalp: strands run from a pole to the hairline, as grooves and as lighter and darker colour.

Directions from the middle of the head are given as azimuth (0 front, 90 left ear, 180 back) and elevation in degrees.
"""

from dataclasses import dataclass

import numpy as np

from supple.figure.makehuman.data import Bools, Floats, Ints, MakeHuman
from supple.figure.makehuman.pieces import Piece, grid_triangles
from supple.figure.makehuman.recipes import Recipe
from supple.figure.makehuman.rig import Rig

STRANDS = 84
ROWS = 14
BELOW_M = 0.0015  # the hairline lies a little below the skin, so that no step is seen
CENTRE_M = (0.0, 0.020, -0.067)  # the middle of the head as seen from between the eyes
EAR_SHARE = 0.85  # what the ear target moves by this share of its most is ear
BUN_ROWS, BUN_SPOKES = 9, 26


@dataclass(frozen=True, eq=False)
class Scalp:
    """The bare head: its middle, and the triangles that rays from there meet (ears left out)."""

    centre: Floats
    points: Floats
    triangles: Ints


def scalp(data: MakeHuman, points: Floats) -> Scalp:
    """The head of a shaped base mesh."""
    balls = np.concatenate([points[data.groups[f"helper-{side}-eye"]] for side in ("l", "r")])
    centre = (balls.min(0) + balls.max(0)) / 2 + CENTRE_M
    quads = data.base[1]["body"][data.seen_quads]
    head = (points[quads, 1].min(1) > centre[1] - 0.13) & ~ears(data)[quads].any(1)
    quads = quads[head]
    return Scalp(centre, points, np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]]))


def ears(data: MakeHuman) -> Bools:
    """Which vertices of the base mesh are ear."""
    moved = sum(np.linalg.norm(data.target(f"ears/{side}-ear-trans-up"), axis=1) for side in ("l", "r"))
    chosen: Bools = np.asarray(moved > EAR_SHARE * np.max(moved))
    return chosen


def hairiness(directions: Floats, line: Floats) -> Floats:
    """How far, in degrees, directions lie inside the hairline; `line` has rows of azimuth and elevation."""
    azimuth = np.degrees(np.abs(np.arctan2(directions[:, 0], directions[:, 2])))
    elevation = np.degrees(np.arcsin(np.clip(directions[:, 1], -1, 1)))
    inside: Floats = elevation - np.interp(azimuth, line[:, 0], line[:, 1])
    return inside


def under_hair(data: MakeHuman, points: Floats, recipe: Recipe) -> Floats:
    """For each vertex of the base mesh how far it is scalp, 0..1."""
    head = scalp(data, points)
    away = points - head.centre
    distance = np.linalg.norm(away, axis=1)
    inside = hairiness(away / distance[:, None], np.array(recipe.hairline))
    share: Floats = np.clip(inside / 6.0 - 0.4, 0, 1) * (distance < 0.15) * ~ears(data)
    return share


def hair(data: MakeHuman, points: Floats, rig: Rig, recipe: Recipe) -> Piece:
    """The shell, and a bun where the recipe has one."""
    head = scalp(data, points)
    pole, side, up = _axes(np.array(recipe.hair["pole"]))
    turns = np.linspace(0, 2 * np.pi, STRANDS, endpoint=False)
    across = np.cos(turns)[:, None] * side + np.sin(turns)[:, None] * up
    ends = _hairline_tilts(pole, across, np.array(recipe.hairline))
    share = np.linspace(0, 1, ROWS) ** 0.85
    tilt = share[:, None] * ends[None]
    directions = np.cos(tilt)[..., None] * pole + np.sin(tilt)[..., None] * across[None]
    skin = _smooth(reach(head, directions.reshape(-1, 3)).reshape(tilt.shape))
    lift = _thickness(directions, share, recipe) + _grooves(turns, share, recipe)
    places = head.centre + (skin + lift)[..., None] * directions
    colours = _strand_colours(turns, share, recipe)
    parts = [(places.reshape(-1, 3), colours.reshape(-1, 3), grid_triangles(ROWS, STRANDS))]
    if recipe.hair["bun_m"][0] > 0:
        parts.append(_bun(head.centre + (skin[0, 0] + recipe.hair["bun_m"][1]) * pole, (pole, side, up), recipe))
    return _piece(parts, data, points, rig)


def _axes(pole: Floats) -> tuple[Floats, Floats, Floats]:
    pole = pole / np.linalg.norm(pole)
    side = np.array([1.0, 0, 0])
    return pole, side, np.cross(pole, side)


def _hairline_tilts(pole: Floats, across: Floats, line: Floats) -> Floats:
    """For each strand how far from the pole, in radians, it ends."""
    steps = np.radians(np.arange(5, 175, 0.5))
    rays = np.cos(steps)[None, :, None] * pole + np.sin(steps)[None, :, None] * across[:, None]
    outside = hairiness(rays.reshape(-1, 3), line).reshape(rays.shape[:2]) < 0
    ends: Floats = steps[np.where(outside.any(1), outside.argmax(1), -1)]
    for _ in range(3):
        ends = (np.roll(ends, 1) + 2 * ends + np.roll(ends, -1)) / 4
    return ends


def reach(head: Scalp, directions: Floats) -> Floats:
    """How far from the middle of the head each ray meets the skin; NaN where it meets none."""
    a, b, c = (head.points[head.triangles[:, corner]] - head.centre for corner in range(3))
    one, two = b - a, c - a
    normal = np.cross(one, two)
    found = np.full(len(directions), np.nan)
    for at, ray in enumerate(directions):
        down = normal @ ray
        far = (normal * a).sum(1) / np.where(np.abs(down) < 1e-12, 1e-12, down)
        inside = np.cross(far[:, None] * ray - a, ray)
        u, v = -(two * inside).sum(1) / down, (one * inside).sum(1) / down
        hit = (u >= -1e-6) & (v >= -1e-6) & (u + v <= 1 + 1e-6) & (far > 0)
        if hit.any():
            found[at] = far[hit].max()
    return found


def _smooth(grid: Floats) -> Floats:
    filled = grid.copy()
    filled[0] = np.nanmean(filled[0])
    for row in filled:
        good = ~np.isnan(row)
        row[~good] = np.interp(np.nonzero(~good)[0], np.nonzero(good)[0], row[good], period=len(row))
    for _ in range(2):
        filled = (np.roll(filled, 1, 1) + 2 * filled + np.roll(filled, -1, 1)) / 4
        filled[1:-1] = (filled[:-2] + 2 * filled[1:-1] + filled[2:]) / 4
    return filled


def _thickness(directions: Floats, share: Floats, recipe: Recipe) -> Floats:
    """How far the shell stands off the skin: thick on top, thin at the sides, none at the hairline."""
    top, side, front = (recipe.hair[key][0] for key in ("top_m", "side_m", "front_m"))
    height = np.clip(directions[..., 1] * 1.3 + 0.15, 0, 1)
    forward = np.clip(directions[..., 2] * 2 - 0.2, 0, 1) * height
    full = side + (top - side) * height + (front - top) * forward
    edge = np.clip((1 - share) / recipe.hair["edge"][0], 0, 1)
    thick: Floats = full * (edge * (2 - edge))[:, None] - BELOW_M * (1 - edge)[:, None]
    return thick


def _waves(turns: Floats, seeds: tuple[float, ...]) -> Floats:
    """A fixed irregular pattern round the pole, about -1..1."""
    total: Floats = np.sum([np.sin(k * turns + 1.7 * k * k) / len(seeds) ** 0.5 for k in seeds], axis=0)
    return total


def _grooves(turns: Floats, share: Floats, recipe: Recipe) -> Floats:
    deep: Floats = recipe.hair["groove_m"][0] * np.sin(np.pi * share)[:, None] * _waves(turns, (13, 21, 29, 40))[None]
    return deep


def _strand_colours(turns: Floats, share: Floats, recipe: Recipe) -> Floats:
    tone = np.array(recipe.colours["hair"])
    pattern = 1 + 0.16 * _waves(turns, (11, 17, 25, 34, 42))[None] - 0.10 * np.cos(2 * np.pi * share)[:, None]
    return np.clip(tone * pattern[..., None], 0, 1)


def _bun(middle: Floats, axes: tuple[Floats, Floats, Floats], recipe: Recipe) -> tuple[Floats, Floats, Ints]:
    pole, side, up = axes
    radius = recipe.hair["bun_m"][0]
    tilt = np.linspace(0, 0.8 * np.pi, BUN_ROWS)[:, None]
    turn = np.linspace(0, 2 * np.pi, BUN_SPOKES, endpoint=False)[None]
    swirl = np.sin(5 * (turn + 1.1 * tilt))
    size = radius * (1 + 0.045 * swirl * np.sin(tilt))
    flat = np.cos(tilt)[..., None] * pole * 0.72
    wide = np.sin(tilt)[..., None] * (np.cos(turn)[..., None] * side + np.sin(turn)[..., None] * up)
    places = middle + size[..., None] * (flat + wide)
    tone = np.array(recipe.colours["hair"]) * (1 + 0.22 * swirl * np.sin(tilt))[..., None]
    return places.reshape(-1, 3), np.clip(tone, 0, 1).reshape(-1, 3), grid_triangles(BUN_ROWS, BUN_SPOKES)


def _piece(parts: list[tuple[Floats, Floats, Ints]], data: MakeHuman, points: Floats, rig: Rig) -> Piece:
    starts = np.cumsum([0, *(len(part[0]) for part in parts)])
    places = np.concatenate([part[0] for part in parts])
    faces = np.concatenate([part[2] + start for part, start in zip(parts, starts[:-1], strict=True)])
    body = data.groups["body"]
    near = [((points[body] - place) ** 2).sum(1).argmin() for place in places]
    colours = np.concatenate([part[1] for part in parts])
    return Piece("hair", np.column_stack([places, rig.weights[body][near]]), faces, colours)
