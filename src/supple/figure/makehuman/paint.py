"""Colours of the skin: lips, a little blush, the lash line, and the scalp below the hair, all as vertex colours."""

import numpy as np

from supple.figure.makehuman.data import Floats, MakeHuman
from supple.figure.makehuman.recipes import Recipe

MARKS = ("lips", "blush", "lash", "scalp")
LASH_M = 0.0035  # how far from the eyeball the lash line fades out


def marks(data: MakeHuman, points: Floats, scalp: Floats) -> Floats:
    """For each vertex of the base mesh how far it belongs to each of MARKS, 0..1."""
    lips = _moved(data, "mouth/mouth-lowerlip-volume-incr") + _moved(data, "mouth/mouth-upperlip-volume-incr")
    lips = np.maximum(lips, _inner_lips(data, points, lips))
    cheeks = _moved(data, "cheek/l-cheek-volume-incr") + _moved(data, "cheek/r-cheek-volume-incr")
    columns = [np.clip(2.4 * lips - 0.3, 0, 1), np.clip(cheeks, 0, 1), _lash(data, points), scalp]
    return np.stack(columns, 1)


def skin_colours(painted: Floats, recipe: Recipe) -> Floats:
    """The colour of each vertex of the skin from its marks."""
    skin = np.array(recipe.colours["skin"])
    tones = {
        "lips": (np.array(recipe.colours["lips"]), 0.85),
        "blush": (skin * (1.04, 0.86, 0.84), 0.32),
        "lash": (np.array(recipe.colours["hair"]) * 0.55, 1.0),
        "scalp": (0.75 * np.array(recipe.colours["hair"]) + 0.1 * skin, 1.0),
    }
    colours = np.tile(skin, (len(painted), 1))
    for column, name in enumerate(MARKS):
        tone, strength = tones[name]
        share = (painted[:, column] * strength)[:, None]
        colours = colours * (1 - share) + tone * share
    return colours


def _moved(data: MakeHuman, target: str) -> Floats:
    size = np.linalg.norm(data.target(target), axis=1)
    share: Floats = size / size.max()
    return share


def _inner_lips(data: MakeHuman, points: Floats, lips: Floats) -> Floats:
    """The rim between the lips: from the mouth, which is left out, outwards to where the lips begin."""
    quads = data.base[1]["body"]
    low, high = points[lips > 0.15].min(0), points[lips > 0.15].max(0)
    box = (np.abs(points[:, 0]) < 1.25 * high[0]) & (points[:, 1] > low[1]) & (points[:, 1] < high[1])
    box &= points[:, 2] > high[2] - 0.05
    inner = np.zeros(len(points), np.bool_)
    inner[np.setdiff1d(quads, quads[data.seen_quads])] = True
    inner &= box
    for _ in range(8):
        reached = np.zeros_like(inner)
        reached[quads[(inner & (lips < 0.4))[quads].any(1)]] = True
        inner |= reached & box
    rim: Floats = np.where(inner, 0.9, 0.0)
    return rim


def _lash(data: MakeHuman, points: Floats) -> Floats:
    shade = np.zeros(len(points))
    for side in ("l", "r"):
        ball = points[data.groups[f"helper-{side}-eye"]]
        centre = (ball.min(0) + ball.max(0)) / 2
        radius = np.ptp(ball[:, 1]) / 2
        away = points - centre
        near = 1 - (np.linalg.norm(away, axis=1) - radius) / LASH_M
        front = away[:, 2] > 0.35 * radius
        upper = np.clip(away[:, 1] / radius * 2.5 + 0.4, 0.22, 1)
        shade = np.maximum(shade, np.clip(near, 0, 1) * front * upper)
    return shade
