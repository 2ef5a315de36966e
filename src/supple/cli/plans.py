"""Plan files: read back whole, of this version, naming only stretches that there are, with numbers that can be."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from supple.anatomy import Side
from supple.catalogue import UnknownStretch, load
from supple.cli.files import FileError, read_value
from supple.cli.signs import with_number
from supple.planner import Plan, PlanRefused, Step
from supple.planner.doses import SMALLEST_ARC_PERCENT, Mode, side_count
from supple.planner.make import LONGEST_MINUTES
from supple.planner.plan import VERSION
from supple.safety.limits import Limits, Refusal, judge
from supple.safety.screening import advice
from supple.safety.verdicts import PlanKind, Verdict

AGAIN = "Make the plan again with supple plan"


def read_plan(path: Path) -> Plan:
    """The plan in `path`.

    Raises FileError for another version or impossible steps, ShapeError for a broken one, and PlanRefused where the
    verdict in it allows no plan.
    """
    made = read_value(Plan, path, mark="steps", version=VERSION)
    _need_verdict(made, path)
    for number, step in enumerate(made.steps, start=1):
        try:
            load().stretch(step.stretch)
        except UnknownStretch as error:
            raise FileError(f"{path}: step {number}: {error}") from error
        for wrong in chain(_wrong(step), _not_allowed(step, made.limits)):
            raise FileError(f"{path}: step {number} ({step.stretch}): {wrong}; make the plan again with supple plan.")
    total_s = sum(step.seconds + step.transition_s for step in made.steps)
    if not made.seconds == total_s <= min(LONGEST_MINUTES, made.limits.session_minutes_max) * 60:
        raise FileError(
            f"{path}: seconds: {made.seconds} is not what its steps take; make the plan again with supple plan."
        )
    return made


def _need_verdict(made: Plan, path: Path) -> None:
    """Raises PlanRefused where the verdict allows no plan, FileError where it is not that of the limits."""
    gravest = max(made.verdict, made.limits.verdict, key=lambda verdict: verdict.severity)
    if gravest.severity >= Verdict.SEE_CLINICIAN.severity:
        say = with_number(advice(gravest), gravest)
        raise PlanRefused(f"{path}: this plan says {gravest.value}, which allows no session. {say} {AGAIN}.")
    if made.verdict is not made.limits.verdict or made.limits.plan is PlanKind.NONE:
        raise FileError(f"{path}: verdict: {made.verdict.value} is not that of its limits; {AGAIN.lower()}.")


def _not_allowed(step: Step, bounds: Limits) -> Iterator[str]:
    """What in a step does not agree with its stretch, or with the limits that the plan was made for."""
    stretch = load().stretch(step.stretch)
    if step.position is not stretch.start_position:
        yield f"position: {step.position.value} is not that of the stretch, {stretch.start_position.value}"
    if (step.side is Side.NONE) is (side_count(stretch) == 2):
        yield f"side: {step.side.value} does not go with this stretch"
    allowed = judge(stretch, bounds)
    if isinstance(allowed, Refusal):
        yield "this stretch is not allowed by the limits of the plan"
    elif step.arc_percent > allowed.arc_percent_max:
        yield f"arc_percent: {step.arc_percent} is above the {allowed.arc_percent_max} of the limits"
    elif step.hold_s > allowed.hold_s_max:
        yield f"hold_s: {step.hold_s} is above the {allowed.hold_s_max} of the limits"


def _wrong(step: Step) -> Iterator[str]:
    """What in the numbers of a step cannot be, if anything."""
    counts = ("repetitions", "hold_s") if step.mode is Mode.HOLD else ("cycles", "seconds")
    least = dict.fromkeys(
        ("hold_s", "repetitions", "cycles", "pause_s", "rest_s", "seconds", "transition_s", "work_s"), 0
    )
    for name, bound in (least | dict.fromkeys(counts, 1)).items():
        if (value := getattr(step, name)) < bound:
            yield f"{name}: {value} is below {bound}"
    if not SMALLEST_ARC_PERCENT <= step.arc_percent <= 100:
        yield f"arc_percent: {step.arc_percent} is outside {SMALLEST_ARC_PERCENT} to 100"
    held_s = step.hold_s * step.repetitions + step.rest_s * (step.repetitions - 1)
    if step.mode is Mode.HOLD and step.seconds != held_s:
        yield f"seconds: {step.seconds} is not what its holds take, {held_s}"
    if step.mode is not Mode.HOLD and step.seconds % step.cycles:
        yield f"seconds: {step.seconds} is not a whole number of seconds for each of {step.cycles} cycles"
    if step.mode is not Mode.HOLD and step.seconds <= 2 * step.pause_s * step.cycles:
        yield f"seconds: {step.seconds} leave no time to move between the pauses"
    if step.work_s != (work_s := step.hold_s * step.repetitions if step.mode is Mode.HOLD else step.seconds):
        yield f"work_s: {step.work_s} is not what its holds or cycles take, {work_s}"
