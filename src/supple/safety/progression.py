"""When somebody may do a little more, by how much, and how long to wait between two steps."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from supple.catalogue.words import Tag
from supple.safety.aftercare import Outcome
from supple.safety.tables import table
from supple.safety.traffic_light import Colour

GOOD = (Outcome.MAY_PROGRESS, Outcome.REPEAT_SAME_DOSE)


class Step(StrEnum):
    """The one variable that a step changes."""

    HOLD = "hold"
    REPETITION = "repetition"
    ARC = "arc"
    VARIANT = "variant"


@dataclass(frozen=True)
class Recent:
    """What decides about a step: the last sessions' colours and outcomes, newest last, and how well the days were kept.

    `days_since_step` is None before the first step; `adherence_percent` is over 7 days.
    """

    colours: tuple[Colour, ...]
    outcomes: tuple[Outcome, ...]
    adherence_percent: float
    days_since_step: int | None
    after_flare: bool = False


@dataclass(frozen=True)
class Progress:
    """Whether a step may be taken, which ones to choose from, and why not."""

    allowed: bool
    steps: tuple[Step, ...]
    reasons: tuple[str, ...]


def may_progress(recent: Recent, tags: Collection[Tag]) -> Progress:
    """Whether one variable may go up by one step; every reason against it is a sentence."""
    against = tuple(_against(recent, tags))
    return Progress(not against, () if against else steps(tags), against)


def steps(tags: Collection[Tag]) -> tuple[Step, ...]:
    """The variables that may go up, one at a time; in pregnancy never the range, so neither arc nor variant."""
    fixed = any(tag in tags for tag in table("progression")["never_increase_range"]["tags"])
    return (Step.HOLD, Step.REPETITION) if fixed else tuple(Step)


def minimum_days(tags: Collection[Tag], *, after_flare: bool = False) -> int:
    """The days between two steps; the longest wait that applies.

    >>> minimum_days([Tag.HYPERMOBILITY])
    14
    """
    days = table("progression")["minimum_days_between_steps"]
    named = [days["by_tag"][tag] for tag in tags if tag in days["by_tag"]]
    return int(max([days["default"], *named, *([days["after_flare"]] if after_flare else [])]))


@dataclass(frozen=True)
class Breaks:
    """After how many days without a session one steps back, and begins anew."""

    back_after_days: int
    anew_after_days: int


@cache
def breaks() -> Breaks:
    """What a break in training takes back; ours, see the table.

    >>> breaks().anew_after_days
    28
    """
    row = table("progression")["after_a_break"]
    return Breaks(row["back_after_days"], row["anew_after_days"])


def review_weeks() -> tuple[int, ...]:
    """The weeks after which the whole plan is looked at again."""
    return tuple(table("progression")["review_weeks"])


def _against(recent: Recent, tags: Collection[Tag]) -> Sequence[str]:
    rule = table("progression")["may_progress_when"]
    needed, wait = rule["green_sessions"], minimum_days(tags, after_flare=recent.after_flare)
    colours, outcomes = recent.colours[-needed:], recent.outcomes[-needed:]
    sore = outcomes.count(Outcome.REPEAT_SAME_DOSE) > rule["repeat_at_most"]
    tests = {
        f"The last {needed} sessions have to be green.": len(colours) < needed or set(colours) != {Colour.GREEN},
        "The day after has to be good as well.": len(outcomes) < needed or not set(outcomes) <= set(GOOD) or sore,
        f"Keep to {rule['adherence_percent']} % of the days first.": not (
            recent.adherence_percent >= rule["adherence_percent"]
        ),
        f"Wait {wait} days between two steps.": recent.days_since_step is not None and recent.days_since_step < wait,
    }
    return [sentence for sentence, holds_back in tests.items() if holds_back]
