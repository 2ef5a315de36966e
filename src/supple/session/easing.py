"""Less of a stretch that hurt: half the arc and the hold, and no more than there is room for."""

from dataclasses import replace

from supple.catalogue import Catalogue
from supple.planner import Done, Plan, Step
from supple.planner.doses import SMALLEST_ARC_PERCENT, Mode
from supple.planner.history import group_seconds
from supple.planner.way_in import Guide, Whence
from supple.safety.limits import Allowance
from supple.session.log import Log
from supple.session.past import history


def halved(step: Step, *, hold_too: bool) -> Step:
    """Half the arc; and half the seconds of a hold, or half the cycles."""
    arc = max(SMALLEST_ARC_PERCENT, step.arc_percent // 2)
    if not hold_too:
        return replace(step, arc_percent=arc)
    if step.mode is Mode.HOLD:
        return _holding(replace(step, arc_percent=arc, hold_s=max(1, step.hold_s // 2)))
    return replace(_moving(step, max(1, step.cycles // 2)), arc_percent=arc)


def within(step: Step, found: Allowance) -> Step:
    """No further and no longer than it may be done now."""
    step = replace(step, arc_percent=min(step.arc_percent, found.arc_percent_max))
    return _holding(replace(step, hold_s=min(step.hold_s, found.hold_s_max))) if step.mode is Mode.HOLD else step


def with_words(steps: tuple[Step, ...], first: int, whole: Step, guide: Guide) -> tuple[Step, ...]:
    """The steps with more time into the one at `first` where its words are longer than those of the `whole` stretch."""
    if first and steps[first - 1].stretch == whole.stretch:
        return steps
    was, now = (guide.way(guide.told(step), Whence.THERE).seconds for step in (whole, steps[first]))
    longer = replace(steps[first], transition_s=steps[first].transition_s + max(0, now - was))
    return (*steps[:first], longer, *steps[first + 1 :])


def with_room(steps: tuple[Step, ...], first: int, log: Log, made: Plan, catalogue: Catalogue) -> tuple[Step, ...]:
    """The steps with less of the one at `first`, or without it, where what was done already leaves no room for all."""
    done = [step for step in history(log).done if step.seconds]
    later = [Done(step.stretch, log.started, step.side, step.work_s) for step in steps[first + 1 :]]
    while steps[first].work_s:
        again = Done(steps[first].stretch, log.started, steps[first].side, steps[first].work_s)
        worked = group_seconds([*done, again, *later], catalogue)
        if all(seconds <= made.background.room_s[group] for group, seconds in worked.items()):
            return steps
        steps = (*steps[:first], _one_less(steps[first]), *steps[first + 1 :])
    return (*steps[:first], *steps[first + 1 :])


def _one_less(step: Step) -> Step:
    """A step with a hold or a cycle less, down to none."""
    if step.mode is Mode.HOLD:
        return _holding(replace(step, repetitions=step.repetitions - 1))
    return _moving(step, step.cycles - 1)


def _holding(step: Step) -> Step:
    """A held step with the seconds that its holds take."""
    work_s = step.hold_s * step.repetitions
    return replace(step, work_s=work_s, seconds=work_s + step.rest_s * max(0, step.repetitions - 1))


def _moving(step: Step, cycles: int) -> Step:
    """A step of movement with so many cycles."""
    seconds = step.seconds // step.cycles * cycles
    return replace(step, cycles=cycles, work_s=seconds, seconds=seconds)
