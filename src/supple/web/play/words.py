"""What the player says in words of its own: sides, and a side that comes again."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from supple.anatomy import Side
from supple.planner import Step
from supple.safety.traffic_light import Colour
from supple.session import Cue, CueKind, Playback

SIDES = {Side.LEFT: _("Left side"), Side.RIGHT: _("Right side")}


def side(step: Step) -> str:
    """Which side a step is on, where it has one."""
    return str(SIDES.get(step.side, ""))


def said(now: Playback, cue: Cue) -> tuple[str, ...]:
    """The sentences of a cue; a side that comes again is not called the other one."""
    if cue.kind is CueKind.CHANGE_SIDES and now.colour is Colour.AMBER and cue.step == now.cue.step:
        return (gettext("The same side again: the %(side)s.") % {"side": cue.side.value},)
    return cue.say
