"""Whatever lies in a file or stands behind an option: an answer, or one sentence and the right exit code; no crash."""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from supple import shapes
from supple.anatomy import Side
from supple.safety.questions import questions
from supple.safety.traffic_light import Colour, LegResponse, Quality
from supple.safety.verdicts import Verdict
from supple.session import Ending, Entry, Hurt, Log, Recheck
from tests.cli.doors import answers_file, supple
from tests.cli.test_plan import SAMPLE
from tests.people import EVENING, planned, vignette
from tests.safety.people import well

ENDINGS = (0, 2, 3)
MADE = shapes.plain(planned(vignette("V07", 6)))
LOGGED = shapes.plain(
    Log(
        EVENING,
        2,
        entries=(Entry("cat_camel", Side.NONE, EVENING, 20, Ending.DONE),),
        hurts=(Hurt(EVENING, "cat_camel", Side.NONE, 2, 5, Quality.ACHE, "T5", Colour.AMBER),),
        rest=planned(vignette("V07", 6)),
        rechecks=(Recheck(EVENING, "W3", "weakness", Verdict.SAME_DAY),),
        legs=(LegResponse.UNCHANGED,),
    )
)
ODD_TEXTS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["", "-", "no", "7:30", "1_7", "010", "1e999", "NaN", "\ud800", "\x00", "x" * 5000, "cat_camel"]),
    st.sampled_from(["0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00", "2026-11-20T18:00", "2026-02-30T25:00"]),
)
ODD_NUMBERS = st.one_of(
    st.integers(), st.floats(), st.sampled_from([10**400, -(10**400), 2**63, 0, -1, 1e308, float("inf"), float("nan")])
)
ODD: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), ODD_NUMBERS, ODD_TEXTS),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(ODD_TEXTS, inner, max_size=3)),
    max_leaves=6,
)
fuzz = settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def places(data: Any, where: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every part of JSON data."""
    yield where
    if isinstance(data, dict):
        for key in data:
            yield from places(data[key], (*where, key))
    if isinstance(data, list):
        for index in range(min(2, len(data))):
            yield from places(data[index], (*where, index))


def changed(data: Any, where: tuple[Any, ...], value: Any) -> Any:
    """The data with one part replaced."""
    if not where:
        return value
    first, *rest = where
    if isinstance(data, dict):
        return {key: changed(item, tuple(rest), value) if key == first else item for key, item in data.items()}
    return [changed(item, tuple(rest), value) if index == first else item for index, item in enumerate(data)]


def ends_well(*arguments: str | Path) -> None:
    """Runs the command and sees that it says what it has to say in a way that anybody can print."""
    said = supple(*arguments)
    assert said.code in ENDINGS, said
    said.out.encode()
    said.err.encode()
    assert said.out or said.err


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    """A place for the files of one test after the other."""
    with tempfile.TemporaryDirectory() as name:
        yield Path(name)


PARTS = {"plan": list(places(MADE)), "log": list(places(LOGGED))}


@fuzz
@given(where=st.sampled_from(PARTS["plan"]), value=ODD)
def test_a_plan_of_which_any_part_is_anything(folder: Path, where: tuple[Any, ...], value: Any) -> None:
    file = folder / "plan.json"
    file.write_text(json.dumps(changed(MADE, where, value)), encoding="utf-8")

    ends_well("session", file)
    ends_well("session", file, "--json")


@fuzz
@given(where=st.sampled_from(PARTS["log"]), value=ODD)
def test_a_log_of_which_any_part_is_anything(folder: Path, where: tuple[Any, ...], value: Any) -> None:
    file = folder / "log.json"
    file.write_text(json.dumps(changed(LOGGED, where, value)), encoding="utf-8")

    ends_well("plan", SAMPLE, "--minutes", "3", "--history", file, "--at", "2026-11-22T18:00")


@fuzz
@given(key=st.sampled_from([*questions(), "answered_on", "nonsense"]), value=ODD)
def test_an_answer_that_is_anything(folder: Path, key: str, value: Any) -> None:
    if isinstance(value, (int, float)) and abs(value) > 10**300 and value == value:
        value = str(value)  # the writer of YAML has its own limits
    file = answers_file(folder, {**well(), key: value})

    ends_well("screen", file)
    ends_well("plan", file, "--minutes", "3")


@fuzz
@given(
    content=st.one_of(st.binary(max_size=300), st.text(max_size=300).map(lambda text: text.encode("utf-8", "replace")))
)
def test_a_file_of_anything_at_all(folder: Path, content: bytes) -> None:
    file = folder / "anything"
    file.write_bytes(content)

    ends_well("screen", file)
    ends_well("session", file)
    ends_well("plan", SAMPLE, "--history", file)


@fuzz
@given(at=st.integers(0, 1500), gone=st.integers(0, 40), new=st.text(max_size=5))
def test_answers_into_which_a_cat_has_walked(folder: Path, at: int, gone: int, new: str) -> None:
    text = SAMPLE.read_text(encoding="utf-8")
    file = folder / "walked.yaml"
    file.write_bytes(f"{text[:at]}{new}{text[at + gone :]}".encode("utf-8", "replace"))

    ends_well("screen", file)


@fuzz
@given(at=st.one_of(ODD_TEXTS, st.datetimes().map(lambda moment: moment.isoformat())))
def test_a_moment_that_is_anything(at: str) -> None:
    at = at.replace("\x00", "0")  # which no command line can carry

    ends_well("plan", SAMPLE, "--minutes", "2", f"--at={at}")


@pytest.mark.parametrize(
    "at",
    [
        "0001-01-01T00:00+14:00",
        "0001-01-01T00:00",
        "9999-12-31T23:59-12:00",
        "9999-12-31T23:59",
        "1969-12-31T23:59",
        "2099-12-31T23:59-12:00",
        "2000-01-01T00:00+14:00",
        "2026-11-21",
        "18:00",
    ],
)
def test_a_moment_at_the_end_of_time_is_named(at: str) -> None:
    plan, programme = ("plan", SAMPLE, "--minutes", "2"), ("programme", SAMPLE, "--minutes", "2", "--days", "3")
    for said in (supple(*plan, f"--at={at}"), supple(*programme, f"--at={at}")):
        assert said.code in (0, 2)
        assert said.code == 0 or "write it like" in said.err or "is no moment of a session" in said.err


@pytest.mark.parametrize("at", ["2000-06-01T08:00", "2099-06-01T08:00"])
def test_the_first_and_the_last_year_are_those_that_are_said(at: str) -> None:
    assert supple("plan", SAMPLE, "--minutes", "2", f"--at={at}").code == 0
