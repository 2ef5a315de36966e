"""Everything that is said of every stretch to everybody with one tag, or two: the form first, then the steps.

To read it, as a clinician would: python -m tests.session.sentences [stretch] > sentences.txt
"""

import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations

from supple.anatomy import Setting, Side
from supple.catalogue import HoldDose, Stretch, Tag, load
from supple.planner.doses import Mode, side_count
from supple.planner.plan import Step
from supple.planner.wording import in_words
from supple.safety import precautions
from supple.safety.forms import here
from supple.safety.limits import Allowance, Limits, judge
from supple.safety.questions import facts
from supple.safety.refusals import places
from supple.safety.rules import Facts
from supple.safety.spoken import spoken
from tests.safety.people import anybody, well

NEVER_TOGETHER = ({Tag.RECENT_SPINE_SURGERY, Tag.RECENT_SHOULDER_SURGERY, Tag.RECENT_ABDOMINAL_SURGERY},)
IN_STRONG_PAIN = "strong pain"
AFTER_SOME_OPERATION = "some operation"


@dataclass(frozen=True)
class Said:
    """What one person hears of one stretch in one place, on the first side or on the only one."""

    stretch: Stretch
    who: str
    tags: tuple[Tag, ...]
    setting: Setting
    changes: tuple[str, ...]
    begin: tuple[str, ...]
    steps: tuple[str, ...]
    leaving: tuple[str, ...]
    closing: tuple[str, ...]
    breathing: str
    arc_percent: int

    @property
    def during(self) -> tuple[str, ...]:
        """The sentences in order, while one is in the stretch."""
        return (*self.changes, *self.begin, *self.steps, *self.leaving)


@cache
def everybody() -> tuple[tuple[str, Limits], ...]:
    """Limits of people with no tag and with one, and of a few who bear no tag but a limit."""
    some = [(weeks, tags) for weeks in (5, 30) for tags in ((), (Tag.HIP_REPLACEMENT,))]
    return (
        ("nobody", limits_with()),
        *((tag.value, limits_with(tag)) for tag in Tag),
        (IN_STRONG_PAIN, limits_with(pain_now=7)),
        *(
            (" + ".join((f"{AFTER_SOME_OPERATION} {weeks} weeks ago", *tags)), limits_with(*tags, surgery_weeks=weeks))
            for weeks, tags in some
        ),
    )


def two_tags(stretch: Stretch) -> Iterator[tuple[str, Limits]]:
    """Limits of people with two tags each of which alone changes what is said of this stretch."""
    lone: dict[tuple[Tag, ...], set[tuple[str, ...]]] = {}
    for said in all_said(stretch, pairs=False):
        lone.setdefault(said.tags, set()).add(said.during)
    telling = [tag for tag in Tag if (tag,) in lone and lone[tag,] != lone[()]]
    for both in combinations(telling, 2):
        if not any(set(both) <= group for group in NEVER_TOGETHER):
            yield " + ".join(both), limits_with(*both)


@cache
def known(surgery_weeks: int | str) -> Facts:
    """What somebody well answers, but for an operation."""
    return facts(well(surgery_weeks=surgery_weeks, clinician_cleared="yes"))


def limits_with(*tags: Tag, pain_now: int = 2, surgery_weeks: int | str = "none") -> Limits:
    """Limits of somebody in week 8 with these tags and the precautions that they call for."""
    return replace(
        anybody(tags=tags, week=8, pain_now=pain_now, age=70 if Tag.AGE_65_PLUS in tags else 40),
        precautions=precautions.taken(known(surgery_weeks), tags),
    )


def all_said(stretch: Stretch, *, pairs: bool) -> tuple[Said, ...]:
    """What everybody who may do this stretch hears of it, worked out once."""
    return _all_said(stretch.id, pairs)


@cache
def _all_said(name: str, pairs: bool) -> tuple[Said, ...]:
    return tuple(_heard(load().stretch(name), pairs))


def _heard(stretch: Stretch, pairs: bool) -> Iterator[Said]:
    for who, bounds in (*everybody(), *(two_tags(stretch) if pairs else ())):
        found = judge(stretch, bounds)
        if isinstance(found, Allowance):
            for setting in places(stretch, bounds):
                yield said_at(stretch, who, bounds, setting, found)


def said_at(stretch: Stretch, who: str, bounds: Limits, setting: Setting, found: Allowance) -> Said:
    """What one person hears of a stretch in one place."""
    told = spoken(stretch, bounds, setting)
    step = a_step(stretch, setting, found)
    fitted = in_words(told, step)
    return Said(
        stretch,
        who,
        bounds.tags,
        setting,
        step.changes,
        fitted.begin,
        fitted.steps,
        fitted.leaving,
        fitted.closing,
        fitted.breathing,
        found.arc_percent_max,
    )


def a_step(stretch: Stretch, setting: Setting, found: Allowance, side: Side = Side.LEFT) -> Step:
    """A step of this stretch on one side, as a plan would hold it."""
    held = isinstance(stretch.dose, HoldDose)
    pause_s = 0 if found.pause_s_max == 0 else 2
    return Step(
        stretch=stretch.id,
        name=stretch.name,
        position=stretch.start_position,
        setting=setting,
        side=side if side_count(stretch) == 2 else Side.NONE,
        mode=Mode.HOLD if held else Mode.CYCLES,
        hold_s=15 if held else 0,
        repetitions=2 if held else 0,
        cycles=0 if held else 4,
        pause_s=0 if held else pause_s,
        rest_s=0,
        arc_percent=min(70, found.arc_percent_max),
        seconds=30,
        transition_s=20,
        why=(),
        changes=here(found.changes, setting),
        work_s=30,
    )


def written(said: Said) -> str:
    """One list of sentences as a paragraph to read."""
    lines = [f"  [{said.who}; {said.setting}; {said.arc_percent} %]"]
    lines += [f"    For you: {' | '.join(said.changes)}"] if said.changes else []
    lines += [f"    > {text}" for text in said.begin] + [f"    - {text}" for text in said.steps]
    lines += [f"    ~ {said.breathing}", *(f"    . {text}" for text in (*said.leaving, *said.closing))]
    return "\n".join(lines)


if __name__ == "__main__":
    for name in sys.argv[1:] or load().stretches:
        sys.stdout.write(f"\n## {name}\n")
        seen: dict[str, str] = {}
        for one in all_said(load().stretch(name), pairs="--pairs" in sys.argv):
            text = written(one)
            if seen.setdefault(text.partition("\n")[2], one.who) == one.who:
                sys.stdout.write(text + "\n")
