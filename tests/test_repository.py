"""What holds for the repository as a whole: locks, licences, targets, changelog, and what may not be in it."""

import importlib.metadata
import os
import re
import subprocess
import tomllib
from pathlib import Path

import dependencies
import pytest

import supple

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
GROUPS = {**PROJECT["project"]["optional-dependencies"], **PROJECT["dependency-groups"]}
ASKED = [line for group in GROUPS.values() for line in group]
TARGETS = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)
KINDS = {"added", "changed", "fixed", "removed"}
FRAGMENTS = sorted(file for file in (ROOT / "changelog.d").iterdir() if file.name != "README.md")
NO_TEXT = {".glb", ".opus", ".png", ".ttf", ".webp", ".woff2"}
MADE = {"__pycache__", "vendor"}
PLACES_OF_ONE_MACHINE = re.compile(r"(?<![\w.~-])/(?:home|root|Users|work|tmp|opt)/\w+")


def make(*arguments: str) -> str:
    """What make prints, free of the settings of a make that runs the tests."""
    settings = {name: value for name, value in os.environ.items() if name not in {"MAKEFLAGS", "MAKELEVEL", "MFLAGS"}}
    command = ["make", "--no-print-directory", *arguments]
    return subprocess.run(command, cwd=ROOT, env=settings, capture_output=True, text=True, check=True).stdout


def written_files() -> list[Path]:
    """All that people wrote: not the locks, the pictures, nor what a tool made."""
    folders = ["src", "tests", "setup", "docs", "samples", "benchmarks", "changelog.d", ".ci"]
    below = [file for folder in folders for file in (ROOT / folder).rglob("*") if MADE.isdisjoint(file.parts)]
    top = [file for file in ROOT.iterdir() if file.suffix in {".md", ".toml", ".json"} or file.name == "Makefile"]
    return [file for file in [*below, *top] if file.is_file() and file.suffix not in NO_TEXT]


@pytest.mark.parametrize("lock", ["requirements.lock", "package-lock.json"])
def test_a_lock_names_no_host(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")

    assert "://" not in text


def test_every_locked_package_has_a_hash() -> None:
    entries = re.split(r"\n(?=[a-z])", (ROOT / "requirements.lock").read_text(encoding="utf-8"))

    assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []


def test_the_core_needs_the_standard_library_alone() -> None:
    assert PROJECT["project"]["dependencies"] == []


@pytest.mark.parametrize("asked", ASKED)
def test_a_dependency_is_pinned_locked_and_listed_with_its_licence(asked: str) -> None:
    name, version = re.fullmatch(r"([\w-]+)==([\d.]+)", asked).groups()  # type: ignore[union-attr]  # None fails the test
    listed = {(package.name, package.version): package.licence for package in dependencies.python_packages()}

    assert listed[name.lower(), version] != "not declared"


def test_the_build_backend_is_the_locked_one() -> None:
    assert set(PROJECT["build-system"]["requires"]) < set(GROUPS["build"])


def test_the_page_of_dependencies_is_current() -> None:
    assert dependencies.PAGE.read_text(encoding="utf-8") == dependencies.page(), "run `make docs`"


def test_no_dependency_binds_those_who_pass_supple_on() -> None:
    assert "GPL" not in dependencies.page()


def test_the_licence_is_apache_2() -> None:
    assert "Apache License\n                           Version 2.0" in (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert PROJECT["project"]["license"] == "Apache-2.0"


def test_the_version_is_said_once() -> None:
    assert "version" in PROJECT["project"]["dynamic"]
    assert importlib.metadata.version("supple") == supple.__version__


def test_make_alone_lists_every_target_with_its_help() -> None:
    listed = dict(re.findall(r"^  make (\w+) +(\S.*)$", make(), flags=re.MULTILINE))

    assert sorted(listed) == sorted(TARGETS)


def test_make_run_once_reaches_a_plan_and_stops() -> None:
    said = make("run", "ONCE=1")

    assert said.strip()
    assert "supple serve" not in make("--dry-run", "run", "ONCE=1")
    assert "supple serve" in make("--dry-run", "run")


def test_ci_runs_the_targets_that_people_run_and_needs_a_browser() -> None:
    script = ROOT / ".ci" / "run"

    assert os.access(script, os.X_OK)
    assert "make chromium test check" in script.read_text(encoding="utf-8")
    assert "SUPPLE_BROWSER=required" in script.read_text(encoding="utf-8")


@pytest.mark.parametrize("fragment", FRAGMENTS, ids=lambda file: file.name)
def test_a_changelog_line_is_one_sentence_of_a_known_kind(fragment: Path) -> None:
    name, kind, suffix = fragment.name.split(".")
    text = fragment.read_text(encoding="utf-8")

    assert re.fullmatch(r"[a-z0-9-]+", name)
    assert kind in KINDS
    assert suffix == "md"
    assert text.count("\n") == 1
    assert text.endswith(".\n")


def test_no_file_holds_a_path_of_one_machine() -> None:
    found = {
        str(file.relative_to(ROOT)): match.group()
        for file in written_files()
        if (match := PLACES_OF_ONE_MACHINE.search(file.read_text(encoding="utf-8")))
    }

    assert found == {}


def test_no_half_finished_work_is_left_behind() -> None:
    marks = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")

    assert [str(file) for file in written_files() if marks.search(file.read_text(encoding="utf-8"))] == []


def test_the_core_never_prints() -> None:
    commands = {"bake.py", "sheet.py", "__main__.py"}  # run by hand, they tell how far they have come
    core = [f for f in (ROOT / "src").rglob("*.py") if "cli" not in f.parts and f.name not in commands]
    prints = re.compile(r"^\s*print\(", re.MULTILINE)

    assert [str(file) for file in core if prints.search(file.read_text(encoding="utf-8"))] == []
