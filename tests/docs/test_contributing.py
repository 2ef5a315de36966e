"""What CONTRIBUTING tells to do can be done: its files, its targets and its commands are there."""

import re
import runpy
import tomllib
from pathlib import Path

import pytest

from supple.catalogue import load

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
PATHS = re.findall(r"\b((?:src|tests|docs|samples|changelog\.d|\.ci)/[\w./-]*)", TEXT)
FLOORS = re.findall(r"^\| `(\w+)(?:/|\.py)` \|", TEXT, flags=re.MULTILINE)


@pytest.mark.parametrize("path", sorted(set(PATHS)))
def test_a_file_it_names_is_there(path: str) -> None:
    assert (ROOT / path).exists()


@pytest.mark.parametrize("target", sorted(set(re.findall(r"\bmake ([a-z]+)\b(?=`|  )", TEXT))))
def test_a_target_it_names_is_there(target: str) -> None:
    assert re.search(rf"^{target}:", MAKEFILE, flags=re.MULTILINE)


@pytest.mark.parametrize("floor", FLOORS)
def test_a_floor_it_names_is_there(floor: str) -> None:
    place = ROOT / "src/supple" / floor

    assert place.is_dir() or place.with_suffix(".py").is_file()


def test_every_floor_that_is_built_is_named_in_its_order() -> None:
    layers = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"][
        0
    ]
    floors = [floor.strip() for layer in layers["layers"] for floor in layer.split("|")]

    assert [floor for floor in floors if not floor.startswith("(")] == FLOORS


def test_reviewing_reviewed_stretches_again_changes_nothing() -> None:
    files: dict[Path, str] = runpy.run_path(str(ROOT / "tests/cases/review.py"))["reviewed"](list(load().stretches))

    assert files == {file: file.read_text(encoding="utf-8") for file in files}
