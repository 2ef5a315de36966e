"""What stands on the page of a film at a second of the session, in words."""

import re
from dataclasses import dataclass
from gettext import NullTranslations
from math import ceil

from supple.catalogue import load
from supple.planner.plan import Plan, Step
from supple.session import Cue, CueKind, Timeline, breath, phase
from supple.session.cue_words import otherwise, side, what
from supple.session.dose_words import how_far
from supple.session.script import Line
from supple.video.page import Lasting, Moment

ENGLISH = NullTranslations()
THROUGH = 2  # hundredths of a step that its bar grows by at once


@dataclass(frozen=True)
class Told:
    """A session with what is said in it."""

    plan: Plan
    line: Timeline
    script: tuple[Line, ...]

    def moment(self, second: float, horizon: float) -> Moment:
        """The words at a second of the session."""
        cue = self.line.at(second)
        number = min(cue.step, len(self.plan.steps) - 1)
        step = self.plan.steps[number]
        count, what, guide = _clock(cue, step, second - cue.at_s)
        left_s = ceil(self.line.seconds - second)
        lasting = Lasting(
            steps=len(self.plan.steps),
            step=number,
            above=_above(step),
            title=step.name,
            cue=otherwise(step, ENGLISH) or load().stretch(step.stretch).feel_it,
            ahead=self.name(number + 1),
            horizon=horizon,
        )
        return Moment(
            lasting=lasting,
            through=self._through(number, second),
            left=f"{left_s // 60}:{left_s % 60:02} left",
            number=count,
            what=what,
            breath=guide,
            caption=self._caption(second),
        )

    def name(self, number: int) -> str:
        """The name of a step with its side; empty after the last."""
        if number >= len(self.plan.steps):
            return ""
        step = self.plan.steps[number]
        return ", ".join(part for part in (step.name, side(step, ENGLISH).lower()) if part)

    def turn(self, second: float) -> float:
        """How much of the ring is full: what is left of the cue, 0 to 1."""
        cue = self.line.at(second)
        return 1 - (second - cue.at_s) / cue.seconds if cue.seconds else 0.0

    def _through(self, number: int, second: float) -> int:
        first, last = self.line.start_of(number), self.line.start_of(number + 1)
        share = (second - first) / (last - first) if last > first else 1.0
        return THROUGH * round(100 * min(max(share, 0.0), 1.0) / THROUGH)

    def _caption(self, second: float) -> str:
        said = [each for each in self.script if not each.counts and each.at_s <= second < each.at_s + each.seconds]
        return said[-1].text if said else ""


def _above(step: Step) -> str:
    found = ", ".join(part for part in (side(step, ENGLISH), how_far(step, ENGLISH)) if part)
    return found[:1].upper() + found[1:]


def _clock(cue: Cue, step: Step, into_s: float) -> tuple[str, str, str]:
    """The number in the ring, what it counts, and the breathing guide."""
    if cue.kind is CueKind.MOVE:
        now = phase(step, into_s)
        return str(now.left_s), re.sub(r" \d+ s$", "", now.say), what(cue, ENGLISH)
    guide = f"breathe {breath(into_s)}" if cue.kind is CueKind.HOLD else ""
    return str(max(0, ceil(cue.seconds - into_s))), what(cue, ENGLISH), guide
