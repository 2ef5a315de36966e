"""Where a stretch pulls, shown on the body: muscle groups in the colour of the pull, the second ones fainter.

The masks show where a group lies under the skin as a teacher would point at it, not single muscles.
"""

from collections.abc import Collection
from typing import Protocol

import numpy as np

from supple.anatomy import MuscleGroup
from supple.figure.compiled import Floats
from supple.figure.light import encoded, linear
from supple.figure.solids import colour

PULL = "#f0a63a"
PRIMARY, SECONDARY = 0.88, 0.32  # how much of the light is that of the pull


class Muscled(Protocol):
    """What tinting needs of a body."""

    @property
    def colours(self) -> Floats: ...
    @property
    def muscles(self) -> dict[MuscleGroup, Floats]: ...


def tinted(
    body: Muscled, primary: Collection[MuscleGroup], secondary: Collection[MuscleGroup] = (), *, strength: float = 1.0
) -> Floats:
    """The colours of `body`, sRGB 0 to 1, with these groups marked; `strength` 0 to 1 lets a mark fade or pulse."""
    cover = np.zeros(len(body.colours), np.float32)
    for groups, most in ((secondary, SECONDARY), (primary, PRIMARY)):
        for group in groups:
            if group in body.muscles:
                cover = np.maximum(cover, most * body.muscles[group])
    part = np.clip(cover * np.float32(strength), 0, 1)[:, None]
    pull = linear(np.array([colour(PULL)], np.float32))
    # Mixed as light: mixed as sRGB, orange on a teal shirt would be olive.
    return np.where(part > 0, encoded(linear(body.colours) * (1 - part) + pull * part), body.colours)
