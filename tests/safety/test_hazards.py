"""The hazard log: every rule, table and test that it names exists, and no rule is left out."""

import re
from pathlib import Path

import pytest

from supple.safety import tables
from supple.safety.tables import table

ROOT = Path(__file__).parents[2]
LOG = (ROOT / "docs/method/hazards.md").read_text(encoding="utf-8")
GUIDE = (ROOT / "docs/method/screening.md").read_text(encoding="utf-8")
HAZARDS = LOG.partition("## Hazards")[2].partition("## Doubts")[0]
TABLES = Path(str(tables.__file__)).parent
TESTS = "\n".join(file.read_text(encoding="utf-8") for file in ROOT.glob("tests/**/test_*.py"))
RULES = {
    *(row["id"] for row in (*table("screening")["rules"], *table("screening")["referrals"])),
    *(row["id"] for row in (*table("traffic_light")["during_exercise"], *table("traffic_light")["tripwires"])),
    *(row["id"] for row in table("aftercare")["after_24h"]),
}


@pytest.mark.parametrize("rule", sorted(set(re.findall(r"\b(?:RF\d+|RR\d+|[TWA]\d)\b", LOG))))
def test_a_rule_it_names_exists(rule: str) -> None:
    assert rule in RULES


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`(test_\w+)`", LOG))))
def test_a_test_it_names_exists(name: str) -> None:
    assert f"def {name}(" in TESTS


@pytest.mark.parametrize("name", sorted(set(re.findall(r"`(\w+\.toml)`", LOG + GUIDE))))
def test_a_table_they_name_exists(name: str) -> None:
    assert (TABLES / name).is_file() or (TABLES.parent / name).is_file()


def test_the_guide_names_every_table() -> None:
    assert {file.name for file in TABLES.glob("*.toml")} <= set(re.findall(r"`(\w+\.toml)`", GUIDE))


def test_every_rule_that_stops_somebody_stands_against_a_hazard() -> None:
    stops = {row["id"] for row in table("screening")["rules"] if row["verdict"] != "go_gently"}

    silent = stops - set(re.findall(r"RF\d+", HAZARDS))

    assert silent == set(), f"docs/method/hazards.md: name {', '.join(sorted(silent))} beside the hazard they prevent"


def test_every_hazard_is_whole() -> None:
    rows = [line.strip("|").split("|") for line in HAZARDS.splitlines() if line.startswith("|")][2:]

    assert len(rows) >= 25
    assert all(len(row) == 4 and all(cell.strip() for cell in row) for row in rows)


def test_the_sixteen_doubts_of_the_review_wait_for_a_clinician() -> None:
    assert re.findall(r"^\| (D\d+) \|", LOG, flags=re.MULTILINE)[:16] == [f"D{number}" for number in range(1, 17)]
