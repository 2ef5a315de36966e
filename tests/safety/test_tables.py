"""The clinical tables as data."""

from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest

from supple.catalogue import Tag, load
from supple.safety import tables
from supple.safety.limits import Allowance, judge
from supple.safety.population import facts
from supple.safety.rules import atoms
from supple.safety.tables import table
from tests.safety.people import anybody

NAMES = sorted(file.name.removesuffix(".toml") for file in files(tables).iterdir() if file.name.endswith(".toml"))


def texts(value: Any) -> Iterator[str]:
    """Every text in a table, however deep."""
    if isinstance(value, str):
        yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from texts(item)


@pytest.mark.parametrize("name", NAMES)
def test_every_table_names_its_source(name: str) -> None:
    assert any("source" in row for row in (table(name), *table(name).get("rules", ())))


@pytest.mark.parametrize("name", NAMES)
def test_what_people_read_is_whole_and_calm(name: str) -> None:
    for text in texts({key: part for key, part in table(name).items() if key != "left_unsaid"}):  # patterns, not words
        assert text == text.strip()
        assert "!" not in text or "!=" in text


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
