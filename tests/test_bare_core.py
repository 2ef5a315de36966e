"""The core runs where nothing but Supple is installed: its own tests pass in an environment without the extras."""

import os
import subprocess
import sys
import venv
from importlib import metadata
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
OUTSIDE_FILES = {"test_bare_core.py", "test_bootstrap.py", "test_cluster.py", "test_demo.py", "test_repository.py"}
OUTSIDE = {"browser", "cli", "docs", "exchange", "figure", "video", "web", *OUTSIDE_FILES}
CORE_TESTS = sorted({file.relative_to(ROOT / "tests").parts[0] for file in ROOT.glob("tests/**/test_*.py")} - OUTSIDE)
HEAVY = ("later_weeks", "programme", "search")  # they ask much of the planner and nothing of the place
REFEREES = ["highspy", "hypothesis", "jsonschema", "ortools", "pytest"]
NOT_THERE = ["rich", "textual", "typer", "yaml"]


def closure(names: list[str]) -> set[str]:
    """These packages and all that they need on this machine."""
    found: set[str] = set()
    waiting = [canonicalize_name(name) for name in names]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            needs = [Requirement(line) for line in metadata.requires(name) or []]
            here = [need for need in needs if not need.marker or need.marker.evaluate({"extra": ""})]
            waiting += [canonicalize_name(need.name) for need in here]
    return found


def lend(names: set[str], site: Path) -> None:
    """Links what these packages installed, so that no network is needed."""
    for name in sorted(names):
        files = metadata.files(name) or []
        for top in {file.parts[0] for file in files if not file.parts[0].startswith("..")} - {"__pycache__"}:
            link = site / top
            if not link.exists():
                link.symlink_to(Path(str(metadata.distribution(name).locate_file(top))))


def run(*command: str | Path, **settings: str) -> subprocess.CompletedProcess[str]:
    settings = {**os.environ, **settings}
    return subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python with Supple's wheel and the tools of its tests, and without the extras."""
    place = tmp_path_factory.mktemp("bare")
    venv.create(place / "venv", symlinks=True)
    bare = place / "venv" / "bin" / "python"
    run(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", place).check_returncode()
    wheel = next(place.glob("*.whl"))
    pip = [sys.executable, "-m", "pip", "--python", str(bare)]
    run(*pip, "install", "--no-index", "--no-deps", "--no-compile", wheel).check_returncode()
    lend(closure(REFEREES), next(place.glob("venv/lib/python*/site-packages")))
    return bare


@pytest.mark.parametrize("module", NOT_THERE)
def test_the_extras_are_not_there(python: Path, module: str) -> None:
    result = run(python, "-c", f"import {module}")

    assert f"No module named '{module}'" in result.stderr


def test_the_command_says_how_to_get_its_extra(python: Path) -> None:
    result = run(python.with_name("supple"))

    assert result.returncode == 2
    assert "pip install" in result.stderr
    assert result.stderr.count("\n") == 1


def test_the_tests_of_the_core_pass_without_the_extras(python: Path) -> None:
    tests = [ROOT / "tests" / name for name in CORE_TESTS]
    others = [f"--ignore={ROOT}/tests/planner/test_{name}.py" for name in HEAVY]
    quick = {"SUPPLE_ONE_OF_EACH": "yes"}

    result = run(python, "-m", "pytest", "-p", "no:cacheprovider", *others, *tests, **quick)

    assert result.returncode == 0, result.stdout[-2000:]
