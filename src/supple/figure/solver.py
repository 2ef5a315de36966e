"""Finds the pose nearest to wished angles in which everything touches what it should and nothing goes through anything.

Least squares over all angles and the place of the pelvis (Levenberg-Marquardt, MINPACK by scipy). Where what touches
would not hold, it is made to weigh more. Limits: bodies are felt at sampled points, and a minimum that is found is the
nearest one, not the best.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import leastsq

from supple.figure.body import Body
from supple.figure.props import Prop
from supple.figure.residuals import Feel, Residuals, Wish
from supple.figure.skeleton import Floats, poses
from supple.motion.key_pose import Touch, touch_parts

FIRST_STEP = 0.1  # the smallest that MINPACK knows: a long first step may carry a limb through another, to stay there
FIRMER = (1.0, 2.5, 6.0)  # how much more what touches and presses may weigh than angles, where it would not hold else
STEPS = 60


@dataclass(frozen=True, eq=False)
class Found:
    """The pose found: angles in the order of NAMES (degrees), and the place of the pelvis (metres)."""

    angles: Floats
    root: Floats


class Solver:
    """The solver of one body among certain things."""

    def __init__(self, body: Body, props: Sequence[Prop] = ()) -> None:
        self.feel = Feel(body, props)
        self.skeleton = self.feel.skeleton

    def solve(self, wish: Wish, *, near: Found | None = None, steps: int = STEPS) -> Found:
        """The pose for a wish, begun at its pelvis or near another pose."""
        off = Residuals(self.feel, wish)
        begin = off.pack(near.angles, near.root) if near else off.lifted(off.pack(off.wished, np.array(wish.pelvis_m)))
        found = [_firmer(off, begin, steps)]
        if not near or not off.holds(found[0]):
            found.append(_firmer(off, _as_ghost(off, begin, steps), steps))
        angles, root = off.unpack(min(found, key=off.cost))
        return Found(angles[0], root[0])

    def off(self, wish: Wish, found: Found) -> float:
        """How far a pose is from holding what a wish holds; up to HELD it holds."""
        off = Residuals(self.feel, wish)
        return off.furthest(off.pack(found.angles, found.root))

    def cost(self, wish: Wish, found: Found) -> float:
        """How far a pose is from a wish in all, as what the solver makes least."""
        off = Residuals(self.feel, wish)
        return float((off.residuals(off.pack(found.angles, found.root)) ** 2).sum())

    def place(self, found: Found, part: str) -> tuple[float, float, float]:
        """The middle of a part in a pose."""
        posed = poses(self.skeleton, found.angles, found.root)
        x, y, z = self.feel.skin.points(posed, self.feel.part(part))[0].mean(0)
        return float(x), float(y), float(z)


def _as_ghost(off: Residuals, begin: Floats, steps: int) -> Floats:
    """Near its place without feeling itself; on a long way there a limb might be pushed through another, to stay."""
    off.is_ghost, off.firmness = True, 1.0
    at = _nearest(off, begin, steps)
    off.is_ghost = False
    return at


def _firmer(off: Residuals, at: Floats, steps: int) -> Floats:
    """The nearest minimum, with what touches and presses weighing more and more until it holds."""
    for firmness in FIRMER:
        off.firmness = firmness
        at = _nearest(off, at, steps)
        if off.holds(at):
            break
    return at


def _nearest(off: Residuals, begin: Floats, steps: int) -> Floats:
    """The unknowns at the nearest minimum."""
    best = leastsq(
        off.residuals,
        begin,
        Dfun=off.jacobian,
        maxfev=steps,
        factor=FIRST_STEP,
        xtol=1e-5,
        ftol=1e-5,
        full_output=True,  # else it warns where the steps run out
    )
    unknowns: Floats = best[0]
    return unknowns


def touched(touches: Sequence[Touch], *, slides: bool) -> list[str]:
    """The parts of the body that touch something and slide, or do not."""
    return [part for touch in touches if touch.slides is slides for part in touch_parts(touch)]
