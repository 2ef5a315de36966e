"""Where in a cycle one is, all from the dose of the step; and how long a sentence takes to say."""

from dataclasses import dataclass
from math import ceil

from supple.planner.plan import Step

SHORTEST_LINE_S = 2.5
WORD_S = 0.4  # a calm voice
LETTER_S = 0.08  # the same, where the words are long or have pauses between them


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


def spoken_s(text: str) -> float:
    """The seconds that a calm voice takes for a sentence. Ours, awaits sign-off, measured on the clips.

    >>> spoken_s("Stay."), spoken_s("Keep both knees comfortably bent.")
    (2.5, 2.64)
    """
    return max(SHORTEST_LINE_S, WORD_S * len(text.split(" ")), LETTER_S * len(text))
