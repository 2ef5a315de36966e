"""How far the figure has gone at a second of the session: into a position, to the arc, through a cycle, and out again.

The player's script has a twin of this (`pace.js`); both read tests/cases/session.json.
"""

from dataclasses import dataclass
from enum import StrEnum

from supple.motion.baked import eased
from supple.planner.plan import Plan, Step
from supple.planner.timing import load_timing
from supple.session.timeline import Cue, CueKind, Timeline

OUT_S = 2.5  # out of a stretch
ENTER_S = 5.0  # into a position
IN_S = 4.0  # from in position to the full arc
LIES_FROM_S = 8.0  # in a shorter rest one does not lie down and come up again
STILL = (CueKind.GET_READY, CueKind.CHANGE_POSITION)


class Way(StrEnum):
    """Which part of a stretch the figure is in."""

    ENTER = "enter"
    HOLD = "hold"
    CYCLE = "cycle"
    OUT = "out"


@dataclass(frozen=True)
class Pose:
    """What the figure of a step does, and how far it has come.

    `share` is 0 to 1: of the way into the position, of the arc, from one end of a cycle to the other, or what is left
    of the arc on the way out. `end` is the same for a cycle with two ends, -1 to 1; its first way begins in the middle.
    """

    step: int
    way: Way
    share: float
    end: float = 0.0


def pose(line: Timeline, plan: Plan, second: float) -> Pose:
    """What the figure does at `second`; from the end onwards it is out of the last step."""
    cue = line.at(second)
    into_s = second - cue.at_s
    match cue.kind:
        case CueKind.FINISH:
            return Pose(len(plan.steps) - 1, Way.OUT, 0.0)
        case CueKind.HOLD:
            return Pose(cue.step, Way.HOLD, eased(into_s / min(IN_S, cue.seconds / 3)))
        case CueKind.REST:
            return _easing(cue, into_s, lies=rests_first(plan.steps[cue.step]))
        case CueKind.MOVE:
            return _moving(plan.steps[cue.step], cue, into_s)
    return _between(line, plan, cue, into_s)


def rests_first(step: Step) -> bool:
    """Whether one lies still for a while before one comes into it."""
    return step.stretch in load_timing().to_rest_first_s


def _easing(cue: Cue, into_s: float, *, lies: bool) -> Pose:
    """Out of a hold; from what one rests before, all the way down and up again where there is time."""
    out_s = min(OUT_S, cue.seconds / 2)
    if not lies or into_s < out_s or cue.seconds < LIES_FROM_S:
        return Pose(cue.step, Way.HOLD, 1 - eased(into_s / out_s))
    return Pose(cue.step, Way.ENTER, 1 - min(eased((into_s - out_s) / OUT_S), eased((cue.seconds - into_s) / OUT_S)))


def _between(line: Timeline, plan: Plan, cue: Cue, into_s: float) -> Pose:
    """Out of the step before, where it has not ended yet; then into the next one."""
    begins = cue.at_s == line.start_of(cue.step) and cue.step > 0
    if begins and into_s < OUT_S:
        return Pose(cue.step - 1, Way.OUT, 1 - eased(into_s / OUT_S))
    if cue.kind in STILL:
        return Pose(cue.step, Way.ENTER, 0.0)
    if cue.kind is CueKind.CHANGE_SIDES:  # one is in the position already
        return Pose(cue.step, Way.HOLD, 0.0)
    lies = rests_first(plan.steps[cue.step])
    if any(other.kind is cue.kind and other.until_s == cue.at_s for other in line.cues):  # one has waited in it
        return Pose(cue.step, Way.ENTER, eased(into_s / min(ENTER_S, cue.seconds)) if lies else 1.0)
    if lies and any(other.kind is cue.kind and other.at_s == cue.until_s for other in line.cues):
        return Pose(cue.step, Way.ENTER, 0.0)
    from_s = cue.seconds - min(ENTER_S, cue.seconds) if lies else OUT_S if begins else 0.0
    return Pose(cue.step, Way.ENTER, eased((into_s - from_s) / max(1.0, min(ENTER_S, cue.seconds - from_s))))


def _moving(step: Step, cue: Cue, second: float) -> Pose:
    """From one end of a cycle to the other and back."""
    half_s = step.seconds / step.cycles / 2
    move_s = max(0.01, half_s - step.pause_s)
    going = second < half_s
    share = eased(second / move_s) if going else 1 - eased((second - half_s) / move_s)
    return Pose(cue.step, Way.CYCLE, share, share if going and cue.count == 1 else 2 * share - 1)
