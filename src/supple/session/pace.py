"""Where in a cycle one is, all from the dose of the step."""

from dataclasses import dataclass
from math import ceil

from supple.planner.plan import Step


@dataclass(frozen=True)
class Phase:
    """One part of a cycle, in words, and the whole seconds that it still lasts."""

    say: str
    left_s: int


def phase(step: Step, second: float) -> Phase:
    """What to do `second` seconds into a cycle of this step: there and back, with the same pause at each end.

    Raises ValueError for a step that is held and has no cycles.
    """
    if not step.cycles:
        raise ValueError(f"{step.stretch}: this step is held; it has no cycles.")
    cycle_s = step.seconds / step.cycles
    move_s = max(0.0, cycle_s / 2 - step.pause_s)
    stay = f"stay {step.pause_s} s"
    until_s = 0.0
    for say, lasts_s in (("go", move_s), (stay, step.pause_s), ("come back", move_s), (stay, step.pause_s)):
        until_s += lasts_s
        if second < until_s:
            return Phase(say, max(1, ceil(until_s - second)))
    return Phase(stay if step.pause_s else "come back", 1)
