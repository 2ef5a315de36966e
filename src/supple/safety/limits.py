"""What a person's limits make of one stretch: allowed in a certain form, or refused.

The machine sees scores and angles of the stretch and answers of the person, never the person; nearly every figure is
professional judgement that awaits sign-off. With several tags the strictest limit wins.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from supple.catalogue import Kind, Stretch, Tag
from supple.safety import population, precautions
from supple.safety.direction import effect, small_while_unsure, smallest_arc_percent
from supple.safety.forms import Form
from supple.safety.gate import Gate, positions_of_ease
from supple.safety.nature import form_for, nature
from supple.safety.refusals import because, refusals
from supple.safety.rules import Facts, atom, holds
from supple.safety.tables import table
from supple.safety.today import Limits, limits

__all__ = ["Allowance", "Limits", "Refusal", "judge", "limits", "positions_of_ease"]

WHOLE_ARC = 100
BY_ITS_FORM = "this is how far it goes in the form for you."


@dataclass(frozen=True)
class Allowance:
    """How a stretch may be done: no further, no longer, with these changes; `arc_reason` ends a sentence on the arc.

    `another_suits_better` says that one of the changes names a stretch to do instead.
    """

    arc_percent_max: int
    hold_s_max: int
    pause_s_max: int | None
    changes: tuple[str, ...]
    reasons: tuple[str, ...]
    arc_reason: str
    another_suits_better: bool = False
    cycles_max: int | None = None


@dataclass(frozen=True)
class Refusal:
    """Why a stretch is not for this person today, in plain sentences, the weightiest first."""

    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Cap:
    """The most that something allows, and why, as the end of a sentence."""

    most: int
    because: str


def judge(stretch: Stretch, limits: Limits) -> Allowance | Refusal:
    """What these limits make of a stretch."""
    what = nature(stretch)
    refused = tuple(dict.fromkeys(refusals(stretch, what, limits)))
    if refused:
        return Refusal(refused)
    shape = form_for(stretch, limits.tags)
    known = what.facts
    rows = [row for row in table("limits")["limits"] if row["tag"] in limits.tags and _applies(row, known)]
    arc = min(_arcs(stretch, known, limits, rows, shape), key=lambda cap: cap.most)
    hold = min(_holds(limits, rows), key=lambda cap: cap.most)
    return Allowance(
        arc_percent_max=arc.most,
        hold_s_max=hold.most,
        pause_s_max=min(_pauses(rows, shape), default=None),
        changes=tuple(dict.fromkeys(_changes(stretch, limits, rows))),
        reasons=tuple(_why(arc, hold)),
        arc_reason=arc.because,
        another_suits_better=shape.names_another,
        cycles_max=shape.cycles_max,
    )


def _applies(row: Mapping[str, Any], known: Facts) -> bool:
    return "when" not in row or holds(row["when"], known)


def _arcs(stretch: Stretch, known: Facts, limits: Limits, rows: list[dict[str, Any]], shape: Form) -> Iterator[Cap]:
    if shape.arc_percent_max is not None:
        yield Cap(shape.arc_percent_max, BY_ITS_FORM)
    for row in rows:
        if "arc_percent_max" in row:
            yield Cap(int(row["arc_percent_max"]), f"{population.rules()[Tag(row['tag'])].because}.")
    for text in effect(limits.direction).smallest_arc:
        if atom(text).holds(known):
            yield Cap(smallest_arc_percent(), f"{because(atom(text).key)}.")
    small_if, sessions = small_while_unsure()
    if limits.unsure_direction and limits.today.sessions_done < sessions and holds(small_if, known):
        yield Cap(smallest_arc_percent(), "you are not sure yet what bending does to your back.")
    for found in _taken(limits):
        if found.arc_percent_max is not None:
            yield Cap(found.arc_percent_max, f"{found.why[:1].lower()}{found.why[1:]}.")
    rule = table("gate")
    if limits.gate is Gate.GENTLE_ONLY:
        yield Cap(rule["gentle"]["arc_percent_max"], f"your pain is {limits.today.pain_now} out of 10 now.")
    if limits.gate is Gate.POSITIONS_OF_EASE_ONLY:
        most = rule["ease"]["smaller"].get(stretch.id, rule["ease"]["arc_percent_max"])
        yield Cap(most, f"your pain is {limits.today.pain_now} out of 10 now.")
    if limits.start_dose:
        yield Cap(limits.dosage.arc_percent_start, "it begins small and widens week by week.")
    yield Cap(WHOLE_ARC, "it widens step by step.")


def _pauses(rows: list[dict[str, Any]], shape: Form) -> Iterator[int]:
    if shape.without_pause:
        yield 0
    yield from (row["pause_s_max"] for row in rows if "pause_s_max" in row)


def _holds(limits: Limits, rows: list[dict[str, Any]]) -> Iterator[Cap]:
    for row in rows:
        if "hold_s_max" in row:
            yield Cap(int(row["hold_s_max"]), f"{population.rules()[Tag(row['tag'])].because}.")
    if limits.start_dose:
        yield Cap(limits.dosage.hold_s_max_week_1, "holds begin short.")
    yield Cap(min(limits.dosage.hold_s_target_max, limits.dosage.hold_s_max), "longer holds bring little more.")


def _changes(stretch: Stretch, limits: Limits, rows: list[dict[str, Any]]) -> Iterator[str]:
    """How this person does it differently: what the stretch says for the tags, then what the limits add."""
    yield from form_for(stretch, limits.tags).sentences
    yield from (str(row["say"]) for row in rows if "say" in row)
    yield from (found.say for found in _taken(limits) if found.say)
    if limits.gate is Gate.POSITIONS_OF_EASE_ONLY and stretch.id in table("gate")["ease"]["say"]:
        yield table("gate")["ease"]["say"][stretch.id]
    if limits.gate is Gate.GENTLE_ONLY and stretch.kind is not Kind.REST_POSITION:
        yield table("gate")["gentle"]["say"]


def _taken(limits: Limits) -> Iterator[precautions.Precaution]:
    return (precautions.precautions()[name] for name in limits.precautions_today)


def _why(arc: Cap, hold: Cap) -> Iterator[str]:
    if arc.most < WHOLE_ARC:
        yield f"Go {arc.most} % of the way at most: {arc.because}"
    yield f"Hold {hold.most} seconds at most: {hold.because}"
