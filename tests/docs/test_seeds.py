"""Every statement of the seeds is there once, what realises it exists, and the generated pages are current."""

import re
import runpy
import tomllib
from pathlib import Path
from typing import Any

import pytest

from supple.catalogue import Claim, Stretch, load, load_claims
from supple.cli.app import app, run

ROOT = Path(__file__).parents[2]
SEEDS: dict[str, dict[str, Any]] = tomllib.loads((ROOT / "docs/reference/seeds.toml").read_text(encoding="utf-8"))
LINKS = {"stretch", "rule", "claim", "command", "page", "module", "doc", "see"}
LINES = {"A": 29, "B": 33}

every_statement = pytest.mark.parametrize("entry", SEEDS.values(), ids=list(SEEDS))


def rule_ids() -> set[str]:
    """The ids of every rule in the tables of the safety rules."""
    tables = (ROOT / "src/supple/safety/tables").glob("*.toml")
    return {name for file in tables for name in ids(tomllib.loads(file.read_text(encoding="utf-8")))}


def ids(part: Any) -> set[str]:
    """Every `id` at any depth of a table."""
    if isinstance(part, list):
        return {name for item in part for name in ids(item)}
    if isinstance(part, dict):
        own = {part["id"]} if "id" in part else set()
        return own | ids(list(part.values()))
    return set()


def seeds_with(link: str, name: str) -> set[str]:
    """The statements S that are said to be realised by `name`."""
    return {seed for seed, entry in SEEDS.items() if seed.startswith("S") and name in entry.get(link, ())}


def test_every_statement_and_every_error_is_there_once_and_in_order() -> None:
    assert list(SEEDS) == [*(f"S{n}" for n in range(1, 76)), *(f"C{n}" for n in range(1, 29))]


@every_statement
def test_a_statement_is_realised_or_says_what_it_waits_for(entry: dict[str, Any]) -> None:
    assert set(entry) <= LINKS | {"at", "says", "does", "not_yet"}
    assert entry["says"].endswith((".", "?"))
    assert any(entry.get(link) for link in LINKS - {"see"}) or entry["not_yet"]


@pytest.mark.parametrize("name", SEEDS)
def test_a_statement_tells_where_it_stands_and_an_error_tells_what_is_done_about_it(name: str) -> None:
    places = re.split(r", ", SEEDS[name]["at"])

    if name.startswith("C"):
        assert SEEDS[name]["does"].endswith(".")
        assert all(place in SEEDS and place.startswith("S") for place in places)
    else:
        assert "does" not in SEEDS[name]
        assert all(1 <= int(place[2:]) <= LINES[place[0]] for place in places)


@every_statement
def test_what_a_statement_names_exists(entry: dict[str, Any]) -> None:
    commands = {command.name for command in app.registered_commands} | {group.name for group in app.registered_groups}

    assert set(entry.get("stretch", ())) <= set(load().stretches)
    assert set(entry.get("claim", ())) <= set(load_claims())
    assert set(entry.get("rule", ())) <= rule_ids()
    assert set(entry.get("see", ())) <= set(SEEDS)
    assert {line.split()[1] for line in entry.get("command", ())} <= commands
    assert [
        name for link in ("page", "module", "doc") for name in entry.get(link, ()) if not (ROOT / name).is_file()
    ] == []


@pytest.mark.parametrize("command", sorted({line for entry in SEEDS.values() for line in entry.get("command", ())}))
def test_a_command_that_is_named_can_be_run(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    program, *arguments = command.split()
    if arguments[0] != "library":
        arguments = [arguments[0], "--help"]

    assert program == "supple"
    assert run(arguments) == 0
    assert "No stretch" not in capsys.readouterr().out


@pytest.mark.parametrize("stretch", load().stretches.values(), ids=list(load().stretches))
def test_a_stretch_and_the_seeds_name_each_other(stretch: Stretch) -> None:
    assert set(stretch.seed_refs) == seeds_with("stretch", stretch.id)


@pytest.mark.parametrize("claim", load_claims().values(), ids=list(load_claims()))
def test_a_claim_and_the_seeds_name_each_other(claim: Claim) -> None:
    assert set(claim.seed_refs) == seeds_with("claim", claim.id)


@pytest.mark.parametrize("page", ["seeds.md", "catalogue.md", "claims.md"])
def test_a_generated_page_is_current(page: str) -> None:
    pages: dict[Path, str] = runpy.run_path(str(ROOT / "docs/generate.py"))["pages"]()
    path = ROOT / "docs/reference" / page

    assert path.read_text(encoding="utf-8") == pages[path], "run: .venv/bin/python docs/generate.py"


def test_the_statements_that_change_safety_lead_to_a_rule() -> None:
    safety = ["S25", "S27", "S32", "S39", "S60", "S61", "C5", "C17", "C24", "C28"]

    assert [name for name in safety if not SEEDS[name].get("rule")] == []
