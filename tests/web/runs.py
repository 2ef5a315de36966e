"""Sessions begun for the tests, in this process or in the folder of a running site."""

import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from supple.planner import Plan
    from supple.session import Log
    from supple.web.play.models import Run


def plan_of(identifier: str, minutes: int = 6, steps: int | None = None) -> "Plan":
    """A plan for a person of the vignettes, on the floor; cut short for tests that carry it out."""
    from supple.anatomy import Setting
    from tests.people import planned, vignette

    made = planned(vignette(identifier, minutes, (Setting.FLOOR, Setting.CHAIR_DESK)))
    few = made.steps[:steps]
    return replace(made, steps=few, seconds=sum(step.seconds + step.transition_s for step in few))


def begun(plan: "Plan", pain: int = 2) -> "Run":
    """A session of this plan that begins now."""
    from django.utils import timezone

    from supple.web.play.models import Run

    return Run.begin(plan, pain=pain, at=timezone.localtime())


def log_at(file: Path) -> "Log":
    """The log in a file, its moments as they are written."""
    from supple.session.log_file import as_it_lies, stamp

    found = as_it_lies(file, stamp(file))
    assert found
    return found


def begun_at(data: Path, identifier: str, steps: int) -> int:
    """A session begun in the folder of a running site, the only one there; its number."""
    told = subprocess.run(
        [sys.executable, "-m", "tests.web.runs", identifier, str(steps)],
        env={**os.environ, "SUPPLE_DATA": str(data), "DJANGO_SETTINGS_MODULE": "supple.web.settings"},
        capture_output=True,
        text=True,
        check=True,
    )
    return int(told.stdout)


if __name__ == "__main__":
    import django

    django.setup()

    from supple.web.play.models import Run

    for before in Run.objects.all():  # what hurt in the session of another test would bar this one
        before.take_back()
    sys.stdout.write(str(begun(plan_of(sys.argv[1], steps=int(sys.argv[2]))).pk))
