"""What is left out beyond the clinical tables, where an answer leaves open what nobody asks.

A precaution is ours and only ever stricter. It goes by what was answered and by what a stretch does to the body; it
cannot know what was not asked, so it may leave out more than a clinician would.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from supple.catalogue import AlsoDo, Stretch, Tag
from supple.safety import population
from supple.safety.rules import Condition, Facts, holds
from supple.safety.tables import table

PAIN_NOW = "pain_now"  # what the precautions of the day see, and nothing else


@dataclass(frozen=True)
class Precaution:
    """For whom (`when`), and which stretches: those for which `leaves_out` holds, or all that are not for `as_tag`.

    Of what is left, doses stay at their start with `start_dose`, and arcs within `arc_percent_max`; `say` is said.
    """

    id: str
    when: Condition
    why: str
    leaves_out: Condition | None
    this: str
    as_tag: Tag | None
    start_dose: bool
    arc_percent_max: int | None
    say: str


@cache
def precautions() -> Mapping[str, Precaution]:
    """Every precaution by its id.

    >>> precautions()["operation_within_a_year"].as_tag
    <Tag.RECENT_SPINE_SURGERY: 'recent_spine_surgery'>
    """
    return {row["id"]: _precaution(row) for row in table("precautions")["precautions"]}


def taken(answers: Facts, tags: Collection[Tag]) -> tuple[str, ...]:
    """The ids of the precautions that these answers and tags call for, whatever the day."""
    known = {**answers, "tag": frozenset(str(tag) for tag in tags)}
    return tuple(found.id for found in precautions().values() if holds(found.when, known))


def of_the_day(pain: int) -> tuple[str, ...]:
    """The ids of the precautions that pain at rest before a session, 0 to 10, calls for.

    >>> of_the_day(4), of_the_day(5)
    ((), ('strong_pain_now',))
    """
    return tuple(found.id for found in precautions().values() if holds(found.when, {PAIN_NOW: pain}))


def against(stretch: Stretch, known: Facts, ids: Collection[str]) -> Iterator[str]:
    """Why `stretch`, of which `known` are the facts, is left out under these precautions, a sentence each."""
    for found in (precautions()[name] for name in ids):
        if found.leaves_out is not None and holds(found.leaves_out, {**known, "id": stretch.id}):
            yield f"{found.why}, and this stretch {found.this}."
        elif found.as_tag is not None:
            yield from _as_for(found.as_tag, found.why, stretch)


def _as_for(tag: Tag, why: str, stretch: Stretch) -> Iterator[str]:
    for finding in population.findings(stretch):
        if finding.tag is tag and finding.do is AlsoDo.EXCLUDE:
            yield f"{why}, and this stretch {finding.reason.rpartition('this stretch ')[2]}"


def _precaution(row: dict[str, Any]) -> Precaution:
    tag = Tag(row["as_tag"]) if "as_tag" in row else None
    return Precaution(
        row["id"],
        row["when"],
        row["why"],
        row.get("leaves_out"),
        row.get("this", ""),
        tag,
        row.get("start_dose", False),
        row.get("arc_percent_max"),
        row.get("say", ""),
    )
