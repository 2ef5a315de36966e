"""The JSON Schemas agree with the types that the reader uses, and every data file keeps them."""

import json
import tomllib
from enum import StrEnum
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from supple.anatomy import Muscle, Position, Region, Setting
from supple.catalogue import ClaimStatus, Flag, Grade, Kind, Sides, Tag
from supple.catalogue.reader import HERE
from supple.catalogue.schema import FOLDER, SHAPES, text


def _schema(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((FOLDER / f"{name}.schema.json").read_text(encoding="utf-8"))
    return loaded


@pytest.mark.parametrize("name", SHAPES)
def test_the_schema_file_is_up_to_date(name: str) -> None:
    written = (FOLDER / f"{name}.schema.json").read_text(encoding="utf-8")

    assert written == text(SHAPES[name]), "run `python -m supple.catalogue.schema`"


@pytest.mark.parametrize("name", SHAPES)
def test_the_schema_is_a_schema(name: str) -> None:
    jsonschema.Draft202012Validator.check_schema(_schema(name))


@pytest.mark.parametrize(
    ("key", "words"),
    [("kind", Kind), ("sides", Sides), ("start_position", Position)],
)
def test_a_word_in_the_schema_is_a_word_in_the_code(key: str, words: type[StrEnum]) -> None:
    assert _schema("stretch")["properties"][key]["enum"] == [word.value for word in words]


@pytest.mark.parametrize(
    ("key", "words"),
    [("regions", Region), ("settings", Setting), ("primary", Muscle), ("secondary", Muscle), ("flags", Flag)],
)
def test_words_in_a_list_of_the_schema_are_words_in_the_code(key: str, words: type[StrEnum]) -> None:
    assert _schema("stretch")["properties"][key]["items"]["enum"] == [word.value for word in words]


def test_tags_grades_and_statuses_are_those_of_the_code() -> None:
    claim = _schema("claims")["properties"]["claims"]["items"]["properties"]

    assert _schema("stretch")["properties"]["changes"]["propertyNames"]["enum"] == [tag.value for tag in Tag]
    assert claim["grade"]["enum"] == [grade.value for grade in Grade]
    assert claim["status"]["enum"] == [status.value for status in ClaimStatus]


@pytest.mark.parametrize("file", sorted((HERE / "stretches").glob("*.toml")), ids=lambda file: file.stem)
def test_every_stretch_file_keeps_the_schema(file: Path) -> None:
    jsonschema.validate(tomllib.loads(file.read_text(encoding="utf-8")), _schema("stretch"))


def test_the_claims_keep_the_schema() -> None:
    jsonschema.validate(tomllib.loads((HERE / "claims.toml").read_text(encoding="utf-8")), _schema("claims"))
