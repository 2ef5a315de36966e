"""What is said in a cue, what the clock counts and which side is on: the same in terminal, player and film."""

from supple.anatomy import Side
from supple.planner.plan import Step
from supple.safety.traffic_light import Colour
from supple.session.dose_words import Tongue
from supple.session.playback import Playback
from supple.session.timeline import SAME_SIDE, Cue, CueKind


def said(now: Playback, cue: Cue) -> tuple[str, ...]:
    """The sentences of a cue; a side that comes again is not called the other one."""
    if cue.kind is CueKind.CHANGE_SIDES and now.colour is Colour.AMBER and cue.step == now.cue.step:
        return (SAME_SIDE.format(side=cue.side.value),)
    return cue.say


def what(cue: Cue, tongue: Tongue) -> str:
    """What the number in the ring counts."""
    named = {
        CueKind.GET_READY: tongue.gettext("get ready"),
        CueKind.CHANGE_POSITION: tongue.gettext("change position"),
        CueKind.INTO_POSITION: tongue.gettext("into position"),
        CueKind.CHANGE_SIDES: tongue.gettext("change sides"),
        CueKind.REST: tongue.gettext("ease off"),
        CueKind.FINISH: tongue.gettext("done"),
    }
    if cue.kind in named:
        return named[cue.kind]
    counted = {"n": cue.count, "of": cue.of}
    if cue.kind is CueKind.HOLD:
        return tongue.gettext("hold %(n)d of %(of)d") % counted if cue.of > 1 else tongue.gettext("hold")
    return tongue.gettext("%(n)d of %(of)d") % counted


def otherwise(step: Step, tongue: Tongue) -> str:
    """What this person does otherwise, and that the figure does not show it (ours, awaits sign-off); mostly nothing."""
    if not step.changes:
        return ""
    return " ".join((tongue.gettext("For you, which the figure does not show:"), *step.changes))


def side(step: Step, tongue: Tongue) -> str:
    """Which side a step is on; empty where it has none."""
    words = {Side.LEFT: tongue.gettext("Left side"), Side.RIGHT: tongue.gettext("Right side")}
    return words.get(step.side, "")
