"""A plan as the page shows it: a row for each stretch, why others stay out, and the room it needs."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.utils import translation
from django.utils.translation import gettext

from supple.anatomy import Setting
from supple.catalogue import load
from supple.planner import Plan, Step
from supple.planner.make import addable, alike
from supple.planner.reasons import SUITS_MOST
from supple.session.dose_words import dose_of_both

LONGEST_MAT = 110
SHORTEST_MAT = 12
MOST_SWAPS = 3
MOST_REASONS = 3
CHAIR = "chair"  # as the catalogue calls it among what a stretch needs
LOW = (Setting.FLOOR, Setting.BED)


@dataclass(frozen=True)
class Named:
    """A stretch by its id and name."""

    id: str
    name: str


@dataclass(frozen=True)
class Row:
    """A stretch of the plan with both its sides; `mat` is how long it is drawn, `swaps` what could come instead.

    `needs` is a chair that nobody said is there.
    """

    id: str
    name: str
    dose: str
    why: str
    needs: str
    changes: tuple[str, ...]
    mat: int
    swaps: tuple[Named, ...]


@dataclass(frozen=True)
class Reason:
    """One reason, and all the stretches that stay out for it."""

    why: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class LeftOut:
    """Why stretches stay out: the most frequent reasons with how often, and every reason with its stretches."""

    most: tuple[tuple[str, int], ...]
    every: tuple[Reason, ...]


def rows(made: Plan) -> list[Row]:
    """The rows in the order of the session."""
    stretches = [list(steps) for _, steps in groupby(made.steps, key=lambda step: step.stretch)]
    seconds = [sum(step.seconds for step in steps) for steps in stretches]
    others, everywhere = addable(load(), made), _everywhere(stretches)
    return [
        Row(
            steps[0].stretch,
            steps[0].name,
            dose_of_both(steps, translation),
            why,
            _needs(steps[0], made),
            tuple(change for change in steps[0].changes if change not in everywhere),
            max(SHORTEST_MAT, LONGEST_MAT * lasts // max(seconds)),
            named(alike(load(), steps[0].stretch, others)[:MOST_SWAPS]),
        )
        for steps, lasts, why in zip(stretches, seconds, one_reason_each(stretches), strict=True)
    ]


def one_reason_each(stretches: list[list[Step]]) -> list[str]:
    """One reason for each, where there is one that no stretch before it has; what suits everybody comes last."""
    said: list[str] = []
    for steps in stretches:
        own = sorted(steps[0].why, key=lambda why: why == SUITS_MOST)
        said.append(next((why for why in own if why not in said), own[0] if own else ""))
    return said


def for_all(made: Plan) -> tuple[str, ...]:
    """What somebody does differently in every stretch, so that it need be read only once."""
    return tuple(_everywhere([list(steps) for _, steps in groupby(made.steps, key=lambda step: step.stretch)]))


def _everywhere(stretches: list[list[Step]]) -> list[str]:
    if len(stretches) < 2:
        return []
    first, *others = (steps[0].changes for steps in stretches)
    return [change for change in first if all(change in changes for changes in others)]


def left_out(made: Plan) -> LeftOut:
    """Why the others are not in the plan, each reason once."""
    found: dict[str, list[str]] = {}
    counted: Counter[str] = Counter()
    for left in made.left_out:
        stretch = load().stretch(left.stretch)
        found.setdefault(left.why, []).append(stretch.name)
        elsewhere = not set(stretch.settings) & set(made.limits.today.settings)
        counted[gettext("Another place or thing is needed than what you have here.") if elsewhere else left.why] += 1
    every = (Reason(why, tuple(names)) for why, names in found.items())
    return LeftOut(tuple(counted.most_common(MOST_REASONS)), tuple(every))


def _needs(step: Step, made: Plan) -> str:
    """A chair, or what may stand for it, where neither the place of the step nor what was ticked has one."""
    here = {*made.limits.today.settings, step.setting}
    if step.setting is Setting.BED or Setting.CHAIR_DESK in here:
        return ""
    things = load().stretch(step.stretch).equipment
    return next((thing for thing in things if CHAIR in thing and not _spare(thing, here)), "")


def _spare(thing: str, here: set[Setting]) -> bool:
    return "optional" in thing or ("wall" in thing and Setting.WALL in here)


def named(stretches: Iterable[str]) -> tuple[Named, ...]:
    """Stretches with their names."""
    return tuple(Named(stretch, load().stretch(stretch).name) for stretch in stretches)


def to_add(made: Plan) -> list[Named]:
    """What could be put in, by name."""
    return sorted(named(addable(load(), made)), key=lambda stretch: stretch.name)


def room(made: Plan) -> list[str]:
    """How to prepare the room for this plan."""
    used = {step.setting for step in made.steps}
    said = {
        Setting.FLOOR: gettext("A firm, flat, clean floor with a mat, and a folded blanket for knees and head."),
        Setting.BED: gettext("A firm, flat bed that you can reach from the side."),
        Setting.CHAIR_DESK: gettext("A steady chair that does not roll or tip."),
        Setting.WALL: gettext("A clear wall with a dry floor before it."),
        Setting.DOORWAY: gettext("A doorway whose door stays open."),
        Setting.STEP: gettext("A low, steady step with something to hold on to."),
        Setting.OPEN_SPACE: gettext("Room to reach out with both arms, and nothing to trip over."),
    }
    lines = [words for setting, words in said.items() if setting in used]
    if used & set(LOW):
        return [*lines, gettext("Shoes off."), gettext("A steady chair within reach, to get up by.")]
    return [*lines, gettext("Shoes off, on a floor that does not slip.")]
