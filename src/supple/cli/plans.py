"""Plan files: read back whole, of this version, and still within the limits that they carry."""

from pathlib import Path
from typing import Any

from supple.catalogue import load
from supple.cli.signs import with_number
from supple.files import FileError, Kind, read_value, value_of
from supple.planner import Plan, PlanRefused
from supple.planner.check import broken
from supple.planner.plan import VERSION
from supple.safety.screening import advice
from supple.safety.verdicts import PlanKind, Verdict

PLAN = Kind(
    Plan,
    "plan",
    mark="steps",
    version=VERSION,
    instead="make one with: supple plan ANSWERS.yaml -o PLAN.json",
    again="make the plan again with supple plan",
)


def read_plan(path: Path) -> Plan:
    """The plan in `path`.

    Raises FileError for another version and for whatever is not within its limits, and PlanRefused where the verdict in
    it allows no plan.
    """
    return checked(read_value(PLAN, path, older=lambda data: _not_refused(data, path)), path)


def plan_in(data: object, path: Path) -> Plan:
    """The plan that the data from `path` carry; raises as `read_plan` does."""
    return checked(value_of(PLAN, data, path, older=lambda data: _not_refused(data, path)), path)


def _not_refused(data: dict[str, Any], path: Path) -> dict[str, Any]:
    """The data; raises PlanRefused for what `supple plan --json` prints in place of a plan: a verdict alone."""
    if "version" not in data and data.get("verdict") in list(Verdict):
        _need_allowed(Verdict(data["verdict"]), path)
    return data


def checked(made: Plan, path: Path) -> Plan:
    """A plan that was read from `path`, as `read_plan` looks at it."""
    _need_verdict(made, path)
    for wrong in broken(made, load()):
        raise FileError(f"{path}: {wrong}; {PLAN.again}.")
    return made


def _need_verdict(made: Plan, path: Path) -> None:
    """Raises PlanRefused where the verdict allows no plan, FileError where it is not that of the limits."""
    _need_allowed(max(made.verdict, made.limits.verdict, key=lambda verdict: verdict.severity), path)
    if made.verdict is not made.limits.verdict or made.limits.plan is PlanKind.NONE:
        raise FileError(f"{path}: verdict: {made.verdict.value} is not that of its limits; {PLAN.again}.")


def _need_allowed(gravest: Verdict, path: Path) -> None:
    """Raises PlanRefused where this verdict allows no plan."""
    if gravest.severity >= Verdict.SEE_CLINICIAN.severity:
        say = with_number(advice(gravest), gravest)
        raise PlanRefused(
            f"{path}: this plan says {gravest.value}, which allows no session. {say} "
            "Make the plan again with supple plan."
        )
