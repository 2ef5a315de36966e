"""Why a stretch is not for a person today, each reason a plain sentence."""

from collections.abc import Iterator
from typing import Any

from supple.anatomy import LYING_ON, UPRIGHT, Position, Setting
from supple.catalogue import Flag, Stretch, Tag
from supple.safety import population, precautions
from supple.safety.direction import effect
from supple.safety.gate import Gate, gate
from supple.safety.nature import Nature, form_for
from supple.safety.rules import Facts, atom, holds
from supple.safety.tables import table
from supple.safety.today import Limits
from supple.safety.verdicts import PlanKind

ON_THE_KNEES = (Position.KNEELING, Position.HALF_KNEELING, Position.QUADRUPED)


def refusals(stretch: Stretch, nature: Nature, limits: Limits) -> Iterator[str]:
    """Every reason against a stretch, the weightiest first; none where it is allowed."""
    if limits.plan is PlanKind.NONE:
        yield "Your answers call for a doctor or physiotherapist first, so there is no stretching now."
        return
    if limits.gate is Gate.NONE_RESCREEN:
        yield gate(limits.today.pain_now).say
        return
    yield from (why for tag, why in nature.excluded.items() if tag in limits.tags)
    yield from precautions.against(stretch, nature.facts, limits.precautions_today)
    shape = form_for(stretch, limits.tags)
    if shape.cannot_be:
        yield shape.cannot_be
    yield from _against_direction(nature.facts, limits)
    yield from _against_symptoms(stretch, nature, limits)
    yield from _against_place(stretch, limits)
    yield from _against_pain(stretch, limits)
    yield from _against_hour(nature.facts, limits)


def places(stretch: Stretch, limits: Limits) -> tuple[Setting, ...]:
    """Where this person could do a stretch, were they there: in its own order."""
    low = stretch.start_position not in UPRIGHT
    lacking = form_for(stretch, limits.tags).not_at
    floor_is_out = Tag.CANNOT_USE_FLOOR in limits.tags
    return tuple(
        setting
        for setting in stretch.settings
        if (not low or setting in LYING_ON)
        and not (setting is Setting.FLOOR and floor_is_out)
        and setting not in lacking
        and not (limits.gate is Gate.POSITIONS_OF_EASE_ONLY and not _eases(stretch, setting))
    )


def _eases(stretch: Stretch, setting: Setting) -> bool:
    """Whether it is a position of ease there; where it is none anywhere, that is another reason against it."""
    listed = table("gate")["positions_of_ease"]
    return stretch.id in listed.get(setting, ()) or not any(stretch.id in ids for ids in listed.values())


def _against_direction(known: Facts, limits: Limits) -> Iterator[str]:
    for text in effect(limits.direction).exclude:
        if atom(text).holds(known):
            load = atom(text).key
            yield f"You told us {because(load)}, and this stretch {table('words')['loads'][load]}."


def _against_symptoms(stretch: Stretch, nature: Nature, limits: Limits) -> Iterator[str]:
    arm: dict[str, Any] = table("limits")["symptom_filters"]["arm_pain_or_tingling"]
    if limits.arm_symptoms and any(flag in stretch.flags for flag in arm["exclude_flags"]):
        yield f"You told us you have or may have pain or tingling down an arm, and {arm['reason']}."
    elif limits.arm_symptoms and holds(arm["exclude_when"], nature.facts):
        yield f"You told us you have or may have pain or tingling down an arm, and {arm['held_reason']}."
    if not limits.can_kneel and (stretch.start_position in ON_THE_KNEES or Flag.WEIGHT_ON_KNEES in stretch.flags):
        yield "You told us you cannot kneel, or are not sure, and this stretch is done on the knees."


def _against_place(stretch: Stretch, limits: Limits) -> Iterator[str]:
    """A setting must be there, and lying, kneeling or sitting low needs the floor or a bed."""
    usable = places(stretch, limits)
    if any(setting in limits.today.settings for setting in usable):
        return
    words = [table("words")["settings"][setting] for setting in usable]
    if words:
        yield f"It needs {' or '.join(words)}, and this session is in another place."
    elif stretch.start_position in UPRIGHT:
        yield "The changes that you need cannot all be done in one place."
    else:
        yield "Getting down to the floor and up again is hard for you, and this stretch needs the floor."


def _against_pain(stretch: Stretch, limits: Limits) -> Iterator[str]:
    opening = gate(limits.today.pain_now)
    if opening.gate is Gate.GENTLE_ONLY and stretch.kind not in table("gate")["gentle"]["kinds"]:
        yield opening.say
    if opening.gate is Gate.POSITIONS_OF_EASE_ONLY:
        here = table("gate")["positions_of_ease"]
        if not any(stretch.id in here.get(setting, ()) for setting in limits.today.settings):
            yield opening.say


def _against_hour(known: Facts, limits: Limits) -> Iterator[str]:
    """No bending of the low back soon after getting up."""
    rule = table("limits")["after_rising"]
    waits = [(row, True) for tag, row in rule["by_tag"].items() if tag in limits.tags]
    for row, tagged in (*waits, (rule["everyone_else"], False)):
        bends = atom(f"lumbar_flexion>={row['lumbar_flexion_from']}").holds(known)
        if bends and _soon(limits, row["minutes"], tagged=tagged):
            yield f"It bends the low back, and for you that waits until you have been up for {row['minutes']} minutes."
            return


def _soon(limits: Limits, minutes: int, *, tagged: bool) -> bool:
    """Whether somebody got up less than `minutes` ago, or, for those with a tag, may have."""
    today = limits.today
    if today.minutes_since_rising is not None:
        return today.minutes_since_rising < minutes
    late = today.at_hour is not None and today.at_hour >= assumed_up_from_hour()
    return tagged and not late


def assumed_up_from_hour() -> int:
    """From which hour of the day on everybody counts as long up, where nobody says how long."""
    return int(table("limits")["after_rising"]["assumed_up_from_hour"])


def because(load: str) -> str:
    """Why a load of the low back is left out or kept small for somebody, as a clause."""
    tag = Tag.FLEXION_SENSITIVE if load == "lumbar_flexion" else Tag.EXTENSION_SENSITIVE
    return population.rules()[tag].because
