"""What the player says in words of its own: feelings, legs, doses, and what a light leads to."""

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from supple.anatomy import Side
from supple.planner import Step
from supple.planner.doses import Mode
from supple.safety.traffic_light import Colour, LegResponse, Quality
from supple.session import Cue, CueKind, Playback

FEELINGS = {
    Quality.STRETCH_PULL: _("A pull, as in a stretch"),
    Quality.ACHE: _("An ache"),
    Quality.SHARP: _("Sharp or stabbing"),
    Quality.TINGLING_OR_NUMB: _("Tingling or numb"),
    Quality.SPREADING: _("It spreads, or runs down an arm or leg"),
    Quality.WEAKNESS: _("Weakness"),
    Quality.DIZZINESS: _("Dizziness"),
}
LEGS = {
    LegResponse.MOVED_UP_OR_SMALLER: _("Better: the pain moved up, or got smaller"),
    LegResponse.UNCHANGED: _("The same"),
    LegResponse.MOVED_DOWN_OR_LARGER: _("Worse: the pain moved down, or got larger"),
    LegResponse.NEW_NUMBNESS_OR_WEAKNESS: _("New numbness or weakness"),
}
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


def leads_to(step: Step, colour: Colour, after: Playback) -> str:
    """What the session makes of a light."""
    if colour is Colour.GREEN:
        return ""
    if colour is Colour.AMBER:
        if after.step and after.step.stretch == step.stretch:
            return gettext("%(name)s begins again, half as far.") % {"name": step.name}
        return gettext("%(name)s is done for today.") % {"name": step.name}
    out = gettext("%(name)s is out for today.") % {"name": step.name}
    return f"{out} {still_to_come(after)}"


def still_to_come(after: Playback) -> str:
    """The names of what is left."""
    names = list(dict.fromkeys(later.name for later in after.plan.steps[after.cue.step :]))
    if not names:
        return gettext("Nothing else is left today.")
    return gettext("Still to come: %(names)s.") % {"names": ", ".join(names)}


def said(now: Playback, cue: Cue) -> tuple[str, ...]:
    """The sentences of a cue; a side that comes again is not called the other one."""
    if cue.kind is CueKind.CHANGE_SIDES and now.colour is Colour.AMBER and cue.step == now.cue.step:
        return (gettext("The same side again: the %(side)s.") % {"side": cue.side.value},)
    return cue.say
