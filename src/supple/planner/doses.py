"""The few doses that the tables allow of one stretch for one person, and how many seconds of work each one is."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from supple.catalogue import CycleDose, HoldDose, Stretch
from supple.catalogue.words import Flag, Kind, Sides
from supple.safety.dosage import Dosage
from supple.safety.limits import Allowance
from supple.safety.tables import table

SMALLEST_ARC_PERCENT = 10
END_RANGE_FLAGS = {
    Flag.HIP_EXTENSION_END_RANGE,
    Flag.NECK_END_RANGE,
    Flag.SHOULDER_ABDUCTION_EXTERNAL_ROTATION_END_RANGE,
    Flag.SHOULDER_INTERNAL_ROTATION_END_RANGE,
}


class Mode(StrEnum):
    """Whether one holds, moves to and fro, or works lightly."""

    HOLD = "hold"
    CYCLES = "cycles"
    ACTIVE = "active"


@dataclass(frozen=True)
class Dose:
    """How much of a stretch, per side: holds have repetitions with rests between, the others cycles with pauses."""

    mode: Mode
    arc_percent: int
    hold_s: int = 0
    repetitions: int = 0
    rest_s: int = 0
    cycles: int = 0
    pause_s: int = 0
    move_s: int = 0

    @property
    def work_s(self) -> int:
        """Seconds of holding or moving on one side, rests left out."""
        return self.hold_s * self.repetitions + self.cycles * 2 * (self.pause_s + self.move_s)

    @property
    def seconds(self) -> int:
        """Seconds on one side, rests between repetitions included."""
        return self.work_s + self.rest_s * max(0, self.repetitions - 1)


@dataclass(frozen=True)
class Dosed:
    """What of a person decides the dose: how far they have come, and whether today is a small day."""

    dosage: Dosage
    older: bool
    arc_percent: int
    hold_s: int
    extra_steps: int
    move_s: int
    start_only: bool = False
    half: bool = False
    share_percent: int = 100


def doses(stretch: Stretch, allowance: Allowance, person: Dosed) -> list[Dose]:
    """The doses to choose from, the smallest first."""
    arc = min(allowance.arc_percent_max, person.arc_percent)
    if person.share_percent < 100 and not is_rest(stretch):
        whole = doses(stretch, allowance, replace(person, share_percent=100))[0]
        return [_share_of(whole, person.share_percent, person.dosage.hold_s_shortest)]
    if isinstance(stretch.dose, CycleDose):
        return _cycles(stretch, stretch.dose, allowance, person, arc)
    if is_rest(stretch):
        return [_rest(total_s, allowance.hold_s_max, arc) for total_s in person.dosage.rest_s]
    return _holds(stretch, stretch.dose, allowance, person, arc)


def _share_of(dose: Dose, percent: int, shortest_s: int) -> Dose:
    """A share of a dose and of its arc: shorter holds, or fewer cycles."""
    arc = max(SMALLEST_ARC_PERCENT, dose.arc_percent * percent // 100)
    if dose.mode is Mode.HOLD:
        return replace(dose, arc_percent=arc, hold_s=max(shortest_s, dose.hold_s * percent // 100))
    return replace(dose, arc_percent=arc, cycles=max(1, dose.cycles * percent // 100))


def _cycles(stretch: Stretch, dose: CycleDose, allowance: Allowance, person: Dosed, arc: int) -> list[Dose]:
    """The start dose, and the progressed one where some progress has been earned."""
    pause_s = dose.pause_start_s
    if allowance.pause_s_max is not None:
        pause_s = min(pause_s, allowance.pause_s_max)
    mode = Mode.ACTIVE if stretch.kind is Kind.ACTIVE_CONTROL else Mode.CYCLES
    counts = {dose.cycles_start, min(dose.cycles_start + person.extra_steps, dose.cycles_target, dose.max_cycles)}
    if person.half:
        counts = {max(1, dose.cycles_start // 2)}
    counts = {min(n, allowance.cycles_max or n) for n in counts}
    return [Dose(mode, arc, cycles=n, pause_s=pause_s, move_s=person.move_s) for n in sorted(counts)]


def _holds(stretch: Stretch, dose: HoldDose, allowance: Allowance, person: Dosed, arc: int) -> list[Dose]:
    """The start hold and the longest one that is allowed as often as one begins, and that one as often as may be.

    Halved holds are done as often as one begins.
    """
    target_s = dose.hold_65_plus_target_s if person.older else dose.hold_target_s
    longest_s = min(allowance.hold_s_max, target_s, max(dose.hold_start_s, person.hold_s))
    dosage = person.dosage
    least_s = dosage.hold_s_min_week_1
    least_s = max(least_s, dosage.hold_s_shortest_from_65) if person.older else least_s
    start_s = min(longest_s, max(dose.hold_start_s, least_s))
    if person.half:
        return [_hold(max(dosage.hold_s_shortest, start_s // 2), dosage.repetitions_start, dose.rest_s, arc)]
    options = {(start_s, dosage.repetitions_start), (longest_s, dosage.repetitions_start)}
    if longest_s * dosage.repetitions_max <= dose.max_seconds and not person.start_only:
        options.add((longest_s, dosage.repetitions_max))
    return [_hold(hold_s, n, dose.rest_s, arc) for hold_s, n in sorted(options)]


def _hold(hold_s: int, repetitions: int, rest_s: int, arc: int) -> Dose:
    return Dose(Mode.HOLD, arc, hold_s=hold_s, repetitions=repetitions, rest_s=rest_s)


def _rest(total_s: int, longest_s: int, arc: int) -> Dose:
    """Rest in equal rounds, none longer than any hold may be, with nothing between them."""
    rounds = next(n for n in range(1, total_s + 1) if total_s % n == 0 and total_s // n <= longest_s)
    return Dose(Mode.HOLD, arc, hold_s=total_s // rounds, repetitions=rounds, rest_s=0)


def is_rest(stretch: Stretch) -> bool:
    """Whether a stretch is plain rest, which loads nothing and counts as no work."""
    return stretch.kind is Kind.REST_POSITION and spine_score(stretch) <= _scores()["restful_to"]


def is_movement(stretch: Stretch) -> bool:
    """Whether one moves in it, so that it warms up what follows."""
    return stretch.kind in (Kind.MOBILITY_FLOW, Kind.ACTIVE_CONTROL)


def moves_the_spine(stretch: Stretch) -> bool:
    """Whether it takes some part of the spine through a good part of its range."""
    return spine_score(stretch) >= _scores()["moving_from"]


def is_restful(stretch: Stretch, ease: frozenset[str]) -> bool:
    """Whether a session may end with it: a rest, a position of ease, or light control that loads the spine little."""
    light = stretch.kind is Kind.ACTIVE_CONTROL and spine_score(stretch) <= _scores()["restful_to"]
    calm = light and not END_RANGE_FLAGS & set(stretch.flags)
    return stretch.kind is Kind.REST_POSITION or stretch.id in ease or calm


def needs_warmth(stretch: Stretch) -> bool:
    """Whether it is a hold at the end of a joint's range, which some movement must come before."""
    at_end = spine_score(stretch) >= _scores()["end_of_range_from"] or bool(END_RANGE_FLAGS & set(stretch.flags))
    return stretch.kind is Kind.STATIC_HOLD and at_end


def side_count(stretch: Stretch) -> int:
    """How many times it is done: once per side, or once."""
    return 2 if stretch.sides is Sides.ALTERNATE_SIDES else 1


def spine_score(stretch: Stretch) -> int:
    """The highest load on any part of the spine in any direction, 0 to 3."""
    load = stretch.spine_load
    parts = (load.lumbar, load.thoracic, load.cervical)
    return max(max(part.flexion, part.extension, part.rotation, part.side_bend) for part in parts)


def _scores() -> Mapping[str, int]:
    """From which scores on, or up to which, a stretch is what."""
    return dict(table("dosage")["spine_score"])
