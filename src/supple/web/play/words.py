"""What the player says in words of its own: sides and doses."""

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from supple.anatomy import Side
from supple.planner import Step
from supple.planner.doses import Mode
from supple.safety.traffic_light import Colour
from supple.session import Cue, CueKind, Playback

SIDES = {Side.LEFT: _("Left side"), Side.RIGHT: _("Right side")}


def dose(step: Step) -> str:
    """The dose of a step."""
    if step.mode is not Mode.HOLD:
        times = ngettext("%(n)d time, slowly", "%(n)d times, slowly", step.cycles) % {"n": step.cycles}
        stay = gettext("%(s)d s pause at each end") % {"s": step.pause_s}
        return f"{times}, {stay}" if step.pause_s else times
    if step.rest_s == 0 and step.repetitions > 1:
        return gettext("rest for %(s)d seconds") % {"s": step.hold_s * step.repetitions}
    once = gettext("hold for %(s)d seconds") % {"s": step.hold_s}
    if step.repetitions == 1:
        return once
    return gettext("%(once)s, %(n)d times") % {"once": once, "n": step.repetitions}


def side(step: Step) -> str:
    """Which side a step is on, where it has one."""
    return str(SIDES.get(step.side, ""))


def said(now: Playback, cue: Cue) -> tuple[str, ...]:
    """The sentences of a cue; a side that comes again is not called the other one."""
    if cue.kind is CueKind.CHANGE_SIDES and now.colour is Colour.AMBER and cue.step == now.cue.step:
        return (gettext("The same side again: the %(side)s.") % {"side": cue.side.value},)
    return cue.say
