"""For whom a stretch is left out or changed: rules over what it does to the body, and the exceptions it names itself.

The rules are data (`population.toml`). They see loads as scores of 0 to 3 and angles at the end position, never the
person; most thresholds are professional judgement and await sign-off. A test holds what they yield equal to the
reviewed clinical lists.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from supple.catalogue import AlsoDo, CatalogueError, SegmentLoad, Stretch, Tag
from supple.safety.rules import Condition, Fact, Facts, holds
from supple.safety.tables import table
from supple.safety.tables.sight import MOTIONS


class PopulationError(CatalogueError):
    """A stretch is changed for somebody, and nothing says how."""


@dataclass(frozen=True)
class Line:
    """One condition, what it says about the stretch, and how to change a stretch that is silent about it."""

    this: str
    when: Condition
    text: str


@dataclass(frozen=True)
class Rule:
    """All that holds for one population tag; `because` completes "You told us ..."."""

    tag: Tag
    because: str
    source: str
    exclude: tuple[Line, ...]
    change: tuple[Line, ...]


@dataclass(frozen=True)
class Finding:
    """What one tag does to one stretch: `reason` is a sentence for people, `text` the changed form or empty."""

    tag: Tag
    do: AlsoDo
    reason: str
    text: str
    source: str


@cache
def rules() -> dict[Tag, Rule]:
    """Every population rule by its tag.

    >>> rules()[Tag.OSTEOPOROSIS].because
    'you have or may have thin bones, as after long steroid tablets'
    """
    return {Tag(name): _rule(Tag(name), row) for name, row in table("population").items()}


def excluded(stretch: Stretch) -> dict[Tag, str]:
    """For whom `stretch` is left out, each with the reason as a sentence.

    >>> from supple.catalogue import load
    >>> excluded(load().stretch("prone_press_up"))[Tag.SPINAL_STENOSIS]
    'You told us you have or may have a narrow spinal canal, and this stretch arches the low back.'
    """
    return {found.tag: found.reason for found in findings(stretch) if found.do is AlsoDo.EXCLUDE}


def changed(stretch: Stretch) -> dict[Tag, str]:
    """For whom `stretch` is offered only in another form, each with that form.

    >>> from supple.catalogue import load
    >>> changed(load().stretch("seated_single_leg_hamstring"))[Tag.SPINAL_STENOSIS]
    'stop short of any leg tingling'
    """
    return {found.tag: found.text for found in findings(stretch) if found.do is AlsoDo.CHANGE}


@cache
def findings(stretch: Stretch) -> tuple[Finding, ...]:
    """All that the rules and the stretch's own exceptions say, in the order of the tags; exclusion beats change."""
    known = facts(stretch)
    found = (_finding(rule, stretch, known) for rule in rules().values())
    return tuple(finding for finding in found if finding is not None)


def gaps(stretches: Iterable[Stretch]) -> tuple[str, ...]:
    """Every stretch that is changed for somebody while nothing says how, a sentence each."""
    found = []
    for stretch in stretches:
        try:
            findings(stretch)
        except PopulationError as error:
            found.append(str(error))
    return tuple(found)


def facts(stretch: Stretch) -> Facts:
    """What a stretch does to the body, in the words of the conditions.

    >>> from supple.catalogue import load
    >>> known = facts(load().stretch("half_kneeling_hip_flexor"))
    >>> known["hip_extension_deg"], known["lumbar_extension"], str(known["only_setting"])
    (20.0, 1, 'floor')
    """
    known: dict[str, Fact] = {
        "kind": stretch.kind,
        "position": stretch.start_position,
        "axial": stretch.spine_load.axial,
        "sides": stretch.sides,
        "flag": frozenset(stretch.flags),
        "setting": frozenset(stretch.settings),
        "region": frozenset(stretch.regions),
        "joint": frozenset(bend.joint for bend in stretch.joint_motions),
    }
    if len(stretch.settings) == 1:
        known["only_setting"] = stretch.settings[0]
    return known | dict(_loads(stretch)) | _largest_angles(stretch)


def _loads(stretch: Stretch) -> Iterator[tuple[str, int]]:
    load = stretch.spine_load
    for name, segments in {
        "lumbar": [load.lumbar],
        "thoracic": [load.thoracic],
        "cervical": [load.cervical],
        "trunk": [load.lumbar, load.thoracic],
    }.items():
        scores = {motion: _most(segments, motion) for motion in MOTIONS}
        yield from ((f"{name}_{motion}", score) for motion, score in scores.items())
        yield f"{name}_max", max(scores.values())


def _most(segments: list[SegmentLoad], motion: str) -> int:
    return max(int(getattr(segment, motion)) for segment in segments)


def _largest_angles(stretch: Stretch) -> dict[str, float]:
    largest: dict[str, float] = {}
    for bend in stretch.joint_motions:
        if bend.range_deg is not None:
            key = f"{bend.joint}_{bend.motion}_deg"
            largest[key] = max(bend.range_deg[1], largest.get(key, bend.range_deg[1]))
    return largest


def _finding(rule: Rule, stretch: Stretch, known: Facts) -> Finding | None:
    for do, lines in ((AlsoDo.EXCLUDE, rule.exclude), (AlsoDo.CHANGE, rule.change)):
        own = [also.reason for also in stretch.also if also.tag is rule.tag and also.do is do]
        line = next((line for line in lines if holds(line.when, known)), None)
        if own or line:
            this = own[0] if own else line.this if line else ""
            text = "" if do is AlsoDo.EXCLUDE else _how(stretch, rule.tag, line)
            return Finding(rule.tag, do, f"You told us {rule.because}, and this stretch {this}.", text, rule.source)
    return None


def _how(stretch: Stretch, tag: Tag, line: Line | None) -> str:
    text = stretch.changes.get(tag) or (line.text if line else "")
    if not text:
        raise PopulationError(f"{stretch.id}.toml: nothing says how to change it for {tag}; add {tag} under [changes].")
    return text


def _rule(tag: Tag, row: dict[str, Any]) -> Rule:
    exclude, change = (tuple(_line(line) for line in row.get(do, ())) for do in AlsoDo)
    return Rule(tag, row["because"], row["source"], exclude, change)


def _line(line: dict[str, Any]) -> Line:
    when: dict[str, Any] = {part: line[part] for part in ("all", "any", "count") if part in line}
    return Line(line["this"], when, line.get("text", ""))
