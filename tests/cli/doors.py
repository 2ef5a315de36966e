"""The command at hand for tests: in this process, in another one, and at a terminal; and files for it to read."""

import io
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pexpect
import yaml

from supple import shapes
from supple.cli.app import run
from supple.planner import Plan

COMMAND = Path(sys.executable).parent / "supple"
COLOUR = re.compile(r"\x1b\[(?:\d+;)*[349][0-7][;m]")
PATIENCE_S = 60  # a machine with other work may be slow; only what hangs should fail


@dataclass(frozen=True)
class Said:
    """How a run ended: its exit code and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """What it printed as JSON."""
        return json.loads(self.out)

    @property
    def sentence(self) -> str:
        """The one line on standard error; fails where there is more, less, or no mention of who speaks."""
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        assert lines[0].startswith("supple: ")
        assert lines[0].endswith((".", "?"))
        return lines[0].removeprefix("supple: ")


def supple(*arguments: str | Path) -> Said:
    """The command run in this process."""
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        code = run([str(argument) for argument in arguments])
    return Said(code, out.getvalue(), err.getvalue())


def installed(*arguments: str | Path, **settings: str) -> Said:
    """The installed command run by itself, with these settings in its environment."""
    command = [str(COMMAND), *map(str, arguments)]
    done = subprocess.run(command, env={**os.environ, **settings}, capture_output=True, text=True, timeout=PATIENCE_S)
    return Said(done.returncode, done.stdout, done.stderr)


@contextmanager
def terminal(*arguments: str | Path, **settings: str) -> Iterator["pexpect.spawn[str]"]:
    """The installed command at a terminal of 36 lines of 100 characters, in a country whose number is 999."""
    home = tempfile.mkdtemp(prefix="supple-tests-home-")
    child = pexpect.spawn(
        str(COMMAND),
        [str(argument) for argument in arguments],
        env={**os.environ, "TERM": "xterm-256color", "LC_ALL": "en_GB.UTF-8", "XDG_DATA_HOME": home, **settings},
        dimensions=(36, 100),
        encoding="utf-8",
        timeout=PATIENCE_S,
    )
    child.ptyproc.delayafterterminate = 5  # type: ignore[attr-defined]  # seconds; a busy machine takes long to end it
    try:
        yield child
    finally:
        for hint in (signal.SIGHUP, signal.SIGKILL):
            _gone(child, hint)
        child.close(force=True)
        shutil.rmtree(home, ignore_errors=True)


def _gone(child: "pexpect.spawn[str]", hint: signal.Signals) -> None:
    """Tells a command to end, and gives it a second; pexpect's own way waits five after each of four signals."""
    until = time.monotonic() + 1
    if child.isalive():
        child.kill(hint)
    while child.isalive() and time.monotonic() < until:
        time.sleep(0.02)


def ended(child: "pexpect.spawn[str]") -> int | None:
    """The exit code of a command at a terminal, once it has ended."""
    if child.expect([pexpect.EOF, "Enter leaves it out"]) == 1:
        child.sendline()
        child.expect(pexpect.EOF)
    child.close()
    return child.exitstatus


def answers_file(folder: Path, answers: Mapping[str, object]) -> Path:
    """Answers written down as YAML."""
    file = folder / "answers.yaml"
    said = {key: list(value) if isinstance(value, tuple) else value for key, value in answers.items()}
    file.write_text(yaml.safe_dump(said, sort_keys=False), encoding="utf-8")
    return file


def plan_file(folder: Path, made: Plan) -> Path:
    """A plan written down."""
    file = folder / "plan.json"
    file.write_text(shapes.dumps(made), encoding="utf-8")
    return file
