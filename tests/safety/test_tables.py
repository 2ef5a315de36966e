"""The clinical tables as data."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from supple.catalogue import Tag, load
from supple.planner import benefit, timing
from supple.safety import tables
from supple.safety.freshness import second_trimester_week
from supple.safety.limits import Allowance, judge
from supple.safety.population import facts
from supple.safety.rules import atoms
from supple.safety.screening import screen
from supple.safety.tables import NAMES, table
from supple.safety.tables.sight import stretch as sight_of_a_stretch
from tests.safety.people import anybody, well

PLANNED = {file.stem: tomllib.loads(file.read_text(encoding="utf-8")) for file in (benefit.FILE, timing.FILE)}
ALL = {name: table(name) for name in NAMES} | PLANNED
PATTERNS = {"left_unsaid", "left_unsaid_upright", "left_unsaid_at", "seated", "in_place"}  # no words that people read
JUDGEMENT = re.compile(r"professional (judgement|consensus)|pain-monitoring|sign-off|\bof ours\b", re.IGNORECASE)


def texts(value: Any) -> Iterator[str]:
    """Every text in a table, however deep."""
    if isinstance(value, str):
        yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from texts(item)


def sourced(value: Any) -> Iterator[dict[str, Any]]:
    """Every part of a table, however deep, that names its own source."""
    if isinstance(value, dict) and "source" in value:
        yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from sourced(item)


@pytest.mark.parametrize("name", ALL)
def test_every_table_names_its_source(name: str) -> None:
    assert list(sourced(ALL[name]))


@pytest.mark.parametrize("name", ALL)
def test_what_rests_on_judgement_awaits_its_sign_off(name: str) -> None:
    for part in sourced(ALL[name]):
        judged = JUDGEMENT.search(part["source"]) is not None
        assert judged <= part.get("awaits_sign_off", False), (
            f"{name}.toml: {part['source']}: add awaits_sign_off = true"
        )


@pytest.mark.parametrize("name", NAMES)
def test_what_people_read_is_whole_and_calm(name: str) -> None:
    for text in texts({key: part for key, part in table(name).items() if key not in PATTERNS}):
        assert text == text.strip()
        assert "!" not in text or "!=" in text


def test_every_table_there_is_is_checked() -> None:
    folder = Path(tables.__file__).parent
    files = {file.stem for file in (*folder.glob("*.toml"), *folder.parent.glob("*.toml"))}

    assert files == set(NAMES)


def test_a_condition_may_see_just_what_the_facts_of_a_stretch_are() -> None:
    sight = sight_of_a_stretch()
    for one in load().stretches.values():
        for key, fact in facts(one).items():
            words = fact if isinstance(fact, frozenset) else {fact}
            assert sight[key].number if isinstance(fact, (int, float)) else words <= sight[key].words


def test_every_limit_is_about_a_tag_and_about_what_stretches_do() -> None:
    known = {key for stretch in load().stretches.values() for key in facts(stretch)} | {"hands_help"}

    for row in table("limits")["limits"]:
        assert row["tag"] in set(Tag)
        assert {atom.key for atom in atoms(row["when"])} <= known if "when" in row else True


def test_every_tag_limits_or_is_limited_by_the_stretches_themselves() -> None:
    limited = {row["tag"] for row in table("limits")["limits"]} | set(table("limits")["session"])

    assert set(Tag) - limited == {Tag.CANNOT_USE_FLOOR}


def test_the_hands_are_named_for_stretches_that_exist() -> None:
    assert set(table("limits")["hands_help"]) <= set(load().stretches)


def test_every_stretch_is_allowed_to_somebody() -> None:
    assert all(isinstance(judge(stretch, anybody()), Allowance) for stretch in load().stretches.values())


@pytest.mark.parametrize(
    ("tag", "from_number", "answers"),
    [
        (Tag.PREGNANCY_T2_T3, second_trimester_week(), "pregnant_weeks"),
        (Tag.AGE_65_PLUS, table("dosage")["years"]["65_plus"], "age"),
    ],
)
def test_a_number_in_two_tables_is_the_same(tag: Tag, from_number: int, answers: str) -> None:
    pregnant = {"pregnant": "yes", "pregnancy_warning_signs": "no"} if answers == "pregnant_weeks" else {}

    tags = [screen(well(**pregnant, **{answers: number})).tags for number in (from_number - 1, from_number)]

    assert [tag in found for found in tags] == [False, True]
