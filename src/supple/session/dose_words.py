"""A dose in words, the same on Today, in the player and on paper."""

from typing import Protocol

from supple.anatomy import Side
from supple.catalogue import load
from supple.planner.doses import Mode, is_rest
from supple.planner.plan import Step
from supple.safety.limits import WHOLE_ARC


class Tongue(Protocol):
    """Whatever translates: `gettext.NullTranslations()` for English, a catalogue, or the site's own."""

    def gettext(self, message: str, /) -> str:
        """A sentence in that language."""

    def ngettext(self, singular: str, plural: str, number: int, /) -> str:
        """The same where it counts."""


def dose(step: Step, tongue: Tongue) -> str:
    """How often and how long, on one side."""
    if step.mode is not Mode.HOLD:
        slowly = tongue.ngettext("%(n)d time, slowly", "%(n)d times, slowly", step.cycles) % {"n": step.cycles}
        if not step.pause_s:
            return slowly
        ends = tongue.ngettext("%(s)d second at each end", "%(s)d seconds at each end", step.pause_s)
        return f"{slowly}, {ends % {'s': step.pause_s}}"
    if not step.rest_s and step.repetitions > 1:
        return tongue.gettext("Rest for %(s)d seconds") % {"s": step.hold_s * step.repetitions}
    if step.repetitions == 1:
        return tongue.gettext("Once, %(s)d seconds") % {"s": step.hold_s}
    times = tongue.ngettext("%(n)d time, %(s)d seconds", "%(n)d times, %(s)d seconds", step.repetitions)
    return times % {"n": step.repetitions, "s": step.hold_s}


def how_far(step: Step, tongue: Tongue) -> str:
    """How much of the way to go; empty where that is all of it, or where rest has no way to go."""
    if step.arc_percent >= WHOLE_ARC or is_rest(load().stretch(step.stretch)):
        return ""
    return tongue.gettext("about %(arc)d %% of the way") % {"arc": step.arc_percent}


def dose_of_both(steps: list[Step], tongue: Tongue) -> str:
    """The dose of a stretch with all its sides; `steps` are those of one stretch."""
    said = dose(steps[0], tongue)
    sides = {step.side for step in steps} - {Side.NONE}
    if not sides:
        return said
    if len(sides) > 1:
        return tongue.gettext("%(dose)s, each side") % {"dose": said}
    one = tongue.gettext("left side") if sides == {Side.LEFT} else tongue.gettext("right side")
    return f"{said}, {one}"
