"""What to have ready before a session: what its stretches need here, and what this person's forms speak of."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from supple.anatomy import Setting
from supple.catalogue import Catalogue, Stretch
from supple.planner.plan import Step
from supple.planner.way_in import gets_down
from supple.planner.wording import in_place
from supple.safety.forms import otherwise_at
from supple.safety.limits import Limits
from supple.safety.spoken import pillows, spoken, things
from supple.safety.tables import table

CHAIR = "steady chair"  # to get down to the floor and up again
OPTIONAL = "optional"  # so says a stretch of a thing that one may do without
SUPPORT = "desk or chair"  # for a hand, as a wall is
NO_THINGS = ("none", "hands behind for support")
PILLOW = "pillow"  # counted by itself
PILLOWS = ("", PILLOW, "two pillows", "three pillows", "four pillows")
ELSEWHERE: dict[Setting, tuple[str, ...]] = {  # what another place asks for; on a bed the calves rest on a pillow
    **{setting: ("mat",) for setting in Setting if setting is not Setting.FLOOR},
    Setting.BED: ("mat", "chair or couch"),
    Setting.WALL: ("mat", "door frame"),
    Setting.FLOOR: (),
}


@dataclass(frozen=True)
class Needs:
    """A step, and what somebody with these limits needs for it."""

    step: Step
    stretch: Stretch
    limits: Limits

    @cached_property
    def own(self) -> tuple[str, ...]:
        """What this person does otherwise, without what the place changes."""
        of_the_place = otherwise_at(self.stretch, self.step.setting)
        return tuple(change for change in self.step.changes if change not in of_the_place)

    @cached_property
    def said(self) -> tuple[str, ...]:
        """What is said of the stretch to this person, to the end of it."""
        said = spoken(self.stretch, self.limits, self.step.setting)
        texts = (*said.begin, *said.steps, *said.closing)
        return (*self.own, *(in_place(text, self.step.setting) for text in texts))

    @property
    def pillows(self) -> int:
        """How many pillows lie at once."""
        return max(sum(PILLOW in thing for thing in self.stretch.equipment), pillows(self.said))

    @property
    def things(self) -> Iterable[str]:
        """All but pillows."""
        listed = [self._narrowed(thing) for thing in self.stretch.equipment if self._is_needed(thing)]
        there = " ".join((*(thing for thing in listed if OPTIONAL not in thing), place(self.step.setting)))
        named = [thing for thing in things(self.said) if thing.split()[-1] not in there and thing != PILLOW]
        own = " ".join(self.own).lower()
        for thing in listed:  # what a form speaks of is not one that it may do without
            if OPTIONAL in thing and thing.split()[0] in own:
                yield thing.removesuffix(OPTIONAL).strip()
            elif OPTIONAL not in thing or not any(other.split()[-1] in thing for other in named):
                yield thing
        yield from named

    def _is_needed(self, thing: str) -> bool:
        """Whether it is a thing that this place asks for and has not by itself."""
        here = self.step.setting
        leans = here is Setting.WALL and ("wall" in self._narrowed(thing) or thing == SUPPORT)
        return not leans and thing not in (*ELSEWHERE[here], *NO_THINGS) and PILLOW not in thing

    def _narrowed(self, thing: str) -> str:
        """Of things that would do the one that this person's form speaks of."""
        said = re.sub(r"\bno \w+( \w+)?", "", " ".join(self.own).lower())
        kinds = {one.split()[-1] for one in re.split(r", | or ", thing)} if OPTIONAL not in thing else set[str]()
        named = [kind for kind in kinds if re.search(rf"\b{kind}\b", said)]
        return named[0] if len(kinds) > 1 and len(named) == 1 else thing


def have_ready(steps: Sequence[Step], catalogue: Catalogue, limits: Limits) -> str:
    """What to have ready for these steps, in a sentence."""
    needs = [Needs(step, catalogue.stretch(step.stretch), limits) for step in steps]
    needed = [thing for each in needs for thing in each.things]
    most = min(max(each.pillows for each in needs), len(PILLOWS) - 1)
    needed += [PILLOWS[most]] if most else []
    if any(map(gets_down, steps)) and not any("chair" in thing for thing in needed):
        needed.append(CHAIR)
    return ready(needed, " ".join({place(step.setting) for step in steps}))


def ready(needed: Sequence[str], places: str) -> str:
    """These things, each once, what one may do without last; of two of which the places have both, none.

    >>> ready(["desk behind optional", "desk or chair", "chair"], "chair or desk")
    'Have ready: chair. If you like, also: desk behind.'
    """
    named = dict.fromkeys(thing for thing in needed if OPTIONAL not in thing and f"{thing}s" not in needed)
    found = [thing for thing in named if " or " not in thing or not all(one in places for one in thing.split(" or "))]
    spare = "; ".join(dict.fromkeys(thing.removesuffix(OPTIONAL).strip() for thing in needed if OPTIONAL in thing))
    if not found:
        return f"Have ready, if you like: {spare}." if spare else "You need nothing but yourself."
    return f"Have ready: {'; '.join(found)}." + (f" If you like, also: {spare}." if spare else "")


def place(setting: Setting) -> str:
    """A place in words, as a refusal names it too."""
    return str(table("words")["settings"][setting])
