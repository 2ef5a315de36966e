"""Plan files: read back whole, of this version, naming only stretches that there are, with numbers that can be."""

from collections.abc import Iterator
from pathlib import Path

from supple.catalogue import UnknownStretch, load
from supple.cli.files import FileError, read_value
from supple.planner import Plan, Step
from supple.planner.doses import Mode
from supple.planner.make import LONGEST_MINUTES
from supple.planner.plan import VERSION


def read_plan(path: Path) -> Plan:
    """The plan in `path`; raises FileError for another version or impossible steps, ShapeError for a broken one."""
    made = read_value(Plan, path, mark="steps", version=VERSION)
    for number, step in enumerate(made.steps, start=1):
        try:
            load().stretch(step.stretch)
        except UnknownStretch as error:
            raise FileError(f"{path}: step {number}: {error}") from error
        for wrong in _wrong(step):
            raise FileError(f"{path}: step {number} ({step.stretch}): {wrong}; make the plan again with supple plan.")
    total_s = sum(step.seconds + step.transition_s for step in made.steps)
    if not made.seconds == total_s <= LONGEST_MINUTES * 60:
        raise FileError(
            f"{path}: seconds: {made.seconds} is not what its steps take; make the plan again with supple plan."
        )
    return made


def _wrong(step: Step) -> Iterator[str]:
    """What in the numbers of a step cannot be, if anything."""
    counts = ("repetitions", "hold_s") if step.mode is Mode.HOLD else ("cycles", "seconds")
    least = dict.fromkeys(
        ("hold_s", "repetitions", "cycles", "pause_s", "rest_s", "seconds", "transition_s", "work_s"), 0
    )
    for name, bound in (least | dict.fromkeys(counts, 1)).items():
        if (value := getattr(step, name)) < bound:
            yield f"{name}: {value} is below {bound}"
    if not 1 <= step.arc_percent <= 100:
        yield f"arc_percent: {step.arc_percent} is outside 1 to 100"
    held_s = step.hold_s * step.repetitions + step.rest_s * (step.repetitions - 1)
    if step.mode is Mode.HOLD and step.seconds != held_s:
        yield f"seconds: {step.seconds} is not what its holds take, {held_s}"
    if step.mode is not Mode.HOLD and step.seconds % step.cycles:
        yield f"seconds: {step.seconds} is not a whole number of seconds for each of {step.cycles} cycles"
