"""`make demo`: the sample person's session, away from what anybody using this machine has done, both ways."""

import json
import os
from pathlib import Path

import pexpect
import pytest

from supple import shapes
from supple.cli.moments import now
from supple.safety.verdicts import Verdict
from supple.session import Log, Recheck
from tests.cli.doors import PATIENCE_S
from tests.cli.test_go_terminal import RUNNING, WELL, ask_through

ROOT = Path(__file__).parents[1]


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    """Somebody's own log, with a sign that bars every session of theirs."""
    at = now()
    file = tmp_path / "supple" / "sessions" / "mine.json"
    file.parent.mkdir(parents=True)
    barred = Log(at, 2, rechecks=(Recheck(at, "W1", "chest pain", Verdict.EMERGENCY),), ended=at)
    file.write_text(shapes.dumps(barred), encoding="utf-8")
    return file


def test_the_demo_neither_sees_nor_changes_what_is_yours(mine: Path, tmp_path: Path) -> None:
    before = mine.read_bytes()
    kept_out = {"MAKEFLAGS", "MAKELEVEL", "MFLAGS", "SUPPLE_DATA"}
    settings = {name: value for name, value in os.environ.items() if name not in kept_out}
    child = pexpect.spawn(
        "make",
        ["--no-print-directory", "demo"],
        cwd=str(ROOT),
        env={**settings, "TERM": "xterm-256color", "XDG_DATA_HOME": str(tmp_path)},
        dimensions=(36, 100),
        encoding="utf-8",
        timeout=PATIENCE_S,
    )
    ask_through(child, WELL)
    child.expect(RUNNING)
    child.send("q")
    child.expect("Enter leaves it out")
    child.sendline()
    child.expect(pexpect.EOF)
    child.close()

    assert child.exitstatus == 0
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [mine]
    assert mine.read_bytes() == before
    logs = list((ROOT / "build" / "sample" / "sessions").glob("*.json"))
    assert [json.loads(log.read_text(encoding="utf-8"))["pain_before"] for log in logs] == [2]
