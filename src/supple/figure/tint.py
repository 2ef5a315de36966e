"""Where a stretch pulls, shown on the body: muscle groups in the colour of the pull, the second ones in a quiet blue.

The masks show where a group lies under the skin as a teacher would point at it, not single muscles.
"""

from collections.abc import Collection
from typing import Protocol

import numpy as np

from supple.anatomy import MuscleGroup, Side
from supple.figure.compiled import Floats
from supple.figure.light import encoded, linear
from supple.figure.solids import colour

PULL = "#f0a63a"
WEAKER = "#8fb3e6"  # a fainter orange on navy leggings would be the brown of skin
SOFT_EDGE_M = 0.03  # over which a mark on one side fades towards the middle of the body
PRIMARY, SECONDARY = 0.88, 0.45  # how much of the light is that of the mark


class Muscled(Protocol):
    """What tinting needs of a body."""

    @property
    def colours(self) -> Floats: ...
    @property
    def muscles(self) -> dict[MuscleGroup, Floats]: ...
    @property
    def vertices(self) -> Floats: ...


def tinted(
    body: Muscled,
    primary: Collection[MuscleGroup],
    secondary: Collection[MuscleGroup] = (),
    *,
    side: Side = Side.NONE,
    strength: float = 1.0,
) -> Floats:
    """The colours of `body`, sRGB 0 to 1, with these groups marked, on one `side` or on both.

    `strength` 0 to 1 lets a mark fade or pulse.
    """
    light = linear(body.colours)
    shown = np.float32(strength) * _of_side(body, side)
    marked = np.zeros(len(body.colours), bool)
    for groups, most, hue in ((secondary, SECONDARY, WEAKER), (primary, PRIMARY, PULL)):
        masks = [body.muscles[group] for group in groups if group in body.muscles]
        if masks:
            part = np.clip(most * np.max(masks, axis=0) * shown, 0, 1)[:, None]
            # Mixed as light: mixed as sRGB, orange on a teal shirt would be olive.
            light = light * (1 - part) + linear(np.array([colour(hue)], np.float32)) * part
            marked |= part[:, 0] > 0
    return np.where(marked[:, None], encoded(light), body.colours)


def _of_side(body: Muscled, side: Side) -> Floats:
    """How much of a mark each vertex shows: all of it on this side, none on the other."""
    if side is Side.NONE:
        return np.ones(len(body.vertices), np.float32)
    out = body.vertices[:, 0] if side is Side.LEFT else -body.vertices[:, 0]
    share: Floats = np.clip(out / SOFT_EDGE_M + 0.5, 0, 1).astype(np.float32)
    return share
