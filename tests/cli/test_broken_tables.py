"""A broken table is one sentence at the command line, never a traceback; `supple doctor` names every one."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import supple
from tests.cli.doors import PATIENCE_S, Said
from tests.cli.test_plan import SAMPLE

Run = Callable[..., Said]

BROKEN = {
    "a question": ("safety/tables/questions.toml", 'kind = "number"', 'kind = "numbr"', "did you mean 'number'?"),
    "a rule": ("safety/tables/screening.toml", '"saddle_numbness=yes"', '"sadle_numbness=yes"', "'saddle_numbness'?"),
    "a limit": ("safety/tables/limits.toml", "arc_percent_max", "arc_procent_max", "did you mean 'arc_percent_max'?"),
    "a tag": ("safety/population.toml", "[osteoporosis]", "[osteoporos]", "did you mean 'osteoporosis'?"),
    "a weight": ("planner/benefit.toml", "neck = 10", "nek = 10", "did you mean 'neck'?"),
    "a time": ("planner/timing.toml", "way_down_s = 10", "way_down_s = -10", "write a number from 0 to 3600."),
    "no toml": ("safety/tables/gate.toml", "\n", "\n[[[\n", "mend that line."),
}


@pytest.fixture
def copied(tmp_path: Path) -> tuple[Path, Run]:
    """A copy of the package to break, and its command."""
    package = tmp_path / "supple"
    shutil.copytree(Path(supple.__file__).parent, package, ignore=shutil.ignore_patterns("__pycache__"))

    def run(*arguments: str | Path) -> Said:
        program = "import sys, supple.cli; sys.exit(supple.cli.main())"
        done = subprocess.run(
            [sys.executable, "-c", program, *map(str, arguments)],
            env={**os.environ, "PYTHONPATH": str(tmp_path), "XDG_DATA_HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            timeout=PATIENCE_S,
            check=False,
        )
        return Said(done.returncode, done.stdout, done.stderr)

    return package, run


@pytest.mark.parametrize(("name", "right", "wrong", "remedy"), BROKEN.values(), ids=BROKEN)
def test_a_plan_with_a_broken_table_is_refused_in_one_sentence(
    copied: tuple[Path, Run], name: str, right: str, wrong: str, remedy: str
) -> None:
    package, run = copied
    replace(package / name, right, wrong)

    refused = run("plan", SAMPLE, "--minutes", "8")

    assert refused.code == 2
    assert refused.out == ""
    assert refused.sentence.startswith(Path(name).name)
    assert refused.sentence.endswith(remedy)


def test_doctor_names_every_table_that_is_wrong(copied: tuple[Path, Run]) -> None:
    package, run = copied
    for name, right, wrong, _ in (BROKEN["a limit"], BROKEN["a tag"], BROKEN["a time"]):
        replace(package / name, right, wrong)

    found = run("doctor")

    assert found.code == 2
    said = " ".join(found.out.split())
    for name, _, _, remedy in (BROKEN["a limit"], BROKEN["a tag"], BROKEN["a time"]):
        assert Path(name).name in said
        assert remedy in said
    assert "3 to mend, see above." in said
    assert found.err == ""


def test_doctor_names_every_stretch_that_is_changed_while_nothing_says_how(copied: tuple[Path, Run]) -> None:
    package, run = copied
    file = package / "safety/population.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r', text = "[^"]*"', "", text), encoding="utf-8")

    found = run("doctor")

    said = " ".join(found.out.split())
    assert found.code == 2
    assert said.count("nothing says how to change it for") > 1
    assert "to mend, see above." in said
    refused = run("plan", SAMPLE, "--minutes", "8")
    assert refused.code == 2
    assert "nothing says how to change it for" in refused.sentence


def replace(file: Path, right: str, wrong: str) -> None:
    """Break a file of the copy."""
    text = file.read_text(encoding="utf-8")
    assert right in text
    file.write_text(text.replace(right, wrong, 1), encoding="utf-8")
