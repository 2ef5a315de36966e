"""Where each muscle group lies on the figure: a soft mask per group. First cut."""

import numpy as np

from supple.anatomy import MuscleGroup
from supple.figure.makehuman.data import Floats
from supple.figure.makehuman.rig import Rig


def masks(points: Floats, weights: Floats, rig: Rig) -> dict[MuscleGroup, Floats]:
    """For each group how far each vertex belongs to it, 0..1."""
    return {group: np.zeros(len(points)) for group in MuscleGroup}
