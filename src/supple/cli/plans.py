"""Plan files: read back whole, of this version, and naming only stretches that there are."""

import json
from pathlib import Path

from supple.catalogue import load
from supple.cli.files import FileError, read_text
from supple.planner import Plan
from supple.planner.plan import VERSION
from supple.shapes import ShapeError, build


def read_plan(path: Path) -> Plan:
    """The plan in `path`; raises FileError for another version, ShapeError for a broken one, UnknownStretch."""
    try:
        data = json.loads(read_text(path))
    except ValueError as error:
        if isinstance(error, FileError):
            raise
        raise ShapeError(f"{path}: not whole JSON ({error}); make the plan again with supple plan.") from error
    version = data.get("version") if isinstance(data, dict) else None
    if version != VERSION:
        found = f"version {version}" if version is not None else "no plan of supple"
        raise FileError(f"{path}: this is {found}, and version {VERSION} is needed; make it again with supple plan.")
    made = build(Plan, data, place=str(path))
    for step in made.steps:
        load().stretch(step.stretch)
    return made
